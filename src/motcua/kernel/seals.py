"""Seals: once a day everything the record gained comes under one digest, kept where nobody of this machine can change it.

A seal is a JSON document: its number, moment, the digest of the seal before, the digest over the links of its lines and how many
lines and rows of each table there are. Lines that were rewritten to fit a rewritten row no longer have the digest of their
seal; seals that were rewritten with them differ from the copies kept outside.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from motcua.kernel import clock

_LINES = (
    "SELECT seal, kind, key, seq, link FROM kernel_record WHERE seal {which} ORDER BY seal, kind, key, seq"
)


class Tear(StrEnum):
    """What is wrong with a seal."""

    LINES_CHANGED = "lines_changed"
    UNLINKED = "unlinked"
    MISSING = "missing"
    DIFFERS_OUTSIDE = "differs_outside"
    STAMP_FALSE = "stamp_false"


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal as kept: the document is text, byte for byte what goes outside."""

    number: int
    document: str
    token: bytes | None

    @property
    def digest(self) -> bytes:
        """What is time-stamped, and what the next seal names."""
        return hashlib.sha256(self.document.encode()).digest()


@dataclass(frozen=True, slots=True)
class SealFault:
    """One thing wrong with one seal."""

    number: int
    kind: Tear


@transaction.atomic
def seal_record() -> Seal:
    """Put every line without a seal under a new one."""
    ((number,),) = _ask("SELECT seal_lines()")
    ((_, lines, digest),) = list(_digests("= %s", [number])) or [(number, 0, hashlib.sha256().hexdigest())]
    before = [seal for seal in seals() if seal.number == number - 1]
    document = {
        "number": number,
        "at": clock.now().isoformat(),
        "previous": before[0].digest.hex() if before else "",
        "lines": lines,
        "digest": digest,
        "rows": _rows(),
    }
    text = json.dumps(document, sort_keys=True, indent=1)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO kernel_seal (number, document) VALUES (%s, %s)", [number, text])
    return Seal(number, text, None)


def keep_stamp(number: int, token: bytes) -> None:
    """Keep the time stamp of a seal; the first to come stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO kernel_sealstamp (number, token) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [number, token],
        )


def seals() -> list[Seal]:
    """All seals, oldest first."""
    rows = _ask(
        "SELECT number, document, token FROM kernel_seal LEFT JOIN kernel_sealstamp USING (number) ORDER BY number"
    )
    return [
        Seal(number, document, None if token is None else bytes(token)) for number, document, token in rows
    ]


@transaction.atomic
def verify_seals(outside: Mapping[int, str] | None = None) -> tuple[int, tuple[SealFault, ...]]:
    """How many seals there are, and which are torn. `outside` are the documents kept elsewhere, by number."""
    kept = seals()
    faults = [*_unlinked(kept), *_changed(kept)]
    known = {seal.number: seal.document for seal in kept}
    for number, document in sorted((outside or {}).items()):
        if number not in known:
            faults.append(SealFault(number, Tear.MISSING))
        elif known[number] != document:
            faults.append(SealFault(number, Tear.DIFFERS_OUTSIDE))
    return len(kept), tuple(sorted(faults, key=lambda fault: (fault.number, fault.kind)))


def _unlinked(kept: Sequence[Seal]) -> Iterator[SealFault]:
    previous, expected = "", 1
    for seal in kept:
        if seal.number != expected:
            yield SealFault(expected, Tear.MISSING)
        elif json.loads(seal.document)["previous"] != previous:
            yield SealFault(seal.number, Tear.UNLINKED)
        previous, expected = seal.digest.hex(), seal.number + 1


def _changed(kept: Sequence[Seal]) -> Iterator[SealFault]:
    found = {number: (lines, digest) for number, lines, digest in _digests("IS NOT NULL", [])}
    nothing = (0, hashlib.sha256().hexdigest())
    for seal in kept:
        document = json.loads(seal.document)
        if found.pop(seal.number, nothing) != (document["lines"], document["digest"]):
            yield SealFault(seal.number, Tear.LINES_CHANGED)
    yield from (SealFault(number, Tear.MISSING) for number in found)


def _digests(which: str, params: Sequence[str | int | None]) -> Iterator[tuple[int, int, str]]:
    """Number, lines and digest of seals, streamed: a first seal covers millions of lines."""
    with closing(connection.chunked_cursor()) as cursor:
        cursor.execute(_LINES.format(which=which), params)
        rows = (row for chunk in iter(lambda: cursor.fetchmany(5000), []) for row in chunk)
        for number, lines in groupby(rows, key=lambda row: row[0]):
            digest, count = hashlib.sha256(), 0
            for _, kind, key, seq, link in lines:
                digest.update(b"%d/%s/%d/" % (kind, key.bytes, seq) + bytes(link))
                count += 1
            yield number, count, digest.hexdigest()


def _rows() -> dict[str, int]:
    tables = _ask("SELECT name FROM kernel_recordkind WHERE columns <> '{}' ORDER BY name")
    return {table: _ask(f"SELECT count(*) FROM {table}")[0][0] for (table,) in tables}  # noqa: S608 - tables of ours


def _ask(statement: str, params: Sequence[str | int | None] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
