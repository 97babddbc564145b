"""Charges of a dossier, reckoned from its pinned version when it is received and again when what they stand on changes."""

from uuid import UUID

from django.db import transaction

from motcua.catalogue import queries as catalogue
from motcua.dossiers.errors import FeeUnpaid, MoveImpossible
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import reckoned_fees
from motcua.dossiers.services.move import lock_dossier
from motcua.dossiers.words import ABANDONED, State
from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise
from motcua.kernel.money import show
from motcua.payments import queries as payments_read
from motcua.payments import services as payments

#: What the trail says where a form that was answered again, or somebody at the desk, made the fees be reckoned again.
RECKONED_BY_FORM = "Tính lại theo tờ khai đã bổ sung"
_RECKONED_AT_DESK = "Tính lại theo tờ khai và mức ưu đãi hiện nay"


def reckon(dossier: Dossier) -> catalogue.FeeReckoning:
    """What the dossier costs, by the day it was handed in."""
    return reckoned_fees(
        version=catalogue.version(dossier.version_id),
        case_key=dossier.case_key,
        channel=catalogue.Channel(dossier.channel),
        on=clock.local(dossier.submitted_at).date(),
        form_data=dossier.form_data,
        applicant_id=dossier.applicant_id,
    )


def fee_lines(reckoned: catalogue.FeeReckoning) -> list[dict[str, object]]:
    """The fees as form 01 names them; an amount that is not known is None, never nothing."""
    return [
        {
            "name": fee.row.name,
            "amount": fee.amount,
            "relief": fee.relief.ground if fee.relief else "",
        }
        for fee in reckoned.fees
    ]


def raise_charges(actor: Actor, dossier: Dossier, reckoned: catalogue.FeeReckoning) -> None:
    """What the reckoning knows becomes charges; what it does not know is for the desk to add. Nothing due raises none."""
    lines = _lines(reckoned)
    if lines:
        payments.raise_charges(
            actor=actor,
            dossier_id=dossier.id,
            agency_id=dossier.receiving_id,
            payer_id=dossier.applicant_id,
            lines=lines,
        )


@transaction.atomic
def reckon_charges_again(*, actor: Actor, dossier_id: UUID) -> tuple[payments.ChargeMoved, ...]:
    """Reckon the fees by the form and the benefit levels as they are now; what changed. For who collects or receives.

    Refuses: `OutOfScope`, `PermissionRefused`, `MoveImpossible` (not received yet, or given up).
    """
    dossier = lock_dossier(actor, dossier_id, None)
    if not actor.may("dossier.receive", dossier.receiving_id):
        authorise(actor, "payment.collect", dossier.receiving_id)
    if dossier.received_at is None or State(dossier.state) in ABANDONED:
        raise MoveImpossible(move="Tính lại phí, lệ phí")
    return follow_form(actor, dossier, _RECKONED_AT_DESK)


def follow_form(actor: Actor, dossier: Dossier, reason: str) -> tuple[payments.ChargeMoved, ...]:
    """The charges of a received dossier follow its form. Called by acts that have authorised themselves."""
    if dossier.received_at is None:
        return ()
    reckoned = reckon(dossier)
    return payments.reckon_again(
        actor=actor,
        dossier_id=dossier.id,
        agency_id=dossier.receiving_id,
        payer_id=dossier.applicant_id,
        lines=_lines(reckoned),
        reason=reason,
        unknown=[(fee.row.code, fee.row.name) for fee in reckoned.fees if fee.amount is None],
    )


def _lines(reckoned: catalogue.FeeReckoning) -> list[payments.FeeLine]:
    return [_line(fee) for fee in reckoned.fees if fee.amount or (fee.relief and fee.full)]


def _line(fee: catalogue.ReckonedFee) -> payments.FeeLine:
    row, is_waived = fee.row, fee.amount == 0
    return payments.FeeLine(
        code=row.code,
        name=row.name,
        kind=row.kind.value,
        amount=(fee.full if is_waived else fee.amount) or 0,
        exemptions=[
            *row.exemptions,
            *(one.ground for one in row.reliefs if one.percent == 100 and not one.level),
        ],
        reckoning=fee.plain(),
        waived_by=fee.relief.ground if is_waived and fee.relief else "",
    )


def require_settled(dossier: Dossier) -> None:
    """Refuse with `FeeUnpaid` while a charge is open."""
    amount = payments_read.outstanding(dossier.id)
    if amount:
        raise FeeUnpaid(amount=show(amount))
