"""Reads of papers: one by one, by the warehouse of a party, and those that may stand for a component again.

Functions that take an `actor` answer only within that actor's own papers. Those without one serve packages above,
which have decided by their own scope (a dossier's) that the caller may see the paper.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.documents.models import Paper
from motcua.documents.queries.files import FileView, file_view
from motcua.documents.rules.papers import Validity, is_reusable, standing
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


def owned_papers(paper_ids: Collection[UUID], owners: Collection[UUID]) -> dict[UUID, PaperView]:
    """Of these papers, those that lie in the warehouses of `owners`. One statement."""
    rows = Paper.objects.select_related("file").filter(pk__in=paper_ids, owner_party_id__in=owners)
    return {row.id: paper_view(row) for row in rows}


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


def find_reusable(
    party_id: UUID, kind_code: str, *, on: date | None = None, least: TrustLevel = TrustLevel.COMPARED
) -> PaperView | None:
    """The paper that may stand for a component again: in force on the day, proved at least as far as `least`.

    Decree 45/2020 art. 16: nobody is asked again for a paper the administration holds. Results before scans, newest first.
    """
    day = on or clock.today()
    found = [
        view
        for view in papers_of(party_id, kind_code=kind_code)
        if is_reusable(Validity(view.valid_until, _ending(view)), view.trust, day, least)
    ]
    order = tuple(TrustLevel)
    return max(found, key=lambda view: (order.index(view.trust), view.recorded_at), default=None)


def reusable_papers(
    party_id: UUID, kind_codes: Collection[str], *, least: TrustLevel = TrustLevel.COMPARED
) -> dict[str, PaperView]:
    """As `find_reusable` for a whole checklist, today: kind code → the paper to offer. One statement."""
    kinds = {code for code in kind_codes if code}
    if not kinds:
        return {}
    day, order = clock.today(), tuple(TrustLevel)
    rows = Paper.objects.select_related("file").of_party(party_id).in_force(day).filter(kind_code__in=kinds)
    best: dict[str, PaperView] = {}
    for view in sorted(map(paper_view, rows), key=lambda one: (order.index(one.trust), one.recorded_at)):
        if order.index(view.trust) >= order.index(least):
            best[view.kind_code] = view
    return best


def warehouse(
    *, actor: Actor, after: UUID | None = None, limit: int = 20
) -> tuple[Sequence[PaperView], UUID | None]:
    """The actor's own papers, ended ones too, newest first; and where the next page begins (None: no more)."""
    rows = Paper.objects.select_related("file").filter(owner_party_id__in=actor.party_ids)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = [paper_view(row) for row in rows.order_by("-id")[: limit + 1]]
    return found[:limit], found[limit - 1].id if len(found) > limit else None


def _ending(view: PaperView) -> PaperEnding | None:
    return (
        PaperEnding(view.standing.value) if view.standing in (Standing.REPLACED, Standing.REVOKED) else None
    )


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
