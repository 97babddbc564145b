"""Who may sign, by own post or in whose place."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from motcua.directory.models import Account, Assignment, DelegatedScope, Delegation
from motcua.directory.queries.views import DelegationView, OwnAuthority
from motcua.directory.rules.delegation import DelegatedSigning, SigningScope, delegation_for
from motcua.directory.words import Role, ScopeKind
from motcua.kernel import clock
from motcua.kernel.authority import Actor


def signing_authority(
    account_id: UUID, agency_id: UUID, procedure_code: str, field_code: str, on: date | None = None
) -> OwnAuthority | DelegationView | None:
    """By what right an account signs for an agency on a day: own post, the narrowest delegation in force, or
    None.

    A delegation counts only while its delegator still holds the signing role there. ``field_code`` is the
    procedure's field.
    """
    day = on or clock.today()
    staff_id = (
        Account.objects.filter(pk=account_id, is_active=True).values_list("staff_id", flat=True).first()
    )
    if staff_id is None:
        return None
    leaders = {
        row.staff_id: row
        for row in Assignment.objects.in_force(day)
        .filter(role=Role.LEADER, agency_id=agency_id)
        .select_related("post")
    }
    if staff_id in leaders:
        post = leaders[staff_id].post
        return OwnAuthority(title=post.title if post else "")
    scopes = DelegatedScope.objects.filter(
        agency_id=agency_id,
        delegation__delegate_id=staff_id,
        delegator_id__in=leaders,
        validity__contains=day,
    ).select_related("delegation")
    found = delegation_for(
        (_as_rule(scope) for scope in scopes),
        delegate_id=staff_id,
        procedure_code=procedure_code,
        field_code=field_code,
        on=day,
    )
    return delegation(found.id) if found else None


def _as_rule(row: DelegatedScope) -> DelegatedSigning:
    return DelegatedSigning(
        id=row.delegation_id,
        delegate_id=row.delegation.delegate_id,
        scope=SigningScope(ScopeKind(row.kind), row.code),
        begins_on=row.validity.lower,
        ends_on=row.validity.upper,
    )


def delegation(delegation_id: UUID) -> DelegationView | None:
    """One delegation, or None."""
    return next(iter(_views(Q(pk=delegation_id))), None)


def delegations(
    *, actor: Actor, agency_id: UUID, on: date | None = None, with_past: bool = False
) -> tuple[DelegationView, ...]:
    """Delegations of an agency, newest first: those in force on a day (today by default), or all. Visible to
    its members.
    """
    if agency_id not in actor.agency_ids and not actor.may("delegation.manage", agency_id):
        return ()
    wanted = Q(agency_id=agency_id)
    if not with_past:
        wanted &= Q(validity__contains=on or clock.today())
    return _views(wanted)


def delegations_to(account_id: UUID, on: date | None = None) -> tuple[DelegationView, ...]:
    """What others let this account sign on a day (today by default), newest first."""
    day = on or clock.today()
    return _views(Q(delegate__account__id=account_id, validity__contains=day))


def _views(wanted: Q) -> tuple[DelegationView, ...]:
    rows = (
        Delegation.objects.filter(wanted)
        .select_related("delegator__account", "delegate__account")
        .prefetch_related("scopes")
        .order_by("-created_at")
    )
    found = list(rows)
    titles = _titles(found)
    return tuple(_view(row, titles.get((row.delegator_id, row.agency_id), "")) for row in found)


def _titles(rows: Iterable[Delegation]) -> dict[tuple[UUID, UUID], str]:
    wanted = {(row.delegator_id, row.agency_id) for row in rows}
    assignments = Assignment.objects.filter(
        role=Role.LEADER, staff_id__in={staff_id for staff_id, _ in wanted}, post__isnull=False
    ).values_list("staff_id", "agency_id", "post__title")
    return {(staff_id, agency_id): title for staff_id, agency_id, title in assignments}


def _view(row: Delegation, title: str) -> DelegationView:
    scopes = tuple(SigningScope(ScopeKind(scope.kind), scope.code) for scope in row.scopes.all())
    delegator, delegate = getattr(row.delegator, "account", None), getattr(row.delegate, "account", None)
    return DelegationView(
        id=row.pk,
        delegator_account_id=delegator.pk if delegator else None,
        delegator_name=row.delegator.full_name,
        delegator_title=title,
        delegate_account_id=delegate.pk if delegate else None,
        delegate_name=row.delegate.full_name,
        agency_id=row.agency_id,
        scopes=scopes,
        # A delegation revoked before it began has an empty range, which has no bounds.
        begins_on=row.validity.lower or clock.local(row.created_at).date(),
        ends_on=row.validity.upper,
        decision_number=row.decision_number,
        revoked_at=row.revoked_at,
    )
