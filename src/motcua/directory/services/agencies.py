"""Agencies: open, correct, reorganise; office hours and days."""

import json
from collections.abc import Sequence
from datetime import date, time
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.directory.errors import (
    AgencyAlreadyClosed,
    AgencyCodeNotConvertible,
    AgencyCodeTaken,
    AgencyUnknown,
    DayOver,
    OfficeHoursInvalid,
)
from motcua.directory.events import AgencyCorrected, AgencyOpened, AgencySucceeded, CalendarChanged
from motcua.directory.models import (
    Agency,
    AgencySuccession,
    Assignment,
    DayOverride,
    DelegatedScope,
    Delegation,
    OfficeHours,
)
from motcua.directory.models.validity import days
from motcua.directory.rules.agency_codes import parse_agency_code
from motcua.directory.rules.identity_numbers import parse_phone
from motcua.directory.rules.parties import check_email, check_name
from motcua.directory.services.revision import directory_changed
from motcua.directory.words import AgencyKind, AgencyLevel
from motcua.kernel import clock, events
from motcua.kernel.authority import Actor, authorise, in_scope
from motcua.kernel.text import composed


@transaction.atomic
def open_agency(
    *,
    actor: Actor,
    code: str,
    name: str,
    kind: AgencyKind,
    level: AgencyLevel,
    territory_id: UUID,
    begins_on: date,
    parent_id: UUID | None = None,
    name_en: str = "",
    field_codes: Sequence[str] = (),
    is_one_stop: bool = False,
    address: str = "",
    phone: str = "",
    email: str = "",
    decision: str = "",
) -> UUID:
    """Open an agency from a day. The code may be written in either order; both forms are kept.

    Raises AgencyCodeInvalid, AgencyCodeTaken, NameMissing, PhoneInvalid, EmailInvalid, PermissionRefused.
    Announces AgencyOpened.
    """
    authorise(actor, "directory.manage")
    parsed = parse_agency_code(code)
    try:
        code_qcvn: str | None = parsed.as_qcvn_102
    except AgencyCodeNotConvertible:
        code_qcvn = None
    row = Agency(
        code=str(parsed),
        code_qcvn=code_qcvn,
        name=composed(check_name(name)),
        name_en=name_en,
        kind=kind,
        level=level,
        parent_id=parent_id,
        territory_id=territory_id,
        field_codes=list(field_codes),
        is_one_stop=is_one_stop,
        address=address,
        phone=parse_phone(phone) if phone else "",
        email=check_email(email),
        opened_by=decision,
        validity=days(begins_on),
    )
    _insert(row)
    events.announce(AgencyOpened(agency_id=row.pk, opened_on=begins_on))
    directory_changed()
    return row.pk


def _insert(row: Agency) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as refusal:
        if "agency_code_once_a_day" in str(refusal):
            raise AgencyCodeTaken(code=row.code) from None
        raise


@transaction.atomic
def correct_agency(
    *,
    actor: Actor,
    agency_id: UUID,
    address: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    field_codes: Sequence[str] | None = None,
    is_one_stop: bool | None = None,
) -> None:
    """Change what may change without becoming another agency (None: as it is). Name and code change only by
    succession.

    Raises AgencyUnknown, PhoneInvalid, EmailInvalid, PermissionRefused. Announces AgencyCorrected where something changed.
    """
    authorise(actor, "directory.manage", agency_id)
    row = Agency.objects.select_for_update().filter(pk=agency_id).first()
    if row is None:
        raise AgencyUnknown(code=agency_id)
    before = _correctable(row)
    if address is not None:
        row.address = address
    if phone is not None:
        row.phone = parse_phone(phone) if phone else ""
    if email is not None:
        row.email = check_email(email)
    if field_codes is not None:
        row.field_codes = list(field_codes)
    if is_one_stop is not None:
        row.is_one_stop = is_one_stop
    after = _correctable(row)
    if after == before:
        return
    row.save()
    changed = [name for name in after if after[name] != before[name]]
    events.announce(
        AgencyCorrected(
            agency_id=agency_id,
            before=json.dumps({name: before[name] for name in changed}, ensure_ascii=False),
            after=json.dumps({name: after[name] for name in changed}, ensure_ascii=False),
            by_account_id=actor.account_id,
        )
    )
    directory_changed()


def _correctable(row: Agency) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("address", "phone", "email", "field_codes", "is_one_stop")}


