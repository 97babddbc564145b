"""At the desk with papers that cannot be received: the person leaves with form 02 or form 03, and the visit is on record."""

from collections.abc import Sequence

from django.db import transaction

from motcua.dossiers.services.intake import Application, begin_dossier, refuse_at_door
from motcua.dossiers.services.move import Moved
from motcua.dossiers.services.supplement import ask_supplement
from motcua.dossiers.words import MoveKey
from motcua.kernel.authority import Actor, authorise


@transaction.atomic
def ask_at_desk(*, actor: Actor, application: Application, reason: str, items: Sequence[str] = ()) -> Moved:
    """Keep what was brought and ask for everything that is missing, before receipt (form 02); the clock has not started.

    A repeated request (same `request_key`) changes nothing. Refuses: `ReasonMissing`, `ProcedureUnknown`, `PermissionRefused`.
    Decree 61/2018 art. 17; Decree 118/2025.
    """
    opened = _open(actor, application)
    if opened.is_repeat:
        return opened
    return ask_supplement(actor=actor, dossier_id=opened.dossier_id, reason=reason, items=items)


@transaction.atomic
def refuse_at_desk(*, actor: Actor, application: Application, reason: str) -> Moved:
    """Refuse to receive what was brought, in writing (form 03).

    A repeated request (same `request_key`) changes nothing. Refuses: `ReasonMissing`, `ProcedureUnknown`, `PermissionRefused`.
    """
    opened = _open(actor, application)
    if opened.is_repeat:
        return opened
    return refuse_at_door(actor=actor, dossier_id=opened.dossier_id, reason=reason)


def _open(actor: Actor, application: Application) -> Moved:
    authorise(actor, "dossier.receive", application.receiving_id)
    return begin_dossier(actor, application, MoveKey.SUBMIT, is_complete=False)
