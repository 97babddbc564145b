"""Results signed and stamped on paper, as long as the law and the agency's equipment let them be.

They count as results without an electronic copy; a scan makes the dossier digitized, not the result electronic
(Circular 01/2023/TT-VPCP art. 12).
"""

from uuid import UUID

from django.db import transaction

from motcua.dossiers.errors import SignedElectronically
from motcua.dossiers.services.attachments import check_draft
from motcua.dossiers.services.decide import latest_result
from motcua.dossiers.services.finish import signing_act
from motcua.dossiers.services.move import Act, Moved, lock_dossier, make_move
from motcua.dossiers.services.numbers import reserve_number
from motcua.dossiers.words import MoveKey
from motcua.kernel import clock
from motcua.kernel.authority import Actor


@transaction.atomic
def sign_on_paper(*, actor: Actor, dossier_id: UUID, seen: int | None = None) -> Moved:
    """The leader, or a delegate in their place, has signed the printed result; its number is taken from the book.

    Refuses: `SigningRefused`, `ResultMissing`.
    """
    dossier = lock_dossier(actor, dossier_id, seen)
    result = latest_result(dossier)
    act = signing_act(actor, dossier, result)
    reserve_number(dossier, result, is_on_paper=True)
    result.signed_at, result.signed_by_id, result.signed_by_name = clock.now(), actor.account_id, actor.name
    result.on_behalf_of_id = act.on_behalf_of_id
    result.save()
    return make_move(actor, dossier, MoveKey.SIGN, act)


@transaction.atomic
def stamp_on_paper(
    *, actor: Actor, dossier_id: UUID, scan_file_id: UUID | None = None, seen: int | None = None
) -> Moved:
    """The clerk has stamped the printed result; `scan_file_id` is its scan, where one was made.

    Refuses: `ResultMissing`, `SignedElectronically` (its signature would be lost); `OutOfScope` or
    `NotPdf` for a scan that is somebody else's file or no PDF.
    """
    dossier = lock_dossier(actor, dossier_id, seen)
    check_draft(actor, dossier, scan_file_id)
    result = latest_result(dossier)
    if result.signed_file_id is not None:
        raise SignedElectronically
    result.signed_file_id, result.sealed_at = scan_file_id, clock.now()
    result.save(update_fields=["signed_file_id", "sealed_at"])
    detail = {"number": result.number, "symbol": result.symbol}
    return make_move(actor, dossier, MoveKey.NUMBER_AND_SEAL, Act(detail=detail))
