"""Telling people, and other administrators, of what becomes of access."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation

from motcua.channels.rules import access as letters
from motcua.channels.rules.access import AccessFacts
from motcua.channels.rules.notices import Words
from motcua.channels.services.letters import write_letter
from motcua.directory import queries as directory
from motcua.directory.queries import ACT_NAMES, CHANGE_NAMES, AccessChange, Reader
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM, Actor, machine_only

#: What people do with their own access is told to themselves only.
_ONES_OWN = frozenset({AccessChange.PASSWORD_CHANGED, AccessChange.SECOND_FACTOR_SET})
_OWN_PAGE, _REQUESTS_PAGE = "/tai-khoan/", "/co-quan/quan-tri/de-nghi/"


@transaction.atomic
def tell_change(*, actor: Actor = SYSTEM, record_id: UUID) -> None:
    """A letter to the person and to each administrator who had no part in the change; a repeated call writes none anew."""
    machine_only(actor)
    record = directory.access_record(record_id)
    if record is None:
        return
    facts = AccessFacts(
        change=CHANGE_NAMES[record.change],
        name=record.name,
        agency=record.agency_name,
        by=record.by,
        confirmed_by=record.confirmed_by,
        ground=record.ground,
        at=f"{clock.local(record.at):%H:%M %d/%m/%Y}",
        link=_OWN_PAGE,
    )
    told = directory.told_of_record(record_id)
    _write(f"access:{record_id}", told.person, letters.to_person, facts)
    if record.change not in _ONES_OWN:
        at_page = replace(facts, link=_REQUESTS_PAGE)
        _write(f"access:{record_id}", told.administrators, letters.to_administrators, at_page)


@transaction.atomic
def tell_request(*, actor: Actor = SYSTEM, request_id: UUID) -> None:
    """A letter to each administrator who may confirm the request, and to the person. A repeated call writes none anew."""
    machine_only(actor)
    request = directory.access_request(request_id)
    if request is None:
        return
    facts = AccessFacts(
        change=ACT_NAMES[request.act],
        name=request.staff_name,
        agency=request.agency_name,
        by=request.asked_by,
        confirmed_by="",
        ground=request.ground,
        at=f"{clock.local(request.asked_at):%H:%M %d/%m/%Y}",
        link=_OWN_PAGE,
    )
    told = directory.told_of_request(request_id)
    _write(f"access-asked:{request_id}", told.person, letters.asked_about, facts)
    at_page = replace(facts, link=_REQUESTS_PAGE)
    _write(f"access-asked:{request_id}", told.administrators, letters.asked, at_page)


def _write(
    key: str, readers: Iterable[Reader], letter: Callable[[AccessFacts], Words], facts: AccessFacts
) -> None:
    """To each in the language they chose; links stand on this installation's address."""
    for reader in readers:
        with translation.override(reader.language):
            change = translation.gettext(facts.change)
        link = f"{settings.BASE_URL}{facts.link}"
        words = letter(replace(facts, change=change, link=link, language=reader.language))
        write_letter(key=key, address=reader.address, subject=words.subject, body=words.body)
