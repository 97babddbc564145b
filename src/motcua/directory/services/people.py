"""Persons: written down once, whoever writes them down and how often."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from motcua.directory.errors import PartyNumberTaken, PassportInvalid
from motcua.directory.models import PersonDetail
from motcua.directory.rules.identity_numbers import (
    check_personal_number,
    masked,
    parse_old_identity_number,
    parse_passport_number,
    parse_phone,
)
from motcua.directory.rules.parties import check_born, check_person_name
from motcua.directory.services.parties import authorise_writing, born_of, new_party, once_more
from motcua.directory.words import PartyKind, Sex
from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.kernel.text import fold
from motcua.kernel.values import PartialDate


@dataclass(frozen=True, slots=True)
class _Named:
    """Who is written down, with every detail read."""

    name: str
    personal_number: str | None
    old_number: str | None
    passport: tuple[str, str] | None
    born: PartialDate | None
    phone: str


def register_person(
    *,
    actor: Actor,
    full_name: str,
    personal_number: str | None = None,
    old_number: str | None = None,
    passport_number: str | None = None,
    passport_country: str | None = None,
    birth_on: date | PartialDate | None = None,
    sex: Sex | None = None,
    nationality: str = "VN",
    phone: str = "",
    email: str = "",
    address: str = "",
    territory_id: UUID | None = None,
) -> UUID:
    """The party of a person; the one already there when the number (personal, or of a passport), name and birthday agree,
    or, of people without a number, when name, whole birthday and phone do. Four desks at once get the same.

    Date of birth and sex are taken from the card, not guessed from the number; of some people only the year of birth is
    known. What is known of a person already there is not changed (`update_contact`). Raises NameMissing, NameInvalid,
    PersonalNumberInvalid, PersonalNumberMismatch, OldIdentityNumberInvalid, PassportInvalid, BirthDateInvalid,
    PhoneInvalid, EmailInvalid, PartyNumberTaken, PermissionRefused. Announces PartyRegistered for a new one.
    """
    authorise_writing(actor)
    today, born = clock.today(), born_of(birth_on)
    check_born(born, today=today)
    named = _Named(
        name=check_person_name(full_name),
        personal_number=check_personal_number(personal_number, born=born, sex=sex, today=today).number
        if personal_number
        else None,
        old_number=parse_old_identity_number(old_number) if old_number else None,
        passport=_passport(passport_number, passport_country),
        born=born,
        phone=parse_phone(phone) if phone else "",
    )

    def found_or_new() -> UUID:
        known = _known(named)
        if known is not None:
            return known
        row = new_party(PartyKind.PERSON, named.name, phone, email, address, territory_id)
        number, country = named.passport or (None, None)
        PersonDetail.objects.create(
            party=row,
            personal_number=named.personal_number,
            old_number=named.old_number,
            passport_number=number,
            passport_country=country,
            born=str(born) if born else None,
            sex=sex,
            nationality=nationality,
        )
        return row.pk

    return once_more(found_or_new)


@transaction.atomic
def name_principal(
    *, actor: Actor, full_name: str, personal_number: str, birth_on: date | PartialDate
) -> UUID:
    """The person in whose place somebody hands in a dossier: found only where number, name and date of birth all
    agree with what is recorded, registered otherwise.

    The answer looks the same either way, so that nobody learns by asking who is known here: a number recorded with
    another name or birthday is not written a second time; the officer compares it with the papers. For people acting
    for a party. Raises NameMissing, NameInvalid, PersonalNumberInvalid, PersonalNumberMismatch, BirthDateInvalid,
    PermissionRefused. Announces PartyRegistered for a new one.
    """
    if not actor.party_ids:
        authorise_writing(actor)
    today, born = clock.today(), born_of(birth_on)
    name = check_person_name(full_name)
    check_born(born, today=today)
    number = check_personal_number(personal_number, born=born, sex=None, today=today).number

    def found_or_new() -> UUID:
        known = _with_number(number)
        if known is not None and known.born == str(born) and fold(known.party.full_name) == fold(name):
            return _standing(known)
        row = new_party(PartyKind.PERSON, name, "", "", "", None)
        free = None if known is not None else number
        PersonDetail.objects.create(party=row, personal_number=free, born=str(born) if born else None)
        return row.pk

    return once_more(found_or_new)


def _known(named: _Named) -> UUID | None:
    """Who is meant, if already there. Raises PartyNumberTaken where the number is somebody else's."""
    known = None
    if named.personal_number:
        known = _with_number(named.personal_number)
    elif named.passport:
        number, country = named.passport
        known = (
            PersonDetail.objects.select_related("party")
            .filter(passport_number=number, passport_country=country)
            .first()
        )
    else:
        return _namesake(named)
    if known is None:
        return None
    same_birthday = not (known.born and named.born) or PartialDate.kept(known.born).agrees_with(named.born)
    if fold(known.party.full_name) != fold(named.name) or not same_birthday:
        raise PartyNumberTaken(number=masked(known.personal_number or known.passport_number or ""))
    return _standing(known)


def _namesake(named: _Named) -> UUID | None:
    """Without a number: the same name, the same whole birthday and the same phone are the same person.

    No constraint can say that of people, so that those who write down the same one at once wait for each other here.
    """
    if named.born is None or named.born.exact is None or not named.phone:
        return None
    with connection.cursor() as cursor:
        key = f"person:{fold(named.name)}:{named.born}:{named.phone}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    known = (
        PersonDetail.objects.select_related("party")
        .filter(party__search_name=fold(named.name), party__phone=named.phone, born=str(named.born))
        .filter(Q(old_number=named.old_number) if named.old_number else Q())
        .order_by("party__registered_at", "party_id")
        .first()
    )
    return _standing(known) if known else None


def _with_number(number: str) -> PersonDetail | None:
    return PersonDetail.objects.select_related("party").filter(personal_number=number).first()


def _standing(known: PersonDetail) -> UUID:
    """The record that stands for the person, where two were merged."""
    return known.party.merged_into_id or known.party_id


def _passport(number: str | None, country: str | None) -> tuple[str, str] | None:
    if not number:
        return None
    state = (country or "").strip().upper()
    if len(state) != 2 or not (state.isascii() and state.isalpha()):
        raise PassportInvalid
    return parse_passport_number(number), state
