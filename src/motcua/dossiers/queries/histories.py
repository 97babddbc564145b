"""Whole histories of many dossiers at once, for those who count: four queries whatever the number.

Not scoped by an actor: this is the door of the statistics, which see every dossier and show only counts.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet
from psycopg import Cursor

from motcua.dossiers.models import Dossier, Passage
from motcua.dossiers.words import ENDINGS, Ending


class PassageSeen(NamedTuple):
    """One passage as far as the statistics need it; `ending` says as what the move ended the matter."""

    seq: int
    at: datetime
    national_after: int
    due_after: datetime | None
    form_code: str
    ending: Ending | None


class PaperSeen(NamedTuple):
    """One line of the checklist."""

    must_digitize: bool
    has_file: bool
    exemption: str
    digitization: int


@dataclass(frozen=True, slots=True)
class History:
    """One dossier with its passages in order."""

    dossier_id: UUID
    code: str
    procedure_code: str
    version_id: UUID
    channel: str
    receiving_id: UUID
    competent_id: UUID
    passages: Sequence[PassageSeen]
    papers: Sequence[PaperSeen]
    has_electronic_result: bool
    has_scanned_result: bool = False


def histories(dossier_ids: Collection[UUID], *, until: datetime | None = None) -> Sequence[History]:
    """Histories of these dossiers, as far as they went by `until` (None: now). Dossiers without a passage are left out."""
    ids = list(dict.fromkeys(dossier_ids))
    passages = _passages(ids, until)
    papers = _papers(ids, until)
    electronic, scanned = _answered(ids, until)
    return [
        History(
            pk,
            code or "",
            procedure,
            version,
            channel,
            receiving,
            competent,
            passages[n],
            papers[n],
            n in electronic,
            n in scanned,
        )
        for n, pk, code, procedure, version, channel, receiving, competent in _rows(
            "SELECT o.n, id, code, procedure_code, version_id, channel, receiving_id, competent_id "  # noqa: S608 - constants
            f"FROM {_ASKED} JOIN dossiers_dossier ON id = o.key ORDER BY o.n",
            ids=ids,
        )
        if passages[n]
    ]


def receiving_units() -> list[tuple[UUID, int]]:
    """Every agency that ever received a dossier, and how many; those with the most first."""
    rows = Dossier.objects.order_by().values("receiving_id").annotate(number=Count("id"))
    return list(rows.order_by("-number", "receiving_id").values_list("receiving_id", "number"))


def dossier_ids_of(receiving_id: UUID, *, batch: int = 2000) -> Iterator[list[UUID]]:
    """Every dossier one agency received, in order, in batches."""
    return _batches(Dossier.objects.filter(receiving_id=receiving_id), batch)


def dossier_ids(*, batch: int = 2000) -> Iterator[list[UUID]]:
    """Every dossier, in order, in batches."""
    return _batches(Dossier.objects.all(), batch)


def _batches(rows: QuerySet[Dossier], batch: int) -> Iterator[list[UUID]]:
    found: list[UUID] = []
    for pk in rows.order_by("id").values_list("id", flat=True).iterator(chunk_size=batch):
        found.append(pk)
        if len(found) == batch:
            yield found
            found = []
    if found:
        yield found


def are_there_dossiers_of(agency_ids: Collection[UUID]) -> bool:
    """Whether any dossier was ever received by one of these agencies."""
    return Dossier.objects.filter(receiving_id__in=agency_ids).exists()


def dossiers_moved_after(moment: datetime) -> Sequence[UUID]:
    """Dossiers with a passage after a moment."""
    return list(Passage.objects.filter(at__gt=moment).values_list("dossier_id", flat=True).distinct())


def _rows(statement: str, **params: object) -> list[tuple[Any, ...]]:
    """Rows as the driver gives them, in its binary form: histories are read by the million, and models cost more than rows.

    The ids go in as one array, for thousands of placeholders cost more than the rows.
    """
    with connection.cursor() as cursor, Cursor(cursor.connection) as raw:
        raw.execute(statement, params, binary=True)
        rows: list[tuple[Any, ...]] = raw.fetchall()
        return rows


def _until(column: str, until: datetime | None) -> str:
    return "" if until is None else f" AND {column} <= %(until)s"


def _passages(ids: list[UUID], until: datetime | None) -> list[list[PassageSeen]]:
    found: list[list[PassageSeen]] = [[] for _ in range(len(ids) + 1)]
    for n, seq, at, status, due_at, form, move in _rows(
        f"SELECT o.n, seq, at, national_after, due_after, form_code, move FROM {_ASKED} "  # noqa: S608 - constants
        f"JOIN dossiers_passage ON dossier_id = o.key{_until('at', until)} ORDER BY o.n, seq",
        ids=ids,
        until=until,
    ):
        found[n].append(PassageSeen(seq, at, status, due_at, form, ENDINGS.get(move)))
    return found


def _papers(ids: list[UUID], until: datetime | None) -> list[list[PaperSeen]]:
    found: list[list[PaperSeen]] = [[] for _ in range(len(ids) + 1)]
    for n, *seen in _rows(
        f"SELECT o.n, must_digitize, file_id IS NOT NULL, exemption, digitization FROM {_ASKED} "  # noqa: S608 - constants
        f"JOIN dossiers_dossierpaper ON dossier_id = o.key{_until('added_at', until)} "
        'ORDER BY o.n, "order", id',
        ids=ids,
        until=until,
    ):
        found[n].append(PaperSeen(*seen))
    return found


def _answered(ids: list[UUID], until: datetime | None) -> tuple[set[int], set[int]]:
    """Dossiers with a result issued as a signed file, and those whose result was signed on paper and scanned."""
    electronic: set[int] = set()
    scanned: set[int] = set()
    for n, has_sealed, has_signed in _rows(
        f"SELECT o.n, sealed_file_id IS NOT NULL, signed_file_id IS NOT NULL FROM {_ASKED} "  # noqa: S608 - constants
        f"JOIN dossiers_result ON dossier_id = o.key AND issued_at IS NOT NULL{_until('issued_at', until)}",
        ids=ids,
        until=until,
    ):
        if has_sealed:
            electronic.add(n)
        elif has_signed:
            scanned.add(n)
    return electronic, scanned


#: The dossiers asked for with their places from 1: rows point to a place, for a number is looked up sooner than an id.
_ASKED: Final = "unnest(%(ids)s::uuid[]) WITH ORDINALITY AS o(key, n)"
