"""What payments announce."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargesRaised(Event):
    """A dossier has to be paid for; `amount` in đồng."""

    name: ClassVar[str] = "payments.ChargesRaised"
    dossier_id: UUID
    amount: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargesSettled(Event):
    """No money of the dossier is outstanding any more; `way` is cash, online or exempt."""

    name: ClassVar[str] = "payments.ChargesSettled"
    dossier_id: UUID
    receipt_id: UUID | None
    way: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargesCancelled(Event):
    """Charges that are not due after all; `amount` in đồng."""

    name: ClassVar[str] = "payments.ChargesCancelled"
    dossier_id: UUID
    amount: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeRefunded(Event):
    name: ClassVar[str] = "payments.ChargeRefunded"
    dossier_id: UUID
    charge_id: UUID
    amount: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptGiven(Event):
    """A receipt has its number and waits for the signature of the collecting body."""

    name: ClassVar[str] = "payments.ReceiptGiven"
    receipt_id: UUID
    agency_id: UUID
    at: datetime
