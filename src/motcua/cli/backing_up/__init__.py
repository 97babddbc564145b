"""A back-up of one installation: database, files, secrets, trust, keys and settings of one moment, with a digest of each part.

A folder: `manifest.json`, `database.dump` (PostgreSQL's custom format), `files/` by digest, `data/` with what else stood in the
data folder, `settings.json`. With a passphrase every part is encrypted; its digest is that of the encrypted bytes, so that
anybody can tell whether the back-up is whole and only who knows the passphrase what it holds.
"""
