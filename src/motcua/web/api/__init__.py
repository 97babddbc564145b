"""The face for programs: JSON over HTTP with OpenAPI, the same services behind it as every other face.

Calls carry `Authorization: Bearer KEY` (a key issued by an administrator). Refusals are problem documents (RFC 9457).
"""
