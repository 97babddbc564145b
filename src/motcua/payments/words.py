"""The vocabulary of payments. No framework."""

from enum import StrEnum


class ChargeState(StrEnum):
    OPEN = "open"
    PAID = "paid"
    EXEMPT = "exempt"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


class ChargeAct(StrEnum):
    """What may be done with a charge; each leaves a line in its trail."""

    RAISED = "raised"
    RECKONED = "reckoned"
    ADDED = "added"
    CORRECTED = "corrected"
    CANCELLED = "cancelled"
    WAIVED = "waived"
    PAID = "paid"
    REFUND_ASKED = "refund_asked"
    REFUNDED = "refunded"
    REFUND_DECLINED = "refund_declined"


class ReceiptKind(StrEnum):
    """A receipt is never deleted: a wrong one is replaced, money given back is a receipt that lowers it."""

    ORIGINAL = "original"
    REPLACEMENT = "replacement"
    DECREASE = "decrease"


class SummaryState(StrEnum):
    """Where a day's summary stands with the tax authority."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class RefundState(StrEnum):
    """A refund is asked by one person and made or declined by another."""

    ASKED = "asked"
    MADE = "made"
    DECLINED = "declined"


class Way(StrEnum):
    """How the money came."""

    CASH = "cash"
    TRANSFER = "transfer"
    ONLINE = "online"
