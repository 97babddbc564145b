"""Delegation of signing: who, for what, until when; the database refuses overlaps on its own."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from tests.cast import Cast

from motcua.directory import queries, services
from motcua.directory.errors import (
    DelegationEmpty,
    DelegationOverlaps,
    DelegationPeriodInvalid,
    DelegationToSelf,
    DelegatorMayNotSign,
    NameMissing,
    RoleAlreadyHeld,
    StaffNumberTaken,
)
from motcua.directory.models import DelegatedScope, Delegation
from motcua.directory.queries import OwnAuthority, Role, ScopeKind, SigningScope
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import OutOfScope, PermissionRefused
from motcua.kernel.ids import new_id

pytestmark = pytest.mark.django_db

DAY = date(2026, 9, 1)
LAND = SigningScope(ScopeKind.FIELD, "G13-DD01")


def _delegate(
    cast: Cast,
    *,
    to: str = "em",
    by: str = "dung",
    scopes: Sequence[SigningScope] = (LAND,),
    begins_on: date = DAY,
    ends_on: date | None = date(2026, 10, 1),
    number: str = "20/QĐ-UBND",
) -> UUID:
    return services.delegate_signing(
        actor=cast.dung,
        delegator_account_id=cast.account(by),
        delegate_account_id=cast.account(to),
        agency_id=cast.an_binh,
        scopes=scopes,
        begins_on=begins_on,
        ends_on=ends_on,
        decision_number=number,
    )


def test_own_post_delegation_or_nothing(cast: Cast) -> None:
    def right(name: str, procedure: str) -> object:
        return queries.signing_authority(cast.account(name), cast.an_binh, procedure, "G15-TP01", DAY)

    assert right("dung", "1.001193") == OwnAuthority(title="Chủ tịch")
    by_delegation = right("em", "1.001193")
    assert isinstance(by_delegation, queries.DelegationView)
    assert by_delegation.delegator_name == "Phạm Tiến Dũng"
    assert by_delegation.delegator_title == "Chủ tịch"
    assert by_delegation.decision_number == "15/QĐ-UBND"
    assert right("em", "1.001612") is None
    assert right("chau", "1.001193") is None
    assert right("hoa", "1.001193") is None
    assert queries.signing_authority(cast.account("em"), cast.yen_hoa, "1.001193", "", DAY) is None


def test_a_field_can_be_delegated_for_a_time(cast: Cast) -> None:
    _delegate(cast)

    def right(on: date) -> object:
        return queries.signing_authority(cast.account("em"), cast.an_binh, "1.012345", LAND.code, on)

    assert right(date(2026, 8, 31)) is None
    assert right(DAY) is not None
    assert right(date(2026, 9, 30)) is not None
    assert right(date(2026, 10, 1)) is None


def test_one_scope_is_held_by_one_person_at_a_time(cast: Cast) -> None:
    _delegate(cast)
    before = Delegation.objects.count()
    with pytest.raises(DelegationOverlaps):
        _delegate(cast, to="hanh", begins_on=date(2026, 9, 15))
    assert Delegation.objects.count() == before
    _delegate(cast, to="hanh", begins_on=date(2026, 10, 1), ends_on=date(2026, 11, 1))


def test_the_database_itself_refuses_an_overlap(cast: Cast) -> None:
    scope = DelegatedScope.objects.get(delegation_id=_delegate(cast))
    scope.pk = new_id()
    with pytest.raises(IntegrityError), transaction.atomic():
        scope.save(force_insert=True)


def test_what_cannot_be_delegated(cast: Cast) -> None:
    with pytest.raises(DelegationToSelf):
        _delegate(cast, to="dung")
    with pytest.raises(DelegatorMayNotSign):
        _delegate(cast, by="em", to="hanh")
    with pytest.raises(DelegationEmpty):
        _delegate(cast, scopes=())
    with pytest.raises(DelegationPeriodInvalid):
        _delegate(cast, ends_on=DAY)
    with pytest.raises(NameMissing):
        _delegate(cast, number=" ")
    with pytest.raises(OutOfScope):
        _delegate(cast, to="hoa")


def test_only_leaders_and_administrators_delegate(cast: Cast) -> None:
    for name in ("binh", "em", "giang", "hoa"):
        with pytest.raises(PermissionRefused):
            services.delegate_signing(
                actor=cast.actor(name),
                delegator_account_id=cast.account("dung"),
                delegate_account_id=cast.account("em"),
                agency_id=cast.an_binh,
                scopes=[LAND],
                begins_on=DAY,
                ends_on=None,
                decision_number="1",
            )


def test_revocation_ends_it_today_and_frees_the_scope(cast: Cast) -> None:
    with clock.frozen(datetime(2026, 9, 10, 9, 0, tzinfo=clock.LOCAL)):
        made = _delegate(cast)
        with pytest.raises(PermissionRefused):
            services.revoke_delegation(actor=cast.binh, delegation_id=made, reason="x")
        services.revoke_delegation(actor=cast.dung, delegation_id=made, reason="Thay người")
        services.revoke_delegation(actor=cast.dung, delegation_id=made, reason="Lần nữa")
        assert queries.signing_authority(cast.account("em"), cast.an_binh, "1", LAND.code) is None
        assert queries.signing_authority(cast.account("em"), cast.an_binh, "1", LAND.code, date(2026, 9, 9))
        _delegate(cast, to="hanh", begins_on=date(2026, 9, 10))
    view = queries.delegation(made)
    assert view is not None
    assert view.revoked_at is not None


def test_a_revocation_before_the_first_day(cast: Cast) -> None:
    with clock.frozen(datetime(2026, 8, 1, 9, 0, tzinfo=clock.LOCAL)):
        made = _delegate(cast)
        services.revoke_delegation(actor=cast.dung, delegation_id=made, reason="Thôi")
        assert queries.delegation(made) is not None
        assert queries.signing_authority(cast.account("em"), cast.an_binh, "1", LAND.code, DAY) is None


def test_the_delegate_loses_the_right_with_the_delegator(cast: Cast) -> None:
    lead = next(iter(queries.holders_of(Role.LEADER, cast.an_binh)))
    services.end_role(actor=cast.quang, assignment_id=lead.assignment_id)
    assert not cast.actor("em").may("dossier.sign", cast.an_binh)
    assert queries.signing_authority(cast.account("em"), cast.an_binh, "1.001193", "") is None


def test_who_sees_delegations(cast: Cast) -> None:
    assert len(queries.delegations(actor=cast.binh, agency_id=cast.an_binh)) == 1
    assert queries.delegations(actor=cast.giang, agency_id=cast.an_binh) == ()
    assert [one.agency_id for one in queries.delegations_to(cast.account("em"))] == [cast.an_binh]


def test_roles_begin_and_end(cast: Cast) -> None:
    staff_id = services.register_staff(actor=cast.quang, number="MS-0100", full_name="Tạ Văn Tâm")
    with pytest.raises(StaffNumberTaken):
        services.register_staff(actor=cast.quang, number="MS-0100", full_name="Người Khác")
    account_id = services.open_account(actor=cast.quang, username="tam", password=None, staff_id=staff_id)
    assert not queries.actor_of(account_id).grants
    made = services.assign_role(
        actor=cast.quang, staff_id=staff_id, agency_id=cast.an_binh, role=Role.RECEPTION
    )
    assert queries.actor_of(account_id).may("dossier.receive", cast.an_binh)
    assert len(queries.staff_of(actor=cast.binh, agency_id=cast.an_binh)) > 5
    with pytest.raises(PermissionRefused):
        queries.staff_of(actor=cast.giang, agency_id=cast.an_binh)
    with pytest.raises(RoleAlreadyHeld):
        services.assign_role(actor=cast.quang, staff_id=staff_id, agency_id=cast.an_binh, role=Role.RECEPTION)
    with pytest.raises(PermissionRefused):
        services.end_role(actor=cast.dung, assignment_id=made)
    services.end_role(actor=cast.quang, assignment_id=made)
    assert not queries.actor_of(account_id).grants
    with pytest.raises(OutOfScope):
        services.end_role(actor=SYSTEM, assignment_id=new_id())
