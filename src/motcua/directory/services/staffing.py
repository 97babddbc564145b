"""People in service: register them, give and end roles, decide which roles need a second factor."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from motcua.directory.errors import PostTaken, RoleAlreadyHeld, StaffNumberTaken
from motcua.directory.events import PostOpened, RoleAssigned, RoleEnded
from motcua.directory.models import Account, Assignment, Post, RolePolicy, Staff
from motcua.directory.models.validity import days
from motcua.directory.queries import second_factor_switches
from motcua.directory.rules.identity_numbers import parse_phone
from motcua.directory.rules.parties import check_email, check_name
from motcua.directory.rules.roles import is_grave
from motcua.directory.services.trace import Authors, lock_person, note, require_two, roles_written
from motcua.directory.words import AccessChange, Role
from motcua.kernel import clock, events
from motcua.kernel.authority import Actor, authorise, in_scope
from motcua.kernel.text import composed


@transaction.atomic
def register_staff(*, actor: Actor, number: str, full_name: str, phone: str = "", email: str = "") -> UUID:
    """Record somebody in service under their staff number.

    Raises StaffNumberTaken, NameMissing, PhoneInvalid, EmailInvalid, PermissionRefused.
    """
    authorise(actor, "directory.manage")
    row = Staff(
        number=number.strip(),
        full_name=composed(check_name(full_name)),
        phone=parse_phone(phone) if phone else "",
        email=check_email(email),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise StaffNumberTaken(number=number) from None
    return row.pk


@transaction.atomic
def open_post(
    *,
    actor: Actor,
    agency_id: UUID,
    title: str,
    begins_on: date,
    title_en: str = "",
    may_sign: bool = False,
) -> UUID:
    """Create a post in an agency from a day. Raises NameMissing, PostTaken, PermissionRefused. Announces PostOpened."""
    authorise(actor, "directory.manage", agency_id)
    row = Post(
        agency_id=agency_id,
        title=composed(check_name(title)),
        title_en=title_en,
        may_sign=may_sign,
        validity=days(begins_on),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as refusal:
        if "post_once_a_day" in str(refusal):
            raise PostTaken(title=row.title) from None
        raise
    events.announce(
        PostOpened(
            post_id=row.pk,
            agency_id=agency_id,
            title=row.title,
            may_sign=may_sign,
            begins_on=begins_on,
            by_account_id=actor.account_id,
        )
    )
    return row.pk


@transaction.atomic
def assign_role(
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
    """Give a role in an agency from a day (today by default) to the day before another.

    Raises TwoPeopleNeeded (the role signs, seals, audits or administers), RoleAlreadyHeld, PermissionRefused. Announces
    RoleAssigned, AccessChanged.
    """
    authorise(actor, "directory.manage", agency_id)
    lock_person(staff_id)
    require_two(actor, is_grave_act=is_grave(role))
    return give_role(
        Authors(actor.account_id, ground=decision),
        staff_id=staff_id,
        agency_id=agency_id,
        role=role,
        validity=(begins_on or clock.today(), ends_on),
        post_id=post_id,
    )


def give_role(
    by: Authors,
    *,
    staff_id: UUID,
    agency_id: UUID,
    role: Role,
    validity: tuple[date, date | None],
    post_id: UUID | None = None,
) -> UUID:
    """The role itself, to somebody who is locked; the post is one of the agency's. Private to the services of access.

    Raises RoleAlreadyHeld, OutOfScope.
    """
    if post_id is not None:
        in_scope(Post.objects.filter(pk=post_id, agency_id=agency_id).first())
    before = roles_written(staff_id)
    row = Assignment(
        staff_id=staff_id,
        agency_id=agency_id,
        role=role,
        post_id=post_id,
        decision=by.ground,
        validity=days(*validity),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as refusal:
        if "role_held_once" in str(refusal):
            raise RoleAlreadyHeld() from None
        raise
    if second_factor_switches()[role]:
        _end_plain_sessions(Account.objects.filter(staff_id=staff_id))
    events.announce(
        RoleAssigned(
            staff_id=staff_id,
            agency_id=agency_id,
            role=role.value,
            begins_on=validity[0],
            by_account_id=by.account_id,
        )
    )
    note(
        AccessChange.ROLE_GIVEN,
        by,
        staff_id=staff_id,
        agency_id=agency_id,
        before=before,
        after=roles_written(staff_id),
    )
    return row.pk


def _end_plain_sessions(accounts: QuerySet[Account]) -> None:
    """Sessions begun without a second factor end at their next request. Who never logged in has none."""
    accounts.filter(last_login__isnull=False).update(needs_confirmed_sessions=True)


@transaction.atomic
def end_role(*, actor: Actor, assignment_id: UUID, ends_on: date | None = None) -> None:
    """End a role; the holder no longer has it on ``ends_on`` (today by default). Raises OutOfScope,
    PermissionRefused.

    Announces RoleEnded, AccessChanged.
    """
    row = in_scope(Assignment.objects.select_for_update().filter(pk=assignment_id).first())
    authorise(actor, "directory.manage", row.agency_id)
    before = roles_written(row.staff_id)
    last = max(ends_on or clock.today(), row.validity.lower)
    row.validity = days(row.validity.lower, last)
    row.save(update_fields=["validity"])
    events.announce(
        RoleEnded(
            staff_id=row.staff_id,
            agency_id=row.agency_id,
            role=row.role,
            ends_on=last,
            by_account_id=actor.account_id,
        )
    )
    note(
        AccessChange.ROLE_ENDED,
        Authors(actor.account_id),
        staff_id=row.staff_id,
        agency_id=row.agency_id,
        before=before,
        after=roles_written(row.staff_id),
    )


@transaction.atomic
def require_second_factor(*, actor: Actor, role: Role, is_required: bool) -> None:
    """Throw the switch of a role: its holders must, or need not, confirm log-in with a device. On: their sessions without one
    end. Raises PermissionRefused. Announces AccessChanged.
    """
    authorise(actor, "directory.manage")
    was_required = second_factor_switches()[role]
    RolePolicy.objects.update_or_create(role=role, defaults={"requires_second_factor": is_required})
    if is_required:
        held = Assignment.objects.in_force(clock.today()).filter(role=role)
        _end_plain_sessions(Account.objects.filter(staff_id__in=held.values("staff_id")))
    if was_required != is_required:
        note(
            AccessChange.SWITCH_THROWN,
            Authors(actor.account_id),
            before=f"{role.value}: {'on' if was_required else 'off'}",
            after=f"{role.value}: {'on' if is_required else 'off'}",
        )
