"""Persons and organisations: register, correct, keep in touch."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.directory.errors import PartyNumberTaken
from motcua.directory.events import PartyCorrected, PartyRegistered
from motcua.directory.models import OrganisationDetail, Party, PartyCorrection, PersonDetail
from motcua.directory.rules.identity_numbers import (
    check_personal_number,
    masked,
    parse_enterprise_number,
    parse_old_identity_number,
    parse_phone,
    parse_tax_code,
)
from motcua.directory.rules.parties import check_birth_on, check_email, check_name
from motcua.directory.words import PartyKind, Sex
from motcua.kernel import clock, events
from motcua.kernel.authority import Actor, authorise, in_scope
from motcua.kernel.text import composed, fold


def _authorise_writing(actor: Actor) -> None:
    if not actor.may("directory.manage"):
        authorise(actor, "dossier.receive")


@transaction.atomic
def register_person(
    *,
    actor: Actor,
    full_name: str,
    personal_number: str | None = None,
    old_number: str | None = None,
    birth_on: date | None = None,
    sex: Sex | None = None,
    nationality: str = "VN",
    phone: str = "",
    email: str = "",
    address: str = "",
    territory_id: UUID | None = None,
) -> UUID:
    """The party of a person; the one already there when the personal number, name and birthday agree.

    Date of birth and sex are taken from the card, not guessed from the number. Raises NameMissing,
    PersonalNumberInvalid, PersonalNumberMismatch, OldIdentityNumberInvalid, BirthDateInvalid, PhoneInvalid,
    EmailInvalid, PartyNumberTaken, PermissionRefused. Announces PartyRegistered for a new one.
    """
    _authorise_writing(actor)
    name = composed(check_name(full_name))
    check_birth_on(birth_on, today=clock.today())
    number = (
        check_personal_number(personal_number, birth_on=birth_on, sex=sex).number if personal_number else None
    )
    known = (
        PersonDetail.objects.select_related("party").filter(personal_number=number).first()
        if number
        else None
    )
    if known is not None:
        same_birthday = None in (known.birth_on, birth_on) or known.birth_on == birth_on
        if fold(known.party.full_name) != fold(name) or not same_birthday:
            raise PartyNumberTaken(number=masked(known.personal_number or ""))
        return known.party_id
    row = _register(PartyKind.PERSON, name, phone, email, address, territory_id)
    PersonDetail.objects.create(
        party=row,
        personal_number=number,
        old_number=parse_old_identity_number(old_number) if old_number else None,
        birth_on=birth_on,
        sex=sex,
        nationality=nationality,
    )
    return row.pk


@transaction.atomic
def name_principal(*, actor: Actor, full_name: str, personal_number: str, birth_on: date) -> UUID:
    """The person in whose place somebody hands in a dossier: found only where number, name and date of birth all
    agree with what is recorded, registered otherwise.

    The answer looks the same either way, so that nobody learns by asking who is known here: a number recorded with
    another name or birthday is not written a second time; the officer compares it with the papers. For people acting
    for a party. Raises NameMissing, PersonalNumberInvalid, PersonalNumberMismatch, BirthDateInvalid,
    PermissionRefused. Announces PartyRegistered for a new one.
    """
    if not actor.party_ids:
        _authorise_writing(actor)
    name = composed(check_name(full_name))
    check_birth_on(birth_on, today=clock.today())
    number = check_personal_number(personal_number, birth_on=birth_on, sex=None).number
    known = PersonDetail.objects.select_related("party").filter(personal_number=number).first()
    if known is not None and known.birth_on == birth_on and fold(known.party.full_name) == fold(name):
        return known.party_id
    row = _register(PartyKind.PERSON, name, "", "", "", None)
    free = None if known is not None else number
    PersonDetail.objects.create(party=row, personal_number=free, birth_on=birth_on)
    return row.pk


@transaction.atomic
def register_organisation(
    *,
    actor: Actor,
    full_name: str,
    enterprise_number: str | None = None,
    tax_code: str | None = None,
    trade_name: str = "",
    legal_representative_id: UUID | None = None,
    phone: str = "",
    email: str = "",
    address: str = "",
    territory_id: UUID | None = None,
) -> UUID:
    """The party of an organisation; the one already there when its number and name agree. The enterprise
    number is also its tax code.

    Raises NameMissing, EnterpriseNumberInvalid, TaxCodeInvalid, PhoneInvalid, EmailInvalid, PartyNumberTaken,
    PermissionRefused. Announces PartyRegistered for a new one.
    """
    _authorise_writing(actor)
    name = composed(check_name(full_name))
    enterprise = parse_enterprise_number(enterprise_number) if enterprise_number else None
    tax = parse_tax_code(tax_code) if tax_code else enterprise
    known = OrganisationDetail.objects.select_related("party").filter(tax_code=tax).first() if tax else None
    if known is not None:
        if fold(known.party.full_name) != fold(name):
            raise PartyNumberTaken(number=tax)
        return known.party_id
    row = _register(PartyKind.ORGANISATION, name, phone, email, address, territory_id)
    OrganisationDetail.objects.create(
        party=row,
        tax_code=tax,
        enterprise_number=enterprise,
        trade_name=trade_name,
        legal_representative_id=legal_representative_id,
    )
    return row.pk


def _register(
    kind: PartyKind, name: str, phone: str, email: str, address: str, territory_id: UUID | None
) -> Party:
    row = Party.objects.create(
        kind=kind,
        full_name=name,
        phone=parse_phone(phone) if phone else "",
        email=check_email(email),
        address=composed(address),
        territory_id=territory_id,
        registered_at=clock.now(),
    )
    events.announce(PartyRegistered(party_id=row.pk, kind=kind.value))
    return row


@transaction.atomic
def update_contact(
    *,
    actor: Actor,
    party_id: UUID,
    phone: str | None = None,
    email: str | None = None,
    address: str | None = None,
) -> None:
    """Change how a party is reached (None: as it is); the party itself may, and those who receive dossiers.

    Raises PhoneInvalid, EmailInvalid, OutOfScope, PermissionRefused. Announces PartyCorrected when something
    changed.
    """
    if party_id not in actor.party_ids:
        _authorise_writing(actor)
    row = in_scope(Party.objects.select_for_update().filter(pk=party_id).first())
    wanted: dict[str, Any] = {}
    if phone is not None:
        wanted["phone"] = parse_phone(phone) if phone else ""
    if email is not None:
        wanted["email"] = check_email(email)
    if address is not None:
        wanted["address"] = composed(address)
    _correct(actor, party_id, ((row, wanted),), reason="Cập nhật thông tin liên hệ")


@transaction.atomic
def correct_person(
    *,
    actor: Actor,
    party_id: UUID,
    reason: str,
    full_name: str | None = None,
    personal_number: str | None = None,
    birth_on: date | None = None,
    sex: Sex | None = None,
) -> None:
    """Put right what was recorded wrongly of a person (None: as it is); old values are kept with the reason.

    Raises NameMissing (name or reason), PersonalNumberInvalid, PersonalNumberMismatch, BirthDateInvalid,
    PartyNumberTaken, OutOfScope, PermissionRefused. Announces PartyCorrected when something changed.
    """
    _authorise_writing(actor)
    detail = in_scope(
        PersonDetail.objects.select_for_update().select_related("party").filter(party_id=party_id).first()
    )
    check_birth_on(birth_on, today=clock.today())
    of_person: dict[str, Any] = {"birth_on": birth_on or detail.birth_on, "sex": sex or detail.sex}
    number = personal_number or detail.personal_number
    if number:
        known_sex = Sex(of_person["sex"]) if of_person["sex"] else None
        number = check_personal_number(number, birth_on=of_person["birth_on"], sex=known_sex).number
        if PersonDetail.objects.filter(personal_number=number).exclude(party_id=party_id).exists():
            raise PartyNumberTaken(number=masked(number))
        of_person["personal_number"] = number
    of_party = {} if full_name is None else {"full_name": composed(check_name(full_name))}
    _correct(actor, party_id, ((detail.party, of_party), (detail, of_person)), reason=check_name(reason))


def _correct(
    actor: Actor, party_id: UUID, changes: tuple[tuple[Any, Mapping[str, Any]], ...], *, reason: str
) -> None:
    kept = []
    for row, wanted in changes:
        changed = {name: value for name, value in wanted.items() if getattr(row, name) != value}
        for name, value in changed.items():
            before = getattr(row, name)
            kept.append(
                PartyCorrection(
                    party_id=party_id,
                    detail=name,
                    before=None if before is None else str(before),
                    after=None if value is None else str(value),
                    reason=reason,
                    by_account_id=actor.account_id,
                    at=clock.now(),
                )
            )
            setattr(row, name, value)
        if changed:
            row.save(update_fields=list(changed))
    if kept:
        PartyCorrection.objects.bulk_create(kept)
        events.announce(PartyCorrected(party_id=party_id, reason=reason))
