"""What the directory announces. Ids and plain values only."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritorySucceeded(Event):
    """A unit gave way to another; one event per pair."""

    predecessor_id: UUID
    successor_id: UUID
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyOpened(Event):
    agency_id: UUID
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencySucceeded(Event):
    """An agency closed and another took over; open work has to be handed over. One event per pair."""

    predecessor_id: UUID
    successor_id: UUID
    effective_on: date
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChanged(Event):
    """Office hours or days off changed for one agency, one territory, or (both None) for everybody."""

    agency_id: UUID | None
    territory_id: UUID | None
    first_day: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAssigned(Event):
    staff_id: UUID
    agency_id: UUID
    role: str
    begins_on: date
    by_account_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEnded(Event):
    staff_id: UUID
    agency_id: UUID
    role: str
    ends_on: date
    by_account_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningDelegated(Event):
    delegation_id: UUID
    delegator_account_id: UUID
    delegate_account_id: UUID
    agency_id: UUID
    begins_on: date
    ends_on: date | None
    decision_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationRevoked(Event):
    delegation_id: UUID
    revoked_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRegistered(Event):
    party_id: UUID
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyCorrected(Event):
    """Details of a party were corrected; the old values are kept with the reason."""

    party_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpened(Event):
    account_id: UUID
    username: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountClosed(Event):
    account_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReopened(Event):
    account_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedIn(Event):
    account_id: UUID
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogInWasLocked(Event):
    """Too many wrong passwords for this name from this address."""

    username: str
    address: str
    failures: int
