"""People in service: register them, give and end roles, decide which roles need a second factor."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.directory.errors import RoleAlreadyHeld, StaffNumberTaken
from motcua.directory.events import RoleAssigned, RoleEnded
from motcua.directory.models import Assignment, Post, RolePolicy, Staff
from motcua.directory.models.validity import days
from motcua.directory.rules.identity_numbers import parse_phone
from motcua.directory.rules.parties import check_email, check_name
from motcua.directory.words import Role
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
    """Create a post in an agency from a day. Raises NameMissing, PermissionRefused."""
    authorise(actor, "directory.manage", agency_id)
    row = Post.objects.create(
        agency_id=agency_id,
        title=check_name(title),
        title_en=title_en,
        may_sign=may_sign,
        validity=days(begins_on),
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

    Raises RoleAlreadyHeld, PermissionRefused. Announces RoleAssigned.
    """
    authorise(actor, "directory.manage", agency_id)
    first_day = begins_on or clock.today()
    row = Assignment(
        staff_id=staff_id,
        agency_id=agency_id,
        role=role,
        post_id=post_id,
        decision=decision,
        validity=days(first_day, ends_on),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as refusal:
        if "role_held_once" in str(refusal):
            raise RoleAlreadyHeld() from None
        raise
    events.announce(
        RoleAssigned(
            staff_id=staff_id,
            agency_id=agency_id,
            role=role.value,
            begins_on=first_day,
            by_account_id=actor.account_id,
        )
    )
    return row.pk


@transaction.atomic
def end_role(*, actor: Actor, assignment_id: UUID, ends_on: date | None = None) -> None:
    """End a role; the holder no longer has it on ``ends_on`` (today by default). Raises OutOfScope,
    PermissionRefused.

    Announces RoleEnded.
    """
    row = in_scope(Assignment.objects.select_for_update().filter(pk=assignment_id).first())
    authorise(actor, "directory.manage", row.agency_id)
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


@transaction.atomic
def require_second_factor(*, actor: Actor, role: Role, is_required: bool) -> None:
    """Throw the switch of a role: its holders must, or need not, confirm log-in with a device. Raises
    PermissionRefused.
    """
    authorise(actor, "directory.manage")
    RolePolicy.objects.update_or_create(role=role, defaults={"requires_second_factor": is_required})
