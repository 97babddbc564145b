"""A provider of electronic identities that speaks as the national portal does (OpenID Connect), refuses what it refuses, and can
misbehave on demand.
"""
