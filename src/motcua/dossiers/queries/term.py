"""The statutory term of a dossier, reckoned anew from its pinned version, its agency's calendar and its ledger of pauses."""

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers.models import Dossier
from motcua.kernel.deadline import Pause, Reckoning, due_at


def reckoning_for(
    dossier: Dossier, version: catalogue.VersionSnapshot, *, explain: bool = True
) -> Reckoning | None:
    """None before receipt and where the procedure has no limit."""
    limit = version.case(dossier.case_key).limit_for(catalogue.Channel(dossier.channel))
    if limit is None or dossier.received_at is None:
        return None
    ledger = [
        Pause(pause.began_at, pause.ended_at, pause.ground, pause.form_code)
        for pause in (dossier.clock_pauses.all() if dossier.pauses else ())
    ]
    return due_at(
        dossier.received_at,
        limit,
        directory.calendar_of(dossier.competent_id),
        ledger,
        version.supplement_policy,
        version.cutoff,
        explain=explain,
    )
