"""What the directory announces. Ids and plain values only."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from motcua.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritorySucceeded(Event):
    """A unit gave way to another; one event per pair."""

    name: ClassVar[str] = "directory.TerritorySucceeded"
    predecessor_id: UUID
    successor_id: UUID
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyOpened(Event):
    name: ClassVar[str] = "directory.AgencyOpened"
    agency_id: UUID
    opened_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyCorrected(Event):
    """What may change without becoming another agency: how it is reached, what it answers for. `before` and `after` name the
    fields that changed, as JSON.
    """

    name: ClassVar[str] = "directory.AgencyCorrected"
    agency_id: UUID
    before: str
    after: str
    by_account_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOpened(Event):
    """A post was made in an agency."""

    name: ClassVar[str] = "directory.PostOpened"
    post_id: UUID
    agency_id: UUID
    title: str
    may_sign: bool
    begins_on: date
    by_account_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencySucceeded(Event):
    """An agency closed and another took over; open work has to be handed over. One event per pair."""

    name: ClassVar[str] = "directory.AgencySucceeded"
    predecessor_id: UUID
    successor_id: UUID
    effective_on: date
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChanged(Event):
    """Office hours or days off changed for one agency, one territory, or (both None) for everybody."""

    name: ClassVar[str] = "directory.CalendarChanged"
    agency_id: UUID | None
    territory_id: UUID | None
    first_day: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAssigned(Event):
    name: ClassVar[str] = "directory.RoleAssigned"
    staff_id: UUID
    agency_id: UUID
    role: str
    begins_on: date
    by_account_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEnded(Event):
    name: ClassVar[str] = "directory.RoleEnded"
    staff_id: UUID
    agency_id: UUID
    role: str
    ends_on: date
    by_account_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningDelegated(Event):
    name: ClassVar[str] = "directory.SigningDelegated"
    delegation_id: UUID
    delegator_account_id: UUID
    delegate_account_id: UUID
    agency_id: UUID
    begins_on: date
    ends_on: date | None
    decision_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationRevoked(Event):
    name: ClassVar[str] = "directory.DelegationRevoked"
    delegation_id: UUID
    revoked_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRegistered(Event):
    name: ClassVar[str] = "directory.PartyRegistered"
    party_id: UUID
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyCorrected(Event):
    """Details of a party were corrected; the old values are kept with the reason."""

    name: ClassVar[str] = "directory.PartyCorrected"
    party_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleMerged(Event):
    """Two records turned out to be one person: `party_id` stands for both from now on."""

    name: ClassVar[str] = "directory.PeopleMerged"
    merge_id: UUID
    party_id: UUID
    former_id: UUID
    by_account_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleParted(Event):
    """A merge was undone: each record stands for itself again."""

    name: ClassVar[str] = "directory.PeopleParted"
    merge_id: UUID
    party_id: UUID
    former_id: UUID
    by_account_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpened(Event):
    name: ClassVar[str] = "directory.AccountOpened"
    account_id: UUID
    username: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountClosed(Event):
    name: ClassVar[str] = "directory.AccountClosed"
    account_id: UUID
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReopened(Event):
    name: ClassVar[str] = "directory.AccountReopened"
    account_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedIn(Event):
    name: ClassVar[str] = "directory.LoggedIn"
    account_id: UUID
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessChanged(Event):
    """A role, a password, a second factor or a delegation of somebody changed; `by_account_id` None: by the operator."""

    name: ClassVar[str] = "directory.AccessChanged"
    record_id: UUID
    change: str
    account_id: UUID | None
    before: str
    after: str
    by_account_id: UUID | None
    confirmed_by_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessAsked(Event):
    """An administrator asks for what another one has to confirm."""

    name: ClassVar[str] = "directory.AccessAsked"
    request_id: UUID
    act: str
    staff_id: UUID
    asked_by_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessDecided(Event):
    """What was asked was confirmed, refused or withdrawn."""

    name: ClassVar[str] = "directory.AccessDecided"
    request_id: UUID
    state: str
    decided_by_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class LogInWasLocked(Event):
    """Too many wrong passwords for this name from this address."""

    name: ClassVar[str] = "directory.LogInWasLocked"
    username: str
    address: str
    failures: int
