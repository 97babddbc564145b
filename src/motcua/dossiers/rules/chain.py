"""The chain of passages: each carries the digest of the one before, so an edited, missing or moved row shows.

After demarches-simplifiees' log of official acts; the digest is SHA-256 over a canonical JSON of every field that says
what happened.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

GENESIS = "0" * 64


class Break(StrEnum):
    """What is wrong at a place of the chain."""

    EDITED = "edited"
    MISSING = "missing"
    REORDERED = "reordered"
    TRUNCATED = "truncated"


@dataclass(frozen=True, slots=True)
class Fault:
    dossier_id: UUID
    seq: int
    kind: Break


def digest_of(fields: Mapping[str, Any], previous: str) -> str:
    """Digest of one passage given the digest of the one before (hex, 64 digits)."""
    canonical = _CANONICAL.encode({**fields, "previous": previous})
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Link:
    """One stored passage as the verifier sees it."""

    seq: int
    fields: Mapping[str, Any]
    previous: str
    digest: str


def faults_of(dossier_id: UUID, links: Iterable[Link], *, head: str, count: int) -> list[Fault]:
    """Every break in one dossier's chain, read in `seq` order; `head` and `count` are what the dossier itself remembers."""
    faults: list[Fault] = []
    previous, expected = GENESIS, 1
    for link in links:
        if link.seq != expected:
            faults.append(Fault(dossier_id, expected, Break.MISSING))
            previous, expected = link.previous, link.seq
        if digest_of(link.fields, link.previous) != link.digest:
            faults.append(Fault(dossier_id, link.seq, Break.EDITED))
        elif link.previous != previous:
            faults.append(Fault(dossier_id, link.seq, Break.REORDERED))
        previous, expected = link.digest, expected + 1
    if expected - 1 != count or previous != head:
        faults.append(Fault(dossier_id, expected, Break.TRUNCATED if expected - 1 < count else Break.EDITED))
    return faults


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


#: Made once: an encoder for each passage would cost as much as the digest itself.
_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)
