"""Finding, reading from a card and writing down the person at the desk."""

import contextlib
from uuid import UUID

from django.utils.translation import gettext

from motcua.directory import queries as directory
from motcua.directory import services
from motcua.directory.queries import Sex
from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError
from motcua.kernel.values import PartialDate, Unreadable, date_of_boxes
from motcua.web.counter.screen import Screen
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.addresses import uuid_or_none

_SHORTEST = 3
#: Which field of the new person a refusal of the directory belongs to.
_FIELD_OF = {
    "directory.name_missing": "new.name",
    "directory.name_invalid": "new.name",
    "directory.phone_invalid": "new.phone",
    "directory.birth_date_invalid": "new.birth",
}


def look_up(screen: Screen, actor: Actor) -> None:
    """What was typed or scanned into the one field: a card registers or finds its holder, anything else searches."""
    text = screen.person_text
    screen.person_asked, screen.has_searched_people = text, True
    if directory.is_identity_card(text):
        _from_card(screen, actor, text)
        return
    if len(text) < _SHORTEST:
        screen.faults["person"] = gettext(
            "Gõ ít nhất ba chữ của tên, hoặc đủ số định danh, mã số, điện thoại."
        )
        return
    screen.people = directory.find_parties(actor=actor, text=text, limit=8)
    if len(screen.people) == 1 and text.replace(" ", "").isdigit():
        choose(screen, screen.people[0].id)


def rearrange(screen: Screen, actor: Actor, name: str, value: str) -> bool:
    """The buttons of the left column; False for any other button."""
    match name:
        case "party":
            choose(screen, uuid_or_none(value))
        case "new-party":
            screen.is_adding_person = True
            if not screen.person_text.isdigit():
                screen.new_person["name"] = screen.new_person.get("name") or screen.person_text
        case "register-party":
            register(screen, actor)
        case "other-party":
            screen.party = None
        case "submitter":
            screen.submitter, screen.party = screen.party, None
        case "no-submitter":
            screen.submitter = None
            screen.mandate_kind = screen.mandate_ground = screen.mandate_scope = ""
        case _:
            return False
    return True


def choose(screen: Screen, party_id: UUID | None) -> None:
    """This is the applicant."""
    with contextlib.suppress(DomainError):
        screen.party = directory.party(party_id) if party_id else None
    screen.people, screen.person_text, screen.person_asked = (), "", ""
    screen.has_searched_people, screen.is_adding_person = False, False


def register(screen: Screen, actor: Actor) -> None:
    """Write down somebody new; who is already there by number is found, not written twice."""
    new = screen.new_person
    try:
        if new.get("kind") == "organisation":
            party_id = services.register_organisation(
                actor=actor,
                full_name=new["name"],
                enterprise_number=new["number"] or None,
                phone=new["phone"],
                address=new["address"],
            )
        else:
            party_id = services.register_person(
                actor=actor,
                full_name=new["name"],
                personal_number=new["number"] or None,
                birth_on=_birth_on(screen),
                sex=Sex(new["sex"]) if new["sex"] in set(Sex) else None,
                phone=new["phone"],
                address=new["address"],
            )
    except DomainError as refusal:
        screen.is_adding_person = True
        screen.faults[_FIELD_OF.get(refusal.code, "new.number")] = sentence_of(refusal)
        return
    if not screen.faults:
        choose(screen, party_id)
        screen.new_person = {}


def _from_card(screen: Screen, actor: Actor, text: str) -> None:
    try:
        card = directory.parse_identity_card(text)
        party_id = services.register_person(
            actor=actor,
            full_name=card.full_name,
            personal_number=card.number,
            old_number=card.old_number,
            birth_on=card.born,
            sex=card.sex,
            address=card.address,
        )
    except DomainError as refusal:
        screen.faults["person"] = sentence_of(refusal)
        return
    choose(screen, party_id)


def _birth_on(screen: Screen) -> PartialDate | None:
    """As much of the birthday as is known: the year is enough."""
    typed = [screen.new_person.get(f"birth.{part}", "").strip() for part in "ymd"]
    if not any(typed):
        return None
    try:
        return date_of_boxes(*typed)
    except Unreadable:
        screen.faults["new.birth"] = gettext("Ngày sinh không có thật.")
        screen.is_adding_person = True
        return None
