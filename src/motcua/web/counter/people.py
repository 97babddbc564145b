"""Finding, reading from a card and writing down the person at the desk."""

import contextlib
from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext

from motcua.directory import queries as directory
from motcua.directory import services
from motcua.directory.errors import PartyNumberTaken
from motcua.directory.queries import PartyView, Sex
from motcua.dossiers import queries as dossiers
from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError, PermissionRefused
from motcua.kernel.values import PartialDate, Unreadable, date_of_boxes
from motcua.web.counter import contact
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
    "directory.passport_invalid": "new.number",
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
            choose(screen, uuid_or_none(value), screen.new_person)
        case "new-party":
            screen.is_adding_person = True
            if not screen.person_text.isdigit():
                screen.new_person["name"] = screen.new_person.get("name") or screen.person_text
        case "register-party" | "register-anyway":
            register(screen, actor, is_sure=name == "register-anyway")
        case "contact":
            screen.is_changing_contact = True
        case "other-party":
            _leave(screen)
        case "submitter":
            screen.submitter = screen.party
            _leave(screen)
        case "no-submitter":
            screen.submitter = None
            screen.mandate_kind = screen.mandate_ground = screen.mandate_scope = ""
        case _:
            return False
    return True


def choose(screen: Screen, party_id: UUID | None, told: Mapping[str, str] | None = None) -> None:
    """This is the applicant; what was `told` of how to reach them is kept, and asked about where it is something new."""
    with contextlib.suppress(DomainError):
        screen.party = directory.party(party_id) if party_id else None
    screen.contact = contact.differing(screen.party, told or {}) if screen.party else {}
    screen.contact_use, screen.is_changing_contact = "", False
    screen.people, screen.person_text, screen.person_asked = (), "", ""
    screen.has_searched_people, screen.is_adding_person, screen.is_doubtful = False, False, False
    screen.new_person = {}


def register(screen: Screen, actor: Actor, *, is_sure: bool = False) -> None:
    """Write down somebody new; who is already there by number is found, not written twice. Who is perhaps there already is
    shown first, unless the clerk `is_sure` that it is somebody else.
    """
    new = screen.new_person
    screen.is_adding_person = True
    born = _birth_on(screen)
    if screen.faults:
        return
    if not is_sure and new.get("kind") != "organisation":
        screen.people = alike(actor, new, born)
        screen.is_doubtful = bool(screen.people)
        if screen.is_doubtful:
            return
    try:
        party_id = _registered(actor, new, born)
    except PartyNumberTaken as refusal:
        screen.faults["new.number"] = sentence_of(refusal)
        screen.people = holders(actor, new["number"])
    except DomainError as refusal:
        screen.faults[_FIELD_OF.get(refusal.code, "new.number")] = sentence_of(refusal)
    else:
        choose(screen, party_id, new)


def alike(actor: Actor, new: Mapping[str, str], born: PartialDate | None) -> tuple[PartyView, ...]:
    """People already there who may be the one being written down: for who may look people up."""
    try:
        return directory.alike_people(
            actor=actor,
            full_name=new.get("name", ""),
            born=born,
            phone=new.get("phone", ""),
            number=new.get("number", ""),
        )
    except PermissionRefused:
        return ()


def holders(actor: Actor, number: str) -> tuple[PartyView, ...]:
    """Whose number this is: for who may look people up."""
    try:
        return directory.find_parties(actor=actor, text=number, limit=2)
    except PermissionRefused:
        return ()


def birth_of(new: Mapping[str, str]) -> PartialDate | None:
    """As much of the birthday as is known: the year is enough. Raises Unreadable."""
    typed = [new.get(f"birth.{part}", "").strip() for part in "ymd"]
    return date_of_boxes(*typed) if any(typed) else None


def keep_contact(screen: Screen, actor: Actor) -> None:
    """Write the new contact down as the person's, where the clerk said so."""
    if screen.party is None or not screen.contact or screen.contact_use != contact.UPDATE:
        return
    services.update_contact(actor=actor, party_id=screen.party.id, **screen.contact)
    screen.party, screen.contact = directory.party(screen.party.id), {}


def is_near(actor: Actor, party_id: UUID) -> bool:
    """Whether the page of this person is the actor's to open: they work on one of their matters."""
    return dossiers.is_within_reach(actor=actor, party_id=party_id, permissions=dossiers.AT_PEOPLE)


def _leave(screen: Screen) -> None:
    screen.party, screen.contact, screen.contact_use, screen.is_changing_contact = None, {}, "", False


def _registered(actor: Actor, new: Mapping[str, str], born: PartialDate | None) -> UUID:
    if new.get("kind") == "organisation":
        return services.register_organisation(
            actor=actor,
            full_name=new["name"],
            enterprise_number=new["number"] or None,
            phone=new["phone"],
            address=new["address"],
        )
    paper, number = new["paper"], new["number"] or None
    is_passport = bool(number) and paper == "passport"
    return services.register_person(
        actor=actor,
        full_name=new["name"],
        birth_on=born,
        sex=Sex(new["sex"]) if new["sex"] in set(Sex) else None,
        phone=new["phone"],
        address=new["address"],
        personal_number=number if paper not in ("passport", "old") else None,
        old_number=number if paper == "old" else None,
        passport_number=number if is_passport else None,
        passport_country=new["country"] if is_passport else None,
        nationality=new["country"] if is_passport else "VN",
    )


def _from_card(screen: Screen, actor: Actor, text: str) -> None:
    try:
        card = directory.parse_identity_card(text)
    except DomainError as refusal:
        screen.faults["person"] = sentence_of(refusal)
        return
    try:
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
        if isinstance(refusal, PartyNumberTaken):
            screen.people = holders(actor, card.number)
        return
    choose(screen, party_id, {"address": card.address})


def _birth_on(screen: Screen) -> PartialDate | None:
    try:
        return birth_of(screen.new_person)
    except Unreadable:
        screen.faults["new.birth"] = gettext("Ngày sinh không có thật.")
        return None
