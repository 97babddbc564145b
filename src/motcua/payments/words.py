"""The vocabulary of payments. No framework."""

from enum import StrEnum


class ChargeState(StrEnum):
    OPEN = "open"
    PAID = "paid"
    EXEMPT = "exempt"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"


class Way(StrEnum):
    """How the money came."""

    CASH = "cash"
    TRANSFER = "transfer"
    ONLINE = "online"
