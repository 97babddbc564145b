"""Identifiers: UUID version 7 (RFC 9562), so that rows written together lie together."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A fresh identifier, ordered by the time of its making."""
    return uuid7()
