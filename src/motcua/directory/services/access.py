"""What takes two administrators: one asks, another one confirms or refuses, within three days. docs/adr/0018."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from motcua.directory.errors import AskerMayNotAnyMore, OwnRequest, RequestAlreadyOpen, RequestDecided
from motcua.directory.events import AccessAsked, AccessDecided
from motcua.directory.models import AccessRequest, Account
from motcua.directory.queries import actor_of
from motcua.directory.rules.delegation import SigningScope
from motcua.directory.rules.log_in import REQUEST_LASTS
from motcua.directory.services.log_in import take_device
from motcua.directory.services.passwords import locked_account, renew_password
from motcua.directory.services.signing import Mandate, check_mandate, give_mandate
from motcua.directory.services.staffing import give_role
from motcua.directory.services.trace import Authors, lock_person
from motcua.directory.words import AccessAct, RequestState, Role, ScopeKind
from motcua.kernel import clock, events
from motcua.kernel.authority import Actor, authorise, in_scope

_MAY = "directory.manage"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What was done: `password` is the new one, told this once, of the account `username`."""

    act: AccessAct
    staff_id: UUID
    username: str = ""
    password: str = ""


@transaction.atomic
def ask_role(
    *,
    actor: Actor,
    staff_id: UUID,
    agency_id: UUID,
    role: Role,
    begins_on: date | None = None,
    ends_on: date | None = None,
    post_id: UUID | None = None,
    decision: str = "",
) -> UUID:
    """Ask another administrator to confirm that somebody gets a role. Raises RequestAlreadyOpen, OutOfScope,
    PermissionRefused. Announces AccessAsked.
    """
    authorise(actor, _MAY, agency_id)
    detail = {
        "begins_on": begins_on and begins_on.isoformat(),
        "ends_on": ends_on and ends_on.isoformat(),
        "post_id": post_id and str(post_id),
    }
    return _ask(
        actor,
        AccessAct.GIVE_ROLE,
        staff_id=staff_id,
        agency_id=agency_id,
        role=role.value,
        detail=detail,
        ground=decision,
    )


@transaction.atomic
def ask_reset(*, actor: Actor, act: AccessAct, account_id: UUID, reason: str = "") -> UUID:
    """Ask another administrator to confirm a new password for somebody, or that their device goes. Raises
    RequestAlreadyOpen, OutOfScope, PermissionRefused. Announces AccessAsked.
    """
    authorise(actor, _MAY)
    account = in_scope(Account.objects.filter(pk=account_id, is_active=True, staff__isnull=False).first())
    if act not in {AccessAct.RESET_PASSWORD, AccessAct.REMOVE_SECOND_FACTOR}:
        in_scope(None)
    return _ask(actor, act, staff_id=in_scope(account.staff_id), ground=reason)


@transaction.atomic
def ask_delegation(*, actor: Actor, mandate: Mandate) -> UUID:
    """Ask another administrator to confirm a delegation of signing recorded for a leader. Raises what `delegate_signing`
    raises, RequestAlreadyOpen. Announces AccessAsked.
    """
    authorise(actor, "delegation.manage", mandate.agency_id)
    _, delegate_id = check_mandate(mandate)
    return _ask(
        actor,
        AccessAct.DELEGATE_SIGNING,
        staff_id=delegate_id,
        agency_id=mandate.agency_id,
        detail=_written(mandate),
        ground=mandate.decision_number,
    )


@transaction.atomic
def confirm_access(*, actor: Actor, request_id: UUID) -> Confirmed:
    """Do what another administrator asked for. A new password is told to who confirms, never to who asked, and to nobody again.

    Raises OwnRequest (asked by or for the actor), RequestDecided, AskerMayNotAnyMore, what the act itself raises, OutOfScope,
    PermissionRefused. Announces AccessDecided and what the act announces.
    """
    authorise(actor, _MAY)
    row = _open(request_id)
    beneficiary = Account.objects.filter(staff_id=row.staff_id).values_list("pk", flat=True).first()
    if actor.account_id is None or actor.account_id in {row.asked_by_id, beneficiary}:
        raise OwnRequest
    asker = actor_of(row.asked_by_id)
    if not asker.may(_MAY if row.act != AccessAct.DELEGATE_SIGNING else "delegation.manage", row.agency_id):
        raise AskerMayNotAnyMore
    _decide(row, RequestState.CONFIRMED, actor.account_id)
    by = Authors(row.asked_by_id, actor.account_id, row.pk, row.ground)
    return _done(row, by)


