"""Delegation of signing: who may sign in whose place, for what, and when.

Law on the Organisation of Local Government 2025 art 14; Decree 30/2020/NĐ-CP art 13 (ký thay, ký thừa lệnh,
ký thừa ủy quyền); Decree 118/2025. A person to whom signing was delegated may not pass it on, and signs with
the own certificate.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from motcua.directory.errors import DelegationEmpty, DelegationPeriodInvalid, DelegationToSelf
from motcua.directory.words import ScopeKind

_NARROWEST_FIRST = (ScopeKind.PROCEDURE, ScopeKind.FIELD, ScopeKind.ALL)


@dataclass(frozen=True, slots=True)
class SigningScope:
    """One procedure, one field (a field code such as ``G01-HT01``) or everything (empty code)."""

    kind: ScopeKind
    code: str = ""

    def covers(self, *, procedure_code: str, field_code: str) -> bool:
        match self.kind:
            case ScopeKind.ALL:
                return True
            case ScopeKind.FIELD:
                return self.code == field_code
            case ScopeKind.PROCEDURE:
                return self.code == procedure_code


@dataclass(frozen=True, slots=True)
class DelegatedSigning:
    """One delegation as the rules see it: from ``begins_on`` to the day before ``ends_on`` (None: until
    revoked).
    """

    id: UUID
    delegate_id: UUID
    scope: SigningScope
    begins_on: date
    ends_on: date | None

    def is_in_force(self, on: date) -> bool:
        return self.begins_on <= on and (self.ends_on is None or on < self.ends_on)


def check_delegation(
    *,
    delegator_id: UUID,
    delegate_id: UUID,
    scopes: Iterable[SigningScope],
    begins_on: date,
    ends_on: date | None,
) -> None:
    """Refuse what no decision may say. Raises DelegationToSelf, DelegationEmpty, DelegationPeriodInvalid."""
    if delegator_id == delegate_id:
        raise DelegationToSelf()
    if ends_on is not None and ends_on <= begins_on:
        raise DelegationPeriodInvalid(begins_on=begins_on, ends_on=ends_on)
    written = tuple(scopes)
    if not written or any((scope.kind is ScopeKind.ALL) == bool(scope.code) for scope in written):
        raise DelegationEmpty()


def delegation_for(
    delegations: Iterable[DelegatedSigning],
    *,
    delegate_id: UUID,
    procedure_code: str,
    field_code: str,
    on: date,
) -> DelegatedSigning | None:
    """The narrowest delegation in force that lets the delegate sign this procedure, or None."""
    usable = [
        one
        for one in delegations
        if one.delegate_id == delegate_id
        and one.is_in_force(on)
        and one.scope.covers(procedure_code=procedure_code, field_code=field_code)
    ]
    return min(usable, key=lambda one: _NARROWEST_FIRST.index(one.scope.kind), default=None)
