"""Charges of a dossier, reckoned from its pinned version when it is received."""

from typing import Any

from motcua.catalogue import queries as catalogue
from motcua.dossiers.errors import FeeUnpaid
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import reckoned_fees
from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.kernel.money import show
from motcua.payments import queries as payments_read
from motcua.payments import services as payments


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


def fee_lines(reckoned: catalogue.FeeReckoning) -> list[dict[str, Any]]:
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
    lines = [_line(fee) for fee in reckoned.fees if fee.amount or (fee.relief and fee.full)]
    if lines:
        payments.raise_charges(
            actor=actor,
            dossier_id=dossier.id,
            agency_id=dossier.receiving_id,
            payer_id=dossier.applicant_id,
            lines=lines,
        )


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
