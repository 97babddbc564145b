"""States of a charge and what may follow. Money is integer đồng."""

from motcua.kernel.money import show
from motcua.payments.errors import (
    AmountInvalid,
    ChargeClosed,
    ChargeNameMissing,
    ExemptionUnknown,
    ReasonMissing,
    RefundTooLarge,
)
from motcua.payments.words import ChargeState

#: More than any fee of the law, and less than a slip of the keyboard.
LARGEST = 100_000_000_000


def check_amount(amount: int, *, least: int = 0) -> int:
    """The amount itself. Refuses: `AmountInvalid`."""
    if not least <= amount <= LARGEST:
        raise AmountInvalid(largest=show(LARGEST))
    return amount


def check_reason(reason: str) -> str:
    """The reason without blanks around it. Refuses: `ReasonMissing`."""
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()[:1000]


def check_name(name: str) -> str:
    """The name of a charge. Refuses: `ChargeNameMissing`."""
    if not name.strip():
        raise ChargeNameMissing
    return name.strip()[:200]


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
