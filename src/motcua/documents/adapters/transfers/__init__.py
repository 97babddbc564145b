"""Transfers in pieces, on disk while they last."""