@transaction.atomic
def reorganise_agencies(
    *,
    actor: Actor,
    predecessor_ids: Sequence[UUID],
    successor_ids: Sequence[UUID],
    effective_on: date,
    decision: str,
) -> None:
    """Close agencies on a day and name those that take over. Roles and delegations in the closed ones end
    with them.

    Open dossiers keep the agency of their day; who listens to the event hands them over. Raises
    AgencyUnknown, AgencyAlreadyClosed, PermissionRefused. Announces AgencySucceeded per pair.
    """
    authorise(actor, "directory.manage")
    wanted = {*predecessor_ids, *successor_ids}
    rows = {row.pk: row for row in Agency.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
    for missing in wanted - rows.keys():
        raise AgencyUnknown(code=missing)
    for predecessor_id in predecessor_ids:
        _close(rows[predecessor_id], effective_on, decision)
        for successor_id in successor_ids:
            AgencySuccession.objects.create(
                predecessor_id=predecessor_id,
                successor_id=successor_id,
                decision=decision,
                effective_on=effective_on,
            )
            events.announce(
                AgencySucceeded(
                    predecessor_id=predecessor_id,
                    successor_id=successor_id,
                    effective_on=effective_on,
                    decision=decision,
                )
            )
    directory_changed()


def _close(row: Agency, on: date, decision: str) -> None:
    if row.validity.upper is not None and row.validity.upper <= on:
        raise AgencyAlreadyClosed(code=row.code, on=on.strftime("%d/%m/%Y"))
    row.validity = days(row.validity.lower, on)
    row.closed_by = decision
    row.save(update_fields=["validity", "closed_by"])
    for model in (Assignment, Delegation, DelegatedScope):
        for held in model._default_manager.filter(agency_id=row.pk, validity__overlap=days(on)):
            held.validity = days(min(held.validity.lower, on), on)
            held.save(update_fields=["validity"])


@transaction.atomic
def set_office_hours(
    *,
    actor: Actor,
    weekday: int,
    intervals: Sequence[tuple[time, time]],
    begins_on: date,
    source: str,
    agency_id: UUID | None = None,
    territory_id: UUID | None = None,
    ends_on: date | None = None,
) -> None:
    """Opening hours on a weekday (0 = Monday) of one agency or of all in a territory; none means closed.

    What held before ends where the new hours begin. Raises OfficeHoursInvalid, PermissionRefused. Announces
    CalendarChanged.
    """
    authorise(actor, "directory.manage")
    _check_hours(intervals)
    place: dict[str, Any] = {"agency_id": agency_id, "territory_id": territory_id, "weekday": weekday}
    for old in OfficeHours.objects.select_for_update().filter(
        **place, validity__overlap=days(begins_on, ends_on)
    ):
        if old.validity.lower is not None and old.validity.lower >= begins_on:
            old.delete()
        else:
            old.validity = days(old.validity.lower, begins_on)
            old.save(update_fields=["validity"])
    OfficeHours.objects.create(
        **place,
        intervals=[[f"{begin:%H:%M}", f"{end:%H:%M}"] for begin, end in intervals],
        source=source,
        validity=days(begins_on, ends_on),
    )
    _calendar_changed(agency_id, territory_id, begins_on, source)


def _check_hours(intervals: Sequence[tuple[time, time]]) -> None:
    edges = [edge for interval in intervals for edge in interval]
    if any(earlier >= later for earlier, later in pairwise(edges)):
        raise OfficeHoursInvalid()


@transaction.atomic
def decide_day(
    *,
    actor: Actor,
    day: date,
    is_worked: bool,
    name: str,
    source: str,
    agency_id: UUID | None = None,
    territory_id: UUID | None = None,
) -> None:
    """Make a day off, or worked, for an agency, a territory or (neither given) the whole country, by a
    decision named in ``source``.

    A second decision on the same day and place replaces the first. Raises PermissionRefused. Announces
    CalendarChanged.
    """
    authorise(actor, "directory.manage")
    place: dict[str, Any] = {"agency_id": agency_id, "territory_id": territory_id}
    DayOverride.objects.update_or_create(
        day=day,
        **place,
        defaults={"is_worked": is_worked, "name": name, "source": source},
    )
    _calendar_changed(agency_id, territory_id, day, source)


@transaction.atomic
def withdraw_day(*, actor: Actor, override_id: UUID, reason: str) -> None:
    """Take a decided day back: what holds without it holds again. Only for days not yet over.

    Raises NameMissing (reason), DayOver, OutOfScope, PermissionRefused. Announces CalendarChanged with the reason.
    """
    authorise(actor, "directory.manage")
    row = in_scope(DayOverride.objects.select_for_update().filter(pk=override_id).first())
    why = check_name(reason)
    if row.day < clock.today():
        raise DayOver(day=row.day.strftime("%d/%m/%Y"))
    row.delete()
    _calendar_changed(row.agency_id, row.territory_id, row.day, why)


def _calendar_changed(
    agency_id: UUID | None, territory_id: UUID | None, first_day: date, source: str
) -> None:
    events.announce(
        CalendarChanged(agency_id=agency_id, territory_id=territory_id, first_day=first_day, source=source)
    )
    directory_changed()
