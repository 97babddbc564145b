"""Requests for access, the trace of changes, and who is to be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.directory.models import AccessRecord, AccessRequest, Account, Assignment, Staff
from motcua.directory.queries.actors import account_names
from motcua.directory.words import AccessAct, AccessChange, RequestState, Role
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM, Actor, authorise, in_scope


@dataclass(frozen=True, slots=True)
class AccessRequestView:
    """A request as shown. `is_open`: it can still be decided; `is_own`: asked by or for the reader, who cannot confirm it."""

    id: UUID
    act: AccessAct
    staff_name: str
    agency_name: str
    role: Role | None
    ground: str
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    state: RequestState
    decided_by: str
    decided_at: datetime | None
    is_open: bool
    is_own: bool
    is_asked_by_reader: bool


@dataclass(frozen=True, slots=True)
class AccessRecordView:
    """One line of the trace; `by` empty: the operator at the machine."""

    id: UUID
    change: AccessChange
    name: str
    agency_name: str
    before: str
    after: str
    ground: str
    by: str
    confirmed_by: str
    at: datetime


@dataclass(frozen=True, slots=True, order=True)
class Reader:
    """Where a letter goes and in which language."""

    address: str
    language: str


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told of a change or a request: the person (nobody where they have no address), and other administrators."""

    person: tuple[Reader, ...]
    administrators: tuple[Reader, ...]


def access_requests(*, actor: Actor, limit: int = 30) -> tuple[AccessRequestView, ...]:
    """Those that wait first, then what became of others, newest first. Raises PermissionRefused."""
    authorise(actor, "directory.manage")
    rows = AccessRequest.objects.select_related("staff", "agency")
    waiting = rows.filter(state=RequestState.OPEN, expires_at__gt=clock.now()).order_by("-asked_at")
    found = [*waiting, *rows.exclude(pk__in=waiting.values("pk")).order_by("-asked_at")[:limit]]
    names = account_names({one for row in found for one in (row.asked_by_id, row.decided_by_id) if one})
    reader = in_scope(actor.account_id) if actor.is_officer else None
    own = Account.objects.filter(pk=reader).values_list("staff_id", flat=True).first() if reader else None
    return tuple(_request(row, actor, own, names) for row in found)


def _request(row: AccessRequest, actor: Actor, own: UUID | None, names: dict[UUID, str]) -> AccessRequestView:
    return AccessRequestView(
        id=row.pk,
        act=AccessAct(row.act),
        staff_name=row.staff.full_name,
        agency_name=row.agency.name if row.agency else "",
        role=Role(row.role) if row.role else None,
        ground=row.ground,
        asked_by=names.get(row.asked_by_id, ""),
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        state=RequestState(row.state),
        decided_by=names.get(row.decided_by_id, "") if row.decided_by_id else "",
        decided_at=row.decided_at,
        is_open=row.state == RequestState.OPEN and row.expires_at > clock.now(),
        is_own=actor.account_id == row.asked_by_id or own == row.staff_id,
        is_asked_by_reader=actor.account_id == row.asked_by_id,
    )


def access_records(*, actor: Actor, limit: int = 50) -> tuple[AccessRecordView, ...]:
    """The newest changes of anybody's access. For administrators and auditors. Raises PermissionRefused."""
    if not actor.may("audit.read"):
        authorise(actor, "directory.manage")
    return _records(AccessRecord.objects.order_by("-at")[:limit])


def own_access_records(*, actor: Actor, limit: int = 20) -> tuple[AccessRecordView, ...]:
    """The newest changes of one's own access. Raises OutOfScope."""
    return _records(
        AccessRecord.objects.filter(account_id=in_scope(actor.account_id)).order_by("-at")[:limit]
    )


def access_record(record_id: UUID) -> AccessRecordView | None:
    """One line of the trace; for those who tell of it."""
    return next(iter(_records(AccessRecord.objects.filter(pk=record_id))), None)


def access_request(request_id: UUID) -> AccessRequestView | None:
    """One request; for those who tell of it."""
    row = AccessRequest.objects.select_related("staff", "agency").filter(pk=request_id).first()
    return _request(row, SYSTEM, None, account_names([row.asked_by_id])) if row else None


def told_of_record(record_id: UUID) -> Told:
    """Whom a change concerns: the person, and every administrator who had no part in it. Whoever never logged in is told nothing
    of what the operator set up for them, nor of others.
    """
    row = AccessRecord.objects.select_related("staff__account").get(pk=record_id)
    took_part = {row.by_account_id, row.confirmed_by_id, row.account_id}
    is_first_made = row.by_account_id is None and not _has_come(row.account_id)
    person = _person(row.staff) if row.staff and not is_first_made else ()
    return Told(person, _administrators(except_accounts=took_part))


def told_of_request(request_id: UUID) -> Told:
    """Whom a request concerns: the person, and every administrator who may decide it."""
    row = AccessRequest.objects.select_related("staff__account").get(pk=request_id)
    account = getattr(row.staff, "account", None)
    took_part = {row.asked_by_id, account.pk if account else None}
    return Told(_person(row.staff), _administrators(except_accounts=took_part))


def _person(staff: Staff) -> tuple[Reader, ...]:
    account = getattr(staff, "account", None)
    return (Reader(staff.email, account.language if account else "vi"),) if staff.email else ()


def _administrators(*, except_accounts: Iterable[UUID | None]) -> tuple[Reader, ...]:
    rows = Assignment.objects.in_force(clock.today()).filter(
        role=Role.ADMINISTRATOR, staff__account__is_active=True, staff__account__last_login__isnull=False
    )
    others = rows.exclude(staff__account__in=[one for one in except_accounts if one])
    found = set(others.values_list("staff__email", "staff__account__language"))
    return tuple(sorted(Reader(address, language) for address, language in found if address))


def _has_come(account_id: UUID | None) -> bool:
    return account_id is not None and Account.objects.filter(pk=account_id, last_login__isnull=False).exists()


def _records(rows: QuerySet[AccessRecord]) -> tuple[AccessRecordView, ...]:
    found = list(rows.select_related("staff", "agency"))
    wanted = {one for row in found for one in (row.by_account_id, row.confirmed_by_id, row.account_id) if one}
    names = account_names(wanted) if wanted else {}
    return tuple(
        AccessRecordView(
            id=row.pk,
            change=AccessChange(row.change),
            name=row.staff.full_name
            if row.staff
            else names.get(row.account_id, "")
            if row.account_id
            else "",
            agency_name=row.agency.name if row.agency else "",
            before=row.before,
            after=row.after,
            ground=row.ground,
            by=names.get(row.by_account_id, "") if row.by_account_id else "",
            confirmed_by=names.get(row.confirmed_by_id, "") if row.confirmed_by_id else "",
            at=row.at,
        )
        for row in found
    )
