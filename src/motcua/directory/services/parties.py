"""Organisations, and what persons and organisations have in common: corrections, and how they are reached."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.directory.errors import PartyNumberTaken
from motcua.directory.events import PartyCorrected, PartyRegistered
from motcua.directory.models import OrganisationDetail, Party, PartyCorrection, PersonDetail
from motcua.directory.rules.identity_numbers import (
    check_personal_number,
    masked,
    parse_enterprise_number,
    parse_phone,
    parse_tax_code,
)
from motcua.directory.rules.parties import check_born, check_email, check_line, check_name, check_person_name
from motcua.directory.words import PartyKind, Sex
from motcua.kernel import clock, events
from motcua.kernel.authority import Actor, authorise, in_scope
from motcua.kernel.text import fold
from motcua.kernel.values import PartialDate


def authorise_writing(actor: Actor) -> None:
    """Those who receive dossiers or keep the directory. Raises PermissionRefused."""
    if not actor.may("directory.manage"):
        authorise(actor, "dossier.receive")


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
    """The party of an organisation; the one already there when its number and name agree, whoever else registers it at
    the same moment. The enterprise number is also its tax code.

    Raises NameMissing, NameInvalid, EnterpriseNumberInvalid, TaxCodeInvalid, PhoneInvalid, EmailInvalid,
    PartyNumberTaken, PermissionRefused. Announces PartyRegistered for a new one.
    """
    authorise_writing(actor)
    name = check_line(check_name(full_name))
    enterprise = parse_enterprise_number(enterprise_number) if enterprise_number else None
    tax = parse_tax_code(tax_code) if tax_code else enterprise

    def found_or_new() -> UUID:
        known = (
            OrganisationDetail.objects.select_related("party").filter(tax_code=tax).first() if tax else None
        )
        if known is not None:
            if fold(known.party.full_name) != fold(name):
                raise PartyNumberTaken(number=tax)
            return known.party_id
        row = new_party(PartyKind.ORGANISATION, name, phone, email, address, territory_id)
        OrganisationDetail.objects.create(
            party=row,
            tax_code=tax,
            enterprise_number=enterprise,
            trade_name=trade_name,
            legal_representative_id=legal_representative_id,
        )
        return row.pk

    return once_more(found_or_new)


def once_more(found_or_new: Callable[[], UUID]) -> UUID:
    """Find or insert; where somebody else inserted the same number in between, find theirs."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                return found_or_new()
        except IntegrityError:
            return found_or_new()


def new_party(
    kind: PartyKind, name: str, phone: str, email: str, address: str, territory_id: UUID | None
) -> Party:
    """A new row, its details checked. Raises PhoneInvalid, EmailInvalid, NameInvalid."""
    row = Party.objects.create(
        kind=kind,
        full_name=name,
        phone=parse_phone(phone) if phone else "",
        email=check_email(email),
        address=check_line(address),
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
        authorise_writing(actor)
    row = _standing_row(party_id)
    wanted: dict[str, Any] = {}
    if phone is not None:
        wanted["phone"] = parse_phone(phone) if phone else ""
    if email is not None:
        wanted["email"] = check_email(email)
    if address is not None:
        wanted["address"] = check_line(address)
    _correct(actor, row.pk, ((row, wanted),), reason="Cập nhật thông tin liên hệ")


def _standing_row(party_id: UUID) -> Party:
    """The row to write to, locked: of two merged records the one that stands. Raises OutOfScope."""
    row = in_scope(Party.objects.select_for_update().filter(pk=party_id).first())
    return row if row.merged_into_id is None else _standing_row(row.merged_into_id)


@transaction.atomic
def correct_person(
    *,
    actor: Actor,
    party_id: UUID,
    reason: str,
    full_name: str | None = None,
    personal_number: str | None = None,
    birth_on: date | PartialDate | None = None,
    sex: Sex | None = None,
) -> None:
    """Put right what was recorded wrongly of a person (None: as it is; an empty number: it is not theirs); old values are
    kept with the reason.

    Raises NameMissing (name or reason), NameInvalid, PersonalNumberInvalid, PersonalNumberMismatch, BirthDateInvalid,
    PartyNumberTaken, OutOfScope, PermissionRefused. Announces PartyCorrected when something changed.
    """
    authorise_writing(actor)
    party_id = _standing_row(party_id).pk
    detail = in_scope(
        PersonDetail.objects.select_for_update().select_related("party").filter(party_id=party_id).first()
    )
    today = clock.today()
    born = born_of(birth_on) or (PartialDate.kept(detail.born) if detail.born else None)
    check_born(born, today=today)
    of_person: dict[str, Any] = {"born": str(born) if born else None, "sex": sex or detail.sex}
    number = detail.personal_number if personal_number is None else personal_number.strip()
    if not number:
        of_person["personal_number"] = None
    else:
        known_sex = Sex(of_person["sex"]) if of_person["sex"] else None
        number = check_personal_number(number, born=born, sex=known_sex, today=today).number
        if PersonDetail.objects.filter(personal_number=number).exclude(party_id=party_id).exists():
            raise PartyNumberTaken(number=masked(number))
        of_person["personal_number"] = number
    of_party = {} if full_name is None else {"full_name": check_person_name(full_name)}
    _correct(actor, party_id, ((detail.party, of_party), (detail, of_person)), reason=check_name(reason))


def born_of(birth_on: date | PartialDate | None) -> PartialDate | None:
    """A whole day is known whole; what nobody knows is not kept."""
    if isinstance(birth_on, date):
        return PartialDate.of(birth_on)
    return birth_on if birth_on and birth_on.year else None


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
