"""Whole histories of many dossiers at once, for those who count: four queries whatever the number.

Not scoped by an actor: this is the door of the statistics, which see every dossier and show only counts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from motcua.dossiers.models import Dossier, DossierPaper, Passage, Result
from motcua.dossiers.rules.states import OPEN, State

_M = TypeVar("_M", bound=Model)


class PassageSeen(NamedTuple):
    """One passage as far as the statistics need it; `is_final` says that the state ends the matter."""

    seq: int
    at: datetime
    move: str
    national_after: int
    due_after: datetime | None
    form_code: str
    is_final: bool


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
    ids = list(dossier_ids)
    passages = _passages(ids, until)
    papers = _papers(ids, until)
    electronic, scanned = _answered(ids, until)
    rows = _of(Dossier.objects.all(), "dossiers_dossier.id", ids).values_list(
        "id", "code", "procedure_code", "version_id", "channel", "receiving_id", "competent_id"
    )
    return [
        History(
            pk,
            code or "",
            procedure,
            version,
            channel,
            receiving,
            competent,
            passages[pk],
            papers[pk],
            pk in electronic,
            pk in scanned,
        )
        for pk, code, procedure, version, channel, receiving, competent in rows
        if pk in passages
    ]


def dossier_ids(*, batch: int = 2000) -> Iterator[list[UUID]]:
    """Every dossier, in order, in batches."""
    found: list[UUID] = []
    for pk in Dossier.objects.order_by("id").values_list("id", flat=True).iterator(chunk_size=batch):
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


def _of(rows: QuerySet[_M], column: str, ids: list[UUID]) -> QuerySet[_M]:
    """Rows of these dossiers: the ids as one array, for thousands of placeholders cost more than the rows."""
    return rows.extra(where=[f"{column} = ANY(%s)"], params=[ids])  # noqa: S610 - columns are constants of this file


def _passages(ids: list[UUID], until: datetime | None) -> dict[UUID, list[PassageSeen]]:
    rows = _of(Passage.objects.all(), "dossier_id", ids).order_by("dossier_id", "seq")
    if until is not None:
        rows = rows.filter(at__lte=until)
    found: defaultdict[UUID, list[PassageSeen]] = defaultdict(list)
    fields = ("dossier_id", "seq", "at", "move", "national_after", "due_after", "form_code", "to_state")
    for pk, seq, at, move, national, due, form, state in rows.values_list(*fields):
        found[pk].append(PassageSeen(seq, at, move, national, due, form, State(state) not in OPEN))
    return found


def _papers(ids: list[UUID], until: datetime | None) -> dict[UUID, list[PaperSeen]]:
    rows = _of(DossierPaper.objects.order_by(), "dossier_id", ids)
    if until is not None:
        rows = rows.filter(added_at__lte=until)
    found: defaultdict[UUID, list[PaperSeen]] = defaultdict(list)
    fields = ("dossier_id", "must_digitize", "file_id", "exemption", "digitization")
    for pk, must, file_id, exemption, digitization in rows.values_list(*fields):
        found[pk].append(PaperSeen(must, file_id is not None, exemption, digitization))
    return found


def _answered(ids: list[UUID], until: datetime | None) -> tuple[set[UUID], set[UUID]]:
    """Dossiers with a result issued as a signed file, and those whose result was signed on paper and scanned."""
    rows = _of(Result.objects.order_by(), "dossier_id", ids).filter(issued_at__isnull=False)
    if until is not None:
        rows = rows.filter(issued_at__lte=until)
    electronic: set[UUID] = set()
    scanned: set[UUID] = set()
    for pk, sealed_id, signed_id in rows.values_list("dossier_id", "sealed_file_id", "signed_file_id"):
        if sealed_id is not None:
            electronic.add(pk)
        elif signed_id is not None:
            scanned.add(pk)
    return electronic, scanned
