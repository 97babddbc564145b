"""Somebody comes into service: the person, their log-in and their first role, all or nothing."""

from uuid import UUID

from django.db import transaction

from motcua.directory.services.accounts import open_account
from motcua.directory.services.staffing import assign_role, register_staff
from motcua.directory.words import Role
from motcua.kernel.authority import Actor


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
) -> UUID:
    """Register somebody in service, open their log-in and give them a role from today; returns the staff id.

    Raises what `register_staff`, `open_account` and `assign_role` raise; then nothing of it is written.
    """
    staff_id = register_staff(actor=actor, number=number, full_name=full_name, email=email)
    open_account(actor=actor, username=username, password=password, staff_id=staff_id)
    assign_role(actor=actor, staff_id=staff_id, agency_id=agency_id, role=role)
    return staff_id
