"""Roles, delegation, log-in throttle, session and key lives: rules without a database."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from motcua.directory.errors import (
    ApiTokenPeriodInvalid,
    DelegationEmpty,
    DelegationPeriodInvalid,
    DelegationToSelf,
    UsernameInvalid,
)
from motcua.directory.rules.accounts import check_token_life, check_username
from motcua.directory.rules.agencies import field_match
from motcua.directory.rules.delegation import (
    DelegatedSigning,
    SigningScope,
    check_delegation,
    delegation_for,
)
from motcua.directory.rules.log_in import session_rule
from motcua.directory.rules.roles import (
    ALL_PERMISSIONS,
    DELEGATE_PERMISSIONS,
    ROLE_PERMISSIONS,
    is_grave,
    permissions_of,
)
from motcua.directory.words import Role, ScopeKind

ANH, BA, CA = UUID(int=1), UUID(int=2), UUID(int=3)
BEGIN, END = date(2026, 1, 1), date(2026, 7, 1)
ALL = SigningScope(ScopeKind.ALL)
FIELD = SigningScope(ScopeKind.FIELD, "G15-TP01")
ONE = SigningScope(ScopeKind.PROCEDURE, "1.001193")


def test_every_role_has_permissions() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role)
    assert all(permissions_of(role) for role in Role)
    assert permissions_of(Role.LEADER) >= DELEGATE_PERMISSIONS


def test_powers_are_kept_apart() -> None:
    """Who receives does not decide, who decides does not seal, who administers sees no dossier (Decree 118/2025)."""
    holders = {
        permission: {role for role in Role if permission in permissions_of(role)}
        for permission in ALL_PERMISSIONS
    }
    assert holders["dossier.sign"] == {Role.LEADER}
    assert holders["dossier.number_and_seal"] == {Role.SEAL_CLERK}
    assert holders["dossier.appraise"] == {Role.CASE_OFFICER}
    assert holders["payment.collect"] == {Role.CASHIER}
    assert not {"dossier.read", "dossier.read_all"} & permissions_of(Role.ADMINISTRATOR)
    assert not {
        name for name in permissions_of(Role.AUDITOR) if name.partition(".")[2] not in {"read", "read_all"}
    }


def _delegated(
    number: int, scope: SigningScope, delegate: UUID = BA, ends_on: date | None = END
) -> DelegatedSigning:
    return DelegatedSigning(UUID(int=100 + number), delegate, scope, BEGIN, ends_on)


def test_the_narrowest_delegation_prevails() -> None:
    rows = [_delegated(1, ALL), _delegated(2, FIELD), _delegated(3, ONE)]

    def chosen(procedure: str, field: str) -> UUID | None:
        found = delegation_for(rows, delegate_id=BA, procedure_code=procedure, field_code=field, on=BEGIN)
        return found.id if found else None

    assert chosen("1.001193", "G15-TP01") == UUID(int=103)
    assert chosen("9.999999", "G15-TP01") == UUID(int=102)
    assert chosen("9.999999", "G01-HT01") == UUID(int=101)


@pytest.mark.parametrize(
    ("on", "is_found"),
    [(BEGIN - timedelta(days=1), False), (BEGIN, True), (END - timedelta(days=1), True), (END, False)],
)
def test_a_delegation_holds_from_its_first_to_its_last_day(on: date, is_found: bool) -> None:
    found = delegation_for(
        [_delegated(1, ONE)], delegate_id=BA, procedure_code=ONE.code, field_code="", on=on
    )
    assert (found is not None) == is_found


def test_nobody_else_uses_a_delegation() -> None:
    rows = [_delegated(1, ALL), _delegated(2, ONE, delegate=CA)]
    assert delegation_for(rows, delegate_id=ANH, procedure_code=ONE.code, field_code="", on=BEGIN) is None
    open_ended = delegation_for(
        [_delegated(3, ALL, ends_on=None)],
        delegate_id=BA,
        procedure_code="",
        field_code="",
        on=date(2090, 1, 1),
    )
    assert open_ended is not None


def test_what_no_decision_may_say() -> None:
    def check(
        delegate: UUID = BA, scopes: tuple[SigningScope, ...] = (ONE,), ends_on: date | None = END
    ) -> None:
        check_delegation(
            delegator_id=ANH, delegate_id=delegate, scopes=scopes, begins_on=BEGIN, ends_on=ends_on
        )

    check()
    check(scopes=(ALL,), ends_on=None)
    with pytest.raises(DelegationToSelf):
        check(delegate=ANH)
    for scopes in ((), (SigningScope(ScopeKind.FIELD),), (SigningScope(ScopeKind.ALL, "x"),)):
        with pytest.raises(DelegationEmpty):
            check(scopes=scopes)
    for ends_on in (BEGIN, BEGIN - timedelta(days=1)):
        with pytest.raises(DelegationPeriodInvalid):
            check(ends_on=ends_on)


def test_roles_that_sign_seal_audit_or_administer_take_two_people() -> None:
    assert {role for role in Role if is_grave(role)} == {
        Role.LEADER,
        Role.SEAL_CLERK,
        Role.ADMINISTRATOR,
        Role.AUDITOR,
    }


def test_sessions_end_when_idle_and_when_old() -> None:
    rule, began = session_rule(is_officer=True), datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
    minute = timedelta(minutes=1)
    assert not rule.has_ended(began_at=began, last_seen_at=began, now=began + rule.idle)
    assert rule.has_ended(began_at=began, last_seen_at=began, now=began + rule.idle + minute)
    late = began + rule.longest + minute
    assert rule.has_ended(began_at=began, last_seen_at=late, now=late)
    assert session_rule(is_officer=False).idle > rule.idle


def test_user_names() -> None:
    assert check_username(" Binh.TV ") == "binh.tv"
    for wrong in ("a", ".binh", "bình", "binh tv", "x" * 65):
        with pytest.raises(UsernameInvalid):
            check_username(wrong)


@pytest.mark.parametrize("life", [timedelta(hours=23), timedelta(days=367), timedelta(days=-1)])
def test_keys_do_not_live_for_ever(life: timedelta) -> None:
    assert check_token_life(timedelta(days=90)) == timedelta(days=90)
    with pytest.raises(ApiTokenPeriodInvalid):
        check_token_life(life)


def test_departments_answer_for_fields() -> None:
    assert field_match(("G15",), "G15-TP01") == 1
    assert field_match(("G15-TP01", "G15"), "G15-TP01") == 2
    assert field_match(("G15",), "G10-NN01") == field_match(("G15",), "") == 0
