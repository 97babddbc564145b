"""Somebody comes into service: the person, their log-in and their first role, all or nothing."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from motcua.directory.rules.roles import is_grave
from motcua.directory.services.access import ask_role
from motcua.directory.services.accounts import open_account
from motcua.directory.services.staffing import assign_role, register_staff
from motcua.directory.words import Role
from motcua.kernel.authority import Actor, ActorKind


@dataclass(frozen=True, slots=True)
class Engaged:
    """Who came into service; `request_id` where the first role waits for another administrator."""

    staff_id: UUID
    request_id: UUID | None


@transaction.atomic
def engage_staff(
    *,
    actor: Actor,
    number: str,
    full_name: str,
    username: str,
    password: str,
    agency_id: UUID,
    role: Role,
    email: str = "",
) -> Engaged:
    """Register somebody in service, open their log-in with a password for one log-in, and give them a role from today; a role
    that takes two people is asked for.

    Raises what `register_staff`, `open_account`, `assign_role` and `ask_role` raise; then nothing of it is written.
    """
    staff_id = register_staff(actor=actor, number=number, full_name=full_name, email=email)
    open_account(actor=actor, username=username, password=password, staff_id=staff_id, must_change=True)
    if is_grave(role) and actor.kind is not ActorKind.SYSTEM:
        asked = ask_role(actor=actor, staff_id=staff_id, agency_id=agency_id, role=role)
        return Engaged(staff_id, asked)
    assign_role(actor=actor, staff_id=staff_id, agency_id=agency_id, role=role)
    return Engaged(staff_id, None)
