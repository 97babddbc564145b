"""Custody of files and papers, signing, verification, digitization."""
