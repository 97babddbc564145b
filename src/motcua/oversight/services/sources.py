"""What the counts are made of, who tells that it changed, and which dossiers that touches."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

from django.db.models import Q

from motcua.directory.events import CalendarChanged
from motcua.directory.queries import agencies, forget
from motcua.dossiers.events import DossierMoved, PaperAttached, PaperExempted
from motcua.kernel.events import Event
from motcua.oversight.models import CountedDossier
from motcua.oversight.rules.measures import MEASURES, Source
from motcua.payments.events import ChargeRefunded, ChargesRaised, ChargesSettled

TOLD_BY: Final[Mapping[Source, tuple[type[Event], ...]]] = MappingProxyType(
    {
        Source.PASSAGES: (DossierMoved,),
        # A published version is frozen; another version is pinned by a move.
        Source.VERSION: (DossierMoved,),
        # Code and level of an agency never change; a dossier goes to another agency by a move.
        Source.AGENCY: (DossierMoved,),
        Source.CALENDAR: (CalendarChanged,),
        Source.PAPERS: (DossierMoved, PaperAttached, PaperExempted),
        # Results are signed, sealed and issued by moves.
        Source.RESULT: (DossierMoved,),
        Source.MONEY: (ChargesRaised, ChargesSettled, ChargeRefunded),
    }
)


def told_by(sources: Collection[Source]) -> tuple[type[Event], ...]:
    """The events that tell of changes of these sources, each once."""
    return tuple(dict.fromkeys(event for source in sources for event in TOLD_BY[source]))


def told_of(key: str) -> tuple[type[Event], ...]:
    """The events on which one count may change."""
    of = next(measure.of for measure in MEASURES if measure.key == key)
    return told_by([Source.PASSAGES, Source.AGENCY, *sorted(of)])


HEARD: Final = told_by(list(Source))


def touched_by(event: Event) -> Collection[UUID]:
    """The dossiers that have to be counted again after an event."""
    if isinstance(event, CalendarChanged):
        forget()  # what this process remembers of calendars may be as old as two seconds
        return _reckoned_after(event.first_day, event.agency_id)
    dossier_id = getattr(event, "dossier_id", None)
    if not isinstance(dossier_id, UUID):
        raise TypeError(f"{event.name} tells of no dossier")
    return (dossier_id,)


def _reckoned_after(day: date, agency_id: UUID | None) -> list[UUID]:
    """Counted dossiers with office time on that day or later: received or ended since, or due (a term that was reckoned
    anew may have come nearer by a few days)."""
    rows = CountedDossier.objects.all()
    if agency_id is not None:
        rows = rows.filter(competent__in=[view.code for view in agencies({agency_id}).values()])
    ended = Q(is_open=False) & (
        Q(ended_on__gte=day) | Q(due_on__gte=date.fromordinal(day.toordinal() - _NEARER))
    )
    return list(rows.filter(Q(received_on__gte=day) | ended).values_list("dossier_id", flat=True))


_NEARER: Final = 30
