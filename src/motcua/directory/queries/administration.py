"""What administrators see of agencies: all of them, also closed ones; their hours and decided days; their people."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django_otp.plugins.otp_totp.models import TOTPDevice

from motcua.directory.models import (
    Account,
    Agency,
    AgencySuccession,
    Assignment,
    DayOverride,
    OfficeHours,
    Post,
    Staff,
)
from motcua.directory.models.territory import Fold
from motcua.directory.queries.actors import as_held
from motcua.directory.queries.agencies import agency_view
from motcua.directory.queries.calendars import places_of
from motcua.directory.queries.views import AgencyView, RoleHeld
from motcua.kernel import clock
from motcua.kernel.authority import ANYWHERE, Actor, authorise, in_scope
from motcua.kernel.text import fold


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """A page of agencies by code; `after` leads to the next one."""

    rows: tuple[AgencyView, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class SuccessionView:
    """The agency on the other side of a reorganisation."""

    agency: AgencyView
    decision: str
    effective_on: date


@dataclass(frozen=True, slots=True)
class HoursView:
    """Hours of one weekday (0 = Monday); `place` names whose rule it is, empty for the agency's own."""

    id: UUID
    weekday: int
    intervals: tuple[tuple[time, time], ...]
    source: str
    begins_on: date | None
    ends_on: date | None
    place: str


@dataclass(frozen=True, slots=True)
class DecidedDay:
    """A day decided otherwise than the national calendar. `is_own`: by the asked agency (or, asked without one, for all)."""

    id: UUID
    day: date
    is_worked: bool
    name: str
    source: str
    place: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class StaffView:
    """Somebody in service with their log-in and the roles they hold in the asked agency today or later."""

    id: UUID
    number: str
    full_name: str
    account_id: UUID | None
    username: str
    is_active: bool
    has_second_factor: bool
    roles: tuple[RoleHeld, ...]


@dataclass(frozen=True, slots=True)
class PostView:
    """A post that holds today or later, and who has it by a role."""

    id: UUID
    title: str
    title_en: str
    may_sign: bool
    begins_on: date | None
    ends_on: date | None
    holders: tuple[str, ...]


