"""What the directory shows of itself: frozen values, safe to keep and to pass on."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from motcua.directory.rules.delegation import SigningScope
from motcua.directory.rules.identity_numbers import masked
from motcua.directory.words import AgencyKind, AgencyLevel, PartyKind, Role, Sex, TerritoryLevel
from motcua.kernel.values import PartialDate


@dataclass(frozen=True, slots=True)
class TerritoryView:
    """A unit; valid from ``begins_on`` to the day before ``ends_on`` (None: still, or since always)."""

    id: UUID
    level: TerritoryLevel
    code: str
    name: str
    full_name: str
    full_name_en: str
    parent_id: UUID | None
    begins_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class AgencyView:
    """An agency; ``code`` is the form of Decision 20/2020, ``code_qcvn`` that of QCVN 102:2016 (None where it
    has none).
    """

    id: UUID
    code: str
    code_qcvn: str | None
    name: str
    name_en: str
    kind: AgencyKind
    level: AgencyLevel
    parent_id: UUID | None
    territory_id: UUID
    territory_code: str
    territory_name: str
    field_codes: tuple[str, ...]
    is_one_stop: bool
    address: str
    phone: str
    email: str
    begins_on: date | None
    ends_on: date | None

    def is_in_force(self, on: date) -> bool:
        return (self.begins_on is None or self.begins_on <= on) and (
            self.ends_on is None or on < self.ends_on
        )


@dataclass(frozen=True, slots=True)
class PartyView:
    """A person or an organisation. ``number`` is what names it first: personal number, or enterprise number
    or tax code.
    """

    id: UUID
    kind: PartyKind
    full_name: str
    number: str | None
    phone: str
    email: str
    address: str
    territory_id: UUID | None
    born: PartialDate | None = None
    sex: Sex | None = None
    old_number: str | None = None
    nationality: str | None = None
    tax_code: str | None = None
    enterprise_number: str | None = None
    trade_name: str = ""
    legal_representative_id: UUID | None = None
    passport_number: str | None = None
    passport_country: str | None = None
    #: Whether `known_as` has former or merged names and numbers to tell; None where nobody looked.
    is_known_otherwise: bool | None = None

    @property
    def birth_on(self) -> date | None:
        """The day of birth, where all of it is known."""
        return self.born.exact if self.born else None

    @property
    def personal_number(self) -> str | None:
        """The 12-digit number, where the person has one."""
        is_personal = self.kind is PartyKind.PERSON and self.number not in (
            self.old_number,
            self.passport_number,
        )
        return self.number if is_personal else None

    @property
    def number_masked(self) -> str:
        """The number for lists and public pages."""
        return masked(self.number) if self.number else ""


@dataclass(frozen=True, slots=True)
class AccountView:
    """A log-in; ``name`` is that of the staff or the party behind it."""

    id: UUID
    username: str
    name: str
    is_active: bool
    staff_id: UUID | None
    party_id: UUID | None
    language: str


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role in an agency, as shown to its holder and to administrators."""

    assignment_id: UUID
    staff_id: UUID
    staff_name: str
    account_id: UUID | None
    agency_id: UUID
    agency_name: str
    role: Role
    post_title: str
    begins_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class DelegationView:
    """A delegation of signing by decision; valid to the day before ``ends_on`` (None: until revoked)."""

    id: UUID
    delegator_account_id: UUID | None
    delegator_name: str
    delegator_title: str
    delegate_account_id: UUID | None
    delegate_name: str
    agency_id: UUID
    scopes: tuple[SigningScope, ...]
    begins_on: date
    ends_on: date | None
    decision_number: str
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnAuthority:
    """The person signs by their own post."""

    title: str


@dataclass(frozen=True, slots=True)
class ApiTokenView:
    """A key for programs, without its secret."""

    id: UUID
    account_id: UUID
    name: str
    permissions: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
