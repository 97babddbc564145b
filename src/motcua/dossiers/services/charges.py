"""Charges of a dossier, worked out from its pinned version when it is received."""

from motcua.catalogue import queries as catalogue
from motcua.dossiers.errors import FeeUnpaid
from motcua.dossiers.models import Dossier
from motcua.kernel.authority import Actor
from motcua.kernel.money import show
from motcua.payments import queries as payments_read
from motcua.payments import services as payments


def raise_charges(actor: Actor, dossier: Dossier) -> None:
    """Fees of the case and channel become charges; free procedures raise none."""
    version = catalogue.version(dossier.version_id)
    fees = version.case(dossier.case_key).fees_for(catalogue.Channel(dossier.channel))
    lines = [
        payments.FeeLine(
            code=fee.code, name=fee.name, kind=fee.kind.value, amount=fee.amount, exemptions=fee.exemptions
        )
        for fee in fees
        if fee.amount
    ]
    if lines:
        payments.raise_charges(
            actor=actor,
            dossier_id=dossier.id,
            agency_id=dossier.receiving_id,
            payer_id=dossier.applicant_id,
            lines=lines,
        )


def require_settled(dossier: Dossier) -> None:
    """Refuse with `FeeUnpaid` while a charge is open."""
    amount = payments_read.outstanding(dossier.id)
    if amount:
        raise FeeUnpaid(amount=show(amount))
