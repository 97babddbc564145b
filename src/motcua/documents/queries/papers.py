"""Reads of papers, one by one and by their owners.

Functions that take an `actor` answer only within that actor's own papers. Those without one serve packages above,
which have decided by their own scope (a dossier's) that the caller may see the paper.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.documents.models import Paper
from motcua.documents.queries.files import FileView, file_view
from motcua.documents.rules.papers import Validity, standing
from motcua.documents.words import PaperEnding, PaperSource, Standing, TrustLevel
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope


@dataclass(frozen=True, slots=True)
class PaperView:
    """An electronic copy or an electronic original in custody, and whether it is still in force."""

    id: UUID
    file: FileView
    owner_party_id: UUID | None
    kind_code: str
    title: str
    number: str
    symbol: str
    issuer: str
    issued_on: date | None
    valid_until: date | None
    source: PaperSource
    trust: TrustLevel
    dossier_code: str
    verification_code: str | None
    recorded_at: datetime
    standing: Standing
    ended_at: datetime | None
    end_reason: str
    replaced_by_id: UUID | None


def paper(paper_id: UUID) -> PaperView:
    """A paper by id, for packages above that checked their own scope."""
    return paper_view(in_scope(Paper.objects.select_related("file").filter(pk=paper_id).first()))


def paper_for(actor: Actor, paper_id: UUID) -> PaperView:
    """A paper in the actor's own warehouse."""
    own = Paper.objects.select_related("file").filter(pk=paper_id, owner_party_id__in=actor.party_ids)
    return paper_view(in_scope(own.first()))


def papers_among(
    owners: Collection[UUID],
    *,
    paper_ids: Collection[UUID] | None = None,
    kind_codes: Collection[str] | None = None,
    in_force_on: date | None = None,
    after: UUID | None = None,
    limit: int | None = None,
) -> Sequence[PaperView]:
    """Papers of these owners, newest first, as far as the other words narrow it. One statement; for packages above."""
    rows = Paper.objects.select_related("file").filter(owner_party_id__in=owners).order_by("-id")
    if paper_ids is not None:
        rows = rows.filter(pk__in=paper_ids)
    if kind_codes is not None:
        rows = rows.filter(kind_code__in=kind_codes)
    if in_force_on is not None:
        rows = rows.in_force(in_force_on)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return [paper_view(row) for row in rows[:limit]]


def papers_of(
    party_id: UUID, *, kind_code: str | None = None, only_in_force: bool = False
) -> Sequence[PaperView]:
    """The warehouse of a party, newest first, in one statement."""
    rows = Paper.objects.select_related("file").of_party(party_id).order_by("-recorded_at", "-id")
    if kind_code is not None:
        rows = rows.filter(kind_code=kind_code)
    if only_in_force:
        rows = rows.in_force(clock.today())
    return [paper_view(row) for row in rows]


def paper_view(row: Paper) -> PaperView:
    ending = PaperEnding(row.ending) if row.ending else None
    return PaperView(
        id=row.id,
        file=file_view(row.file),
        owner_party_id=row.owner_party_id,
        kind_code=row.kind_code,
        title=row.title,
        number=row.number,
        symbol=row.symbol,
        issuer=row.issuer,
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        source=PaperSource(row.source),
        trust=TrustLevel(row.trust),
        dossier_code=row.dossier_code,
        verification_code=row.verification_code,
        recorded_at=row.recorded_at,
        standing=standing(Validity(row.valid_until, ending), clock.today()),
        ended_at=row.ended_at,
        end_reason=row.end_reason,
        replaced_by_id=row.replaced_by_id,
    )
