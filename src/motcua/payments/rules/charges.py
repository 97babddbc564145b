"""States of a charge and what may follow. Money is integer đồng."""

from motcua.kernel.money import show
from motcua.payments.errors import ChargeClosed, ExemptionUnknown, ReasonMissing, RefundTooLarge
from motcua.payments.words import ChargeState


def check_open(state: str, name: str) -> None:
    if state != ChargeState.OPEN:
        raise ChargeClosed(name=name)


def check_exemption(ground: str, allowed: list[str]) -> None:
    """A charge is waived only on a ground its procedure version names."""
    if ground not in allowed:
        raise ExemptionUnknown(ground=ground)


def check_refund(*, paid: int, refunded: int, amount: int, reason: str) -> ChargeState:
    """A refund has a reason and never exceeds what was paid; the state after it."""
    if not reason.strip():
        raise ReasonMissing
    if amount <= 0 or refunded + amount > paid:
        raise RefundTooLarge(amount=show(amount), paid=show(paid))
    return ChargeState.REFUNDED if refunded + amount == paid else ChargeState.PAID