@transaction.atomic
def refuse_access(*, actor: Actor, request_id: UUID) -> None:
    """Say no to what another administrator asked for, or take back what one asked for oneself. Raises RequestDecided,
    OutOfScope, PermissionRefused. Announces AccessDecided.
    """
    authorise(actor, _MAY)
    row = _open(request_id)
    is_own = actor.account_id == row.asked_by_id
    _decide(row, RequestState.WITHDRAWN if is_own else RequestState.REFUSED, in_scope(actor.account_id))


def _ask(
    actor: Actor,
    act: AccessAct,
    *,
    staff_id: UUID,
    ground: str,
    agency_id: UUID | None = None,
    role: str = "",
    detail: Mapping[str, Any] | None = None,
) -> UUID:
    lock_person(staff_id)
    place = Q(agency_id=agency_id) if agency_id else Q(agency=None)
    same = AccessRequest.objects.filter(place, act=act, staff_id=staff_id, role=role, state=RequestState.OPEN)
    if same.filter(expires_at__gt=clock.now()).exists():
        raise RequestAlreadyOpen
    now = clock.now()
    row = AccessRequest.objects.create(
        act=act,
        staff_id=staff_id,
        agency_id=agency_id,
        role=role,
        detail=dict(detail or {}),
        ground=ground,
        asked_by_id=in_scope(actor.account_id),
        asked_at=now,
        expires_at=now + REQUEST_LASTS,
    )
    events.announce(
        AccessAsked(request_id=row.pk, act=act.value, staff_id=staff_id, asked_by_id=row.asked_by_id)
    )
    return row.pk


def _open(request_id: UUID) -> AccessRequest:
    """The request, locked: of two who decide at once the second finds it decided."""
    row = in_scope(AccessRequest.objects.select_for_update().filter(pk=request_id).first())
    if row.state != RequestState.OPEN or row.expires_at <= clock.now():
        raise RequestDecided
    return row


def _decide(row: AccessRequest, state: RequestState, account_id: UUID) -> None:
    row.state, row.decided_by_id, row.decided_at = state, account_id, clock.now()
    row.save(update_fields=["state", "decided_by_id", "decided_at"])
    events.announce(AccessDecided(request_id=row.pk, state=state.value, decided_by_id=account_id))


def _done(row: AccessRequest, by: Authors) -> Confirmed:
    act = AccessAct(row.act)
    match act:
        case AccessAct.GIVE_ROLE:
            lock_person(row.staff_id)
            give_role(
                by,
                staff_id=row.staff_id,
                agency_id=in_scope(row.agency_id),
                role=Role(row.role),
                validity=(_day(row.detail["begins_on"]) or clock.today(), _day(row.detail["ends_on"])),
                post_id=UUID(post) if (post := row.detail.get("post_id")) else None,
            )
        case AccessAct.DELEGATE_SIGNING:
            lock_person(row.staff_id)
            give_mandate(by, _read(row.detail))
        case AccessAct.RESET_PASSWORD:
            account = _account_of(row)
            return Confirmed(act, row.staff_id, account.username, renew_password(account, by))
        case AccessAct.REMOVE_SECOND_FACTOR:
            take_device(_account_of(row), by)
    return Confirmed(act, row.staff_id)


def _account_of(row: AccessRequest) -> Account:
    found = Account.objects.filter(staff_id=row.staff_id).values_list("pk", flat=True).first()
    return locked_account(in_scope(found))


def _written(mandate: Mandate) -> dict[str, Any]:
    plain = {key: str(value) if value is not None else None for key, value in asdict(mandate).items()}
    return plain | {"scopes": [[scope.kind.value, scope.code] for scope in mandate.scopes]}


def _read(detail: Mapping[str, Any]) -> Mandate:
    return Mandate(
        delegator_account_id=UUID(detail["delegator_account_id"]),
        delegate_account_id=UUID(detail["delegate_account_id"]),
        agency_id=UUID(detail["agency_id"]),
        scopes=tuple(SigningScope(ScopeKind(kind), code) for kind, code in detail["scopes"]),
        begins_on=date.fromisoformat(detail["begins_on"]),
        ends_on=_day(detail["ends_on"]),
        decision_number=detail["decision_number"],
        decided_on=_day(detail["decided_on"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
