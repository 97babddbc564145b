"""Reads of the warehouse: its papers page by page, and those that may stand for a component again.

Functions that take an `actor` answer only within that actor's own papers. Those without one serve packages above, which
have decided by their own scope (a dossier's) that the caller may see the papers of these owners.
"""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from motcua.directory import queries as directory
from motcua.documents import queries as documents
from motcua.documents.queries import PaperView, TrustLevel
from motcua.kernel import clock
from motcua.kernel.authority import Actor

#: Least proof with which a paper is offered again: somebody compared it with the original.
LEAST = TrustLevel.COMPARED


def held(paper_ids: Collection[UUID], owners: Collection[UUID]) -> dict[UUID, PaperView]:
    """Of these papers, those that lie in the warehouses of `owners`. One statement."""
    return {view.id: view for view in documents.papers_among(owners, paper_ids=paper_ids)}


def reusable(
    party_id: UUID, kind_codes: Collection[str], *, on: date | None = None, least: TrustLevel = LEAST
) -> dict[str, PaperView]:
    """Kind code → the paper to offer for it: in force on the day, proved at least as far as `least`. Two statements.

    Decree 45/2020 art. 16: nobody is asked again for a paper the administration holds. Best proof first, then newest.
    """
    kinds = {code for code in kind_codes if code}
    if not kinds:
        return {}
    order = tuple(TrustLevel)
    found = documents.papers_among(
        directory.records_of([party_id]), kind_codes=kinds, in_force_on=on or clock.today()
    )
    proved = [view for view in found if order.index(view.trust) >= order.index(least)]
    return {
        view.kind_code: view
        for view in sorted(proved, key=lambda one: (order.index(one.trust), one.recorded_at))
    }


def own_papers(
    *, actor: Actor, after: UUID | None = None, limit: int = 20
) -> tuple[Sequence[PaperView], UUID | None]:
    """The actor's own papers, ended ones too, newest first; and where the next page begins (None: no more)."""
    found = documents.papers_among(actor.party_ids, after=after, limit=limit + 1)
    return found[:limit], found[limit - 1].id if len(found) > limit else None
