"""The trace that every change of access leaves, and who may make one alone."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from motcua.directory.errors import TwoPeopleNeeded
from motcua.directory.events import AccessChanged
from motcua.directory.models import AccessRecord, Account, Assignment, Delegation, Staff
from motcua.directory.rules.roles import is_grave
from motcua.directory.words import AccessChange, Role
from motcua.kernel import clock, events
from motcua.kernel.authority import Actor, ActorKind, authorise, in_scope

_GRAVE = tuple(role.value for role in Role if is_grave(role))


@dataclass(frozen=True, slots=True)
class Authors:
    """Who changes somebody's access (None: the operator), who confirmed it where it takes two, and on what ground."""

    account_id: UUID | None
    confirmed_by_id: UUID | None = None
    request_id: UUID | None = None
    ground: str = ""


def note(
    change: AccessChange,
    by: Authors,
    *,
    staff_id: UUID | None = None,
    account_id: UUID | None = None,
    agency_id: UUID | None = None,
    before: str = "",
    after: str = "",
) -> None:
    """Write the line and announce it, in the transaction of the change. Announces AccessChanged."""
    if account_id is None and staff_id is not None:
        account_id = Account.objects.filter(staff_id=staff_id).values_list("pk", flat=True).first()
    row = AccessRecord.objects.create(
        change=change,
        staff_id=staff_id,
        account_id=account_id,
        agency_id=agency_id,
        before=before,
        after=after,
        ground=by.ground,
        by_account_id=by.account_id,
        confirmed_by_id=by.confirmed_by_id,
        request_id=by.request_id,
        at=clock.now(),
    )
    events.announce(
        AccessChanged(
            record_id=row.pk,
            change=change.value,
            account_id=account_id,
            before=before,
            after=after,
            by_account_id=by.account_id,
            confirmed_by_id=by.confirmed_by_id,
        )
    )


@transaction.atomic
def note_signing_key(
    *,
    actor: Actor,
    is_entrusted: bool,
    holder: str,
    account_id: UUID | None = None,
    agency_id: UUID | None = None,
) -> None:
    """Keep the line of a key that signs in somebody's name, or seals for an agency; whoever keeps the keys calls it in the
    transaction of the change. Raises PermissionRefused. Announces AccessChanged.
    """
    authorise(actor, "directory.manage")
    of_account = Account.objects.filter(pk=account_id) if account_id else Account.objects.none()
    staff_id = of_account.values_list("staff_id", flat=True).first()
    note(
        AccessChange.KEY_ENTRUSTED if is_entrusted else AccessChange.KEY_WITHDRAWN,
        Authors(actor.account_id),
        staff_id=staff_id,
        account_id=account_id,
        agency_id=agency_id,
        before="" if is_entrusted else holder,
        after=holder if is_entrusted else "",
    )


def lock_person(staff_id: UUID | None) -> None:
    """Let changes of one person's access follow each other, so that what was asked of the person still holds when it is done."""
    if staff_id is not None:
        in_scope(Staff.objects.select_for_update().filter(pk=staff_id).first())


def require_two(actor: Actor, *, is_grave_act: bool) -> None:
    """Refuse one person alone where it takes two: everybody but the operator at the machine. Raises TwoPeopleNeeded."""
    if is_grave_act and actor.kind is not ActorKind.SYSTEM:
        raise TwoPeopleNeeded


def is_grave_person(staff_id: UUID | None) -> bool:
    """Whether somebody signs, seals, audits or administers, today or later, by role or by delegation."""
    if staff_id is None:
        return False
    still = Q(validity__endswith=None) | Q(validity__endswith__gt=clock.today())
    return (
        Assignment.objects.filter(still, staff_id=staff_id, role__in=_GRAVE).exists()
        or Delegation.objects.filter(still, delegate_id=staff_id).exists()
    )


def roles_written(staff_id: UUID) -> str:
    """The roles somebody holds today or later, as a line of the journal: `leader@H99.11`."""
    still = Q(validity__endswith=None) | Q(validity__endswith__gt=clock.today())
    held = Assignment.objects.filter(still, staff_id=staff_id).order_by("agency__code", "role")
    return ", ".join(f"{role}@{code}" for role, code in held.values_list("role", "agency__code"))
