"""The statutory term of a dossier, reckoned anew from its pinned version, its agency's calendar and its ledger of pauses."""

from collections.abc import Sequence

from django.db.models import UUIDField

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers.models import ClockPause, Dossier
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.deadline import Pause, Reckoning, due_at
from motcua.kernel.statements import Question, slot

_PAUSES = Question(
    lambda: ClockPause.objects.filter(dossier_id=slot("dossier_id", UUIDField())).values_list(
        "began_at", "ended_at", "ground", "form_code"
    )
)


def ledger_of(dossier: Dossier) -> list[Pause]:
    """When the clock of a dossier stood still, in order; without a statement where the rows were fetched for many."""
    if not dossier.pauses:
        return []
    if "clock_pauses" in getattr(dossier, "_prefetched_objects_cache", ()):
        rows = dossier.clock_pauses.all()
        return [Pause(row.began_at, row.ended_at, row.ground, row.form_code) for row in rows]
    return [Pause(*row) for row in _PAUSES.all(dossier_id=dossier.id)]


def reckoning_for(
    dossier: Dossier,
    version: catalogue.VersionSnapshot,
    *,
    explain: bool = True,
    ledger: Sequence[Pause] | None = None,
    calendar: WorkingCalendar | None = None,
) -> Reckoning | None:
    """None before receipt and where the procedure has no limit; on the agency's calendar unless another is given.

    The ledger is read where the caller has not read it.
    """
    limit = version.case(dossier.case_key).limit_for(catalogue.Channel(dossier.channel))
    if limit is None or dossier.received_at is None:
        return None
    if ledger is None:
        ledger = ledger_of(dossier)
    return due_at(
        dossier.received_at,
        limit,
        calendar or directory.calendar_of(dossier.competent_id),
        ledger,
        version.supplement_policy,
        version.cutoff,
        explain=explain,
    )