def agencies_listed(
    *,
    actor: Actor,
    text: str = "",
    is_closed: bool = False,
    after: str | None = None,
    limit: int = 25,
) -> AgencyPage:
    """Agencies in force today or still to come (or, with `is_closed`, closed ones), by code; `text` in names and codes.

    One statement. Raises PermissionRefused.
    """
    authorise(actor, "directory.manage")
    standing = Q(validity__endswith__lte=clock.today()) if is_closed else _still()
    rows = Agency.objects.select_related("territory").filter(standing)
    for word in fold(text).split():
        rows = rows.filter(
            Q(search_name__contains=word) | Q(code__istartswith=word) | Q(code_qcvn__istartswith=word)
        )
    if after:
        code, _, key = after.partition("~")
        if key:
            rows = rows.filter(Q(code__gt=code) | Q(code=code, id__gt=key))
    found = list(rows.order_by("code", "id")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return AgencyPage(
        tuple(agency_view(row) for row in found[:limit]), f"{last.code}~{last.pk}" if last else None
    )


def successions_around(
    *, actor: Actor, agency_id: UUID
) -> tuple[tuple[SuccessionView, ...], tuple[SuccessionView, ...]]:
    """Where an agency came from, and what took over from it. Raises PermissionRefused."""
    authorise(actor, "directory.manage", agency_id)
    rows = AgencySuccession.objects.filter(
        Q(predecessor_id=agency_id) | Q(successor_id=agency_id)
    ).select_related("predecessor__territory", "successor__territory")
    origins: list[SuccessionView] = []
    heirs: list[SuccessionView] = []
    for row in rows.order_by("effective_on", "id"):
        is_heir = row.predecessor_id == agency_id
        other = row.successor if is_heir else row.predecessor
        (heirs if is_heir else origins).append(
            SuccessionView(agency_view(other), row.decision, row.effective_on)
        )
    return tuple(origins), tuple(heirs)


def successions_until(day: date) -> tuple[tuple[UUID, UUID, str], ...]:
    """Predecessor, successor and decision of every reorganisation effective on or before a day, oldest first."""
    rows = AgencySuccession.objects.filter(effective_on__lte=day).order_by("effective_on", "id")
    return tuple(rows.values_list("predecessor_id", "successor_id", "decision"))


def office_hours(*, actor: Actor, agency_id: UUID) -> tuple[HoursView, ...]:
    """Hours that hold today or later for an agency: its own and those of its territory, by weekday; none where the
    national hours do. Raises PermissionRefused.
    """
    authorise(actor, "directory.manage", agency_id)
    of_place = Q(agency_id=agency_id) | Q(territory_id__in=places_of(agency_id))
    rows = OfficeHours.objects.filter(of_place, _still()).select_related("territory")
    return tuple(
        HoursView(
            id=row.pk,
            weekday=row.weekday,
            intervals=tuple(
                (time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in row.intervals
            ),
            source=row.source,
            begins_on=row.validity.lower,
            ends_on=row.validity.upper,
            place=row.territory.full_name if row.territory else "",
        )
        for row in rows.order_by("weekday", "territory_id", "validity")
    )


def decided_days(*, actor: Actor, agency_id: UUID | None, limit: int = 60) -> tuple[DecidedDay, ...]:
    """Decided days that touch an agency (or, without one, the whole country), newest first. Raises PermissionRefused."""
    authorise(actor, "directory.manage", agency_id or ANYWHERE)
    wanted = Q(agency=None, territory=None)
    if agency_id is not None:
        wanted |= Q(agency_id=agency_id) | Q(territory_id__in=places_of(agency_id))
    rows = DayOverride.objects.filter(wanted).select_related("territory").order_by("-day", "id")[:limit]
    return tuple(_decided(row, agency_id) for row in rows)


def decided_day(*, actor: Actor, override_id: UUID) -> tuple[DecidedDay, UUID | None]:
    """One of them with the agency it was decided for (None: wider). Raises OutOfScope, PermissionRefused."""
    authorise(actor, "directory.manage")
    row = in_scope(DayOverride.objects.select_related("territory").filter(pk=override_id).first())
    return _decided(row, row.agency_id), row.agency_id


def _decided(row: DayOverride, agency_id: UUID | None) -> DecidedDay:
    return DecidedDay(
        id=row.pk,
        day=row.day,
        is_worked=row.is_worked,
        name=row.name,
        source=row.source,
        place=row.territory.full_name if row.territory else "",
        is_own=row.agency_id == agency_id and row.territory_id is None,
    )


def people_of(*, actor: Actor, agency_id: UUID) -> tuple[StaffView, ...]:
    """Everybody with a role in the agency today or later, with log-in and second factor. Three statements. Raises
    PermissionRefused.
    """
    authorise(actor, "directory.manage", agency_id)
    by_staff: dict[UUID, list[RoleHeld]] = defaultdict(list)
    for held in as_held(Assignment.objects.filter(_still(), agency_id=agency_id)):
        by_staff[held.staff_id].append(held)
    return _people(Staff.objects.filter(pk__in=by_staff), by_staff)


def posts_of(*, actor: Actor, agency_id: UUID) -> tuple[PostView, ...]:
    """The posts of an agency by title, with their holders. Two statements. Raises PermissionRefused."""
    authorise(actor, "directory.manage", agency_id)
    holders: dict[UUID, list[str]] = defaultdict(list)
    held = Assignment.objects.in_force(clock.today()).filter(agency_id=agency_id, post__isnull=False)
    for post_id, name in held.order_by("staff__full_name").values_list("post_id", "staff__full_name"):
        if name not in holders[post_id]:
            holders[post_id].append(name)
    return tuple(
        PostView(
            id=row.pk,
            title=row.title,
            title_en=row.title_en,
            may_sign=row.may_sign,
            begins_on=row.validity.lower,
            ends_on=row.validity.upper,
            holders=tuple(holders.get(row.pk, ())),
        )
        for row in Post.objects.filter(_still(), agency_id=agency_id).order_by("title", "id")
    )


def find_people(*, actor: Actor, text: str, limit: int = 20) -> tuple[StaffView, ...]:
    """Staff of the province by name (accents forgiven), number or user name. Raises PermissionRefused."""
    authorise(actor, "directory.manage")
    words = fold(text).split()
    if not words:
        return ()
    rows = Staff.objects.annotate(search_name=Fold(F("full_name")))
    for word in words:
        named = Q(search_name__contains=word) | Q(number__istartswith=word)
        rows = rows.filter(named | Q(account__username__startswith=word))
    found = rows.order_by("full_name", "id").values_list("id", flat=True)[:limit]
    return _people(Staff.objects.filter(pk__in=list(found)), {})


def _people(rows: QuerySet[Staff], roles: Mapping[UUID, Sequence[RoleHeld]]) -> tuple[StaffView, ...]:
    found = list(rows.select_related("account").order_by("full_name", "id"))
    accounts = {row.pk: account for row in found if (account := getattr(row, "account", None))}
    secured = set(
        TOTPDevice.objects.filter(
            user_id__in=[account.pk for account in accounts.values()], confirmed=True
        ).values_list("user_id", flat=True)
    )
    return tuple(_person(row, accounts.get(row.pk), secured, roles.get(row.pk, ())) for row in found)


def _person(
    row: Staff, account: Account | None, secured: Collection[UUID], roles: Sequence[RoleHeld]
) -> StaffView:
    return StaffView(
        id=row.pk,
        number=row.number,
        full_name=row.full_name,
        account_id=account.pk if account else None,
        username=account.username if account else "",
        is_active=bool(account and account.is_active),
        has_second_factor=bool(account and account.pk in secured),
        roles=tuple(roles),
    )


def _still() -> Q:
    """Holds today or later."""
    return Q(validity__endswith=None) | Q(validity__endswith__gt=clock.today())
