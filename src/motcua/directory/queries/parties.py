"""Persons and organisations: one, many, and search by number or by name with accents forgiven."""

import re
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, UUIDField
from django.db.models.functions import Coalesce

from motcua.directory.models import Party, PartyCorrection, PersonDetail
from motcua.directory.queries.merging import known_as, records_of
from motcua.directory.queries.views import PartyView
from motcua.directory.words import PartyKind, Sex
from motcua.kernel.authority import Actor, authorise, in_scope
from motcua.kernel.statements import Question, slot
from motcua.kernel.text import fold
from motcua.kernel.values import PartialDate, Unreadable, one_dash, read_phone

_COLUMNS = (
    "id",
    "kind",
    "full_name",
    "phone",
    "email",
    "address",
    "territory_id",
    "person__personal_number",
    "person__old_number",
    "person__born",
    "person__sex",
    "person__nationality",
    "organisation__enterprise_number",
    "organisation__tax_code",
    "organisation__trade_name",
    "organisation__legal_representative_id",
    "organisation__legal_representative__merged_into_id",
    "person__passport_number",
    "person__passport_country",
)
#: The record that stands for another one, last in each row that is read.
_STANDING = "merged_into_id"
#: A phone of more people than these is that of an office.
_MOST_SHARING = 50
#: Whether there is anything for `known_as` to find beside the record itself.
_ELSEWISE = Exists(
    PartyCorrection.objects.filter(
        party=OuterRef("pk"), detail__in=("full_name", "personal_number", "old_number")
    )
) | Exists(Party.objects.filter(merged_into=OuterRef("pk")))
_ONE = Question(
    lambda: (
        Party.objects.filter(pk=slot("id", UUIDField()))
        .annotate(is_known_otherwise=_ELSEWISE)
        .values_list(*_COLUMNS, _STANDING, "is_known_otherwise")
    )
)


def _seen(rows: QuerySet[Party]) -> tuple[PartyView, ...]:
    return tuple(_view(*row) for row in rows.values_list(*_COLUMNS))


def party(party_id: UUID) -> PartyView:
    """One party; where it was merged into another record, the one that stands for both. Raises OutOfScope where there is
    none. Who may see it is decided by what it is read for.
    """
    *columns, standing, is_known_otherwise = in_scope(_ONE.first(id=party_id))
    if standing is not None:
        return party(standing)
    return replace(_view(*columns), is_known_otherwise=is_known_otherwise)


def parties(party_ids: Iterable[UUID]) -> dict[UUID, PartyView]:
    """Many parties by the ids asked for, in one query (two where some were merged: each is the record that stands); unknown
    ids are absent.
    """
    wanted = set(party_ids)
    rows = list(Party.objects.filter(pk__in=wanted).values_list(*_COLUMNS, _STANDING))
    found = {row[0]: _view(*row[:-1]) for row in rows if row[-1] is None}
    elsewhere = {row[0]: row[-1] for row in rows if row[-1] is not None}
    missing = set(elsewhere.values()) - found.keys()
    standing = {one.id: one for one in _seen(Party.objects.filter(pk__in=missing))} if missing else {}
    merged = {asked: found.get(stands) or standing[stands] for asked, stands in elsewhere.items()}
    return found | merged


def own_parties(actor: Actor) -> tuple[PartyView, ...]:
    """Whom the actor acts for, each once however many records there are: the person first, then organisations by name."""
    found = {one.id: one for one in parties(actor.party_ids).values()}
    return tuple(
        sorted(found.values(), key=lambda one: (one.kind is not PartyKind.PERSON, one.full_name, one.id))
    )


def party_by_number(number: str, kind: PartyKind | None = None) -> PartyView | None:
    """The party that a whole number names: personal number (12), old identity number (9), tax code or
    enterprise number (10, 13).
    """
    compact = _compact(number)
    if not compact:
        return None
    rows = Party.objects.filter(_number_is(compact))
    found = (rows.filter(kind=kind) if kind else rows).order_by("registered_at", "id")
    first = found.values_list("pk", flat=True).first()
    return party(first) if first else None


_PERSON = Question(
    lambda: PersonDetail.objects.filter(personal_number=slot("number", TextField())).values_list(
        Coalesce("party__merged_into_id", "party_id")
    )
)


def person_with(personal_number: str) -> UUID | None:
    """Whose 12-digit number this is: the record that stands. One look-up by its index."""
    found = _PERSON.first(number=personal_number)
    return found[0] if found else None


def find_parties(
    *, actor: Actor, text: str, kind: PartyKind | None = None, limit: int = 20
) -> tuple[PartyView, ...]:
    """Parties for those who receive dossiers: by whole number, phone, or words of the name (a former one too) in any
    order, accents forgiven. Of people with several records the one that stands.

    At least three letters of a name are asked for. Raises PermissionRefused.
    """
    _authorise_reading(actor)
    written, folded = _compact(text), fold(text)
    if len(written) < 3:
        return ()
    rows = Party.objects.filter(kind=kind) if kind else Party.objects.all()
    if re.fullmatch(r"[0-9+()-]+", written):
        rows = rows.filter(_number_is(written) | Q(phone=_phone(text)))
    elif re.fullmatch(r"(?=.*[0-9])[A-Za-z0-9]{5,20}", written):
        rows = rows.filter(person__passport_number=written.upper())
    else:
        rows = rows.filter(_named(folded))
    standing = Coalesce("merged_into_id", "pk")
    found = rows.order_by("search_name", "id").values_list(standing, flat=True)[: limit * 2]
    wanted = list(dict.fromkeys(found))[:limit]
    known = {one.id: one for one in _seen(Party.objects.filter(pk__in=wanted))} if wanted else {}
    return tuple(known[party_id] for party_id in wanted)


def _named(folded: str) -> Q:
    """Every word in the name, or every word in a name that was corrected."""
    now, before = Q(), Q(detail="full_name")
    for word in folded.split():
        now &= Q(search_name__contains=word)
        before &= Q(search_before__contains=word)
    return now | Q(pk__in=PartyCorrection.objects.filter(before).values("party_id"))


def alike_people(
    *,
    actor: Actor,
    full_name: str,
    born: PartialDate | None = None,
    phone: str = "",
    number: str = "",
    limit: int = 5,
) -> tuple[PartyView, ...]:
    """People already written down who may be the one being written down, for those who receive dossiers: of the same name
    (accents forgiven), unless their birthday is another and their phone too.

    Who is known by the very `number` and name is no doubt but a find (`services.register_person`). Raises PermissionRefused.
    """
    _authorise_reading(actor)
    name = fold(full_name)
    if len(name) < 3:
        return ()
    rows = Party.objects.filter(kind=PartyKind.PERSON, search_name=name, merged_into=None)
    if written := _compact(number):
        if Party.objects.filter(_number_is(written) | Q(person__passport_number=written.upper())).exists():
            return ()
        if re.fullmatch(r"[0-9]{12}", written):  # who has another number is somebody else
            rows = rows.filter(person__personal_number=None)
    reached = _phone(phone) if phone else ""
    marks = Q()
    if born is not None and born.year is not None:
        same_phone = Q(phone=reached) if reached else Q()
        marks = Q(person__born__startswith=f"{born.year:04}") | Q(person__born=None) | same_phone
    found = _seen(rows.filter(marks).order_by("-registered_at", "id")[: limit * 10])
    agreeing = (
        one
        for one in found
        if born is None or one.born is None or one.born.agrees_with(born) or one.phone == reached
    )
    return tuple(agreeing)[:limit]


def corrections_of(*, actor: Actor, party_id: UUID) -> tuple[PartyCorrection, ...]:
    """What was corrected of a party in any of their records, newest first. For the party itself and those who may read
    parties.
    """
    if party_id not in actor.party_ids:
        _authorise_reading(actor)
    return tuple(
        PartyCorrection.objects.filter(party_id__in=records_of([party_id])).order_by("-at", "detail")
    )


def former_names(party_id: UUID) -> tuple[str, ...]:
    """Other names a person is or was recorded under: before corrections, newest first, and in merged records."""
    return known_as(party_id).names[1:]


def parties_reached_by(number: str) -> tuple[UUID, ...]:
    """Whom a whole number names, old identity numbers and phones too, with all their records; several may share a phone."""
    rows = Party.objects.filter(_number_is(_compact(number)) | Q(phone=_phone(number)))
    found = rows.order_by("id").values_list("id", flat=True)[:_MOST_SHARING]
    return tuple(sorted(records_of(found)))


def _authorise_reading(actor: Actor) -> None:
    if not any(actor.may(permission) for permission in ("dossier.read", "directory.manage")):
        authorise(actor, "dossier.read")


def _compact(number: str) -> str:
    return re.sub(r"[\s.]", "", one_dash(number))


def _phone(text: str) -> str:
    """The phone as it is kept, however it was written; something nobody has where it is none."""
    try:
        return read_phone(text)
    except Unreadable:
        return "-"


def _number_is(number: str) -> Q:
    return (
        Q(person__personal_number=number)
        | Q(person__old_number=number)
        | Q(organisation__tax_code=number)
        | Q(organisation__enterprise_number=number)
    )


def _view(
    party_id: UUID,
    kind: str,
    full_name: str,
    phone: str,
    email: str,
    address: str,
    territory_id: UUID | None,
    personal_number: str | None,
    old_number: str | None,
    born: str | None,
    sex: str | None,
    nationality: str | None,
    enterprise_number: str | None,
    tax_code: str | None,
    trade_name: str | None,
    legal_representative_id: UUID | None,
    representative_stands_as: UUID | None,
    passport_number: str | None,
    passport_country: str | None,
) -> PartyView:
    """As the columns have it: what only a person has is null for organisations, and the other way round."""
    is_person = kind == PartyKind.PERSON
    return PartyView(
        id=party_id,
        kind=PartyKind(kind),
        full_name=full_name,
        number=(personal_number or old_number or passport_number)
        if is_person
        else (enterprise_number or tax_code),
        phone=phone,
        email=email,
        address=address,
        territory_id=territory_id,
        born=PartialDate.kept(born) if born else None,
        sex=Sex(sex) if sex else None,
        old_number=old_number,
        nationality=nationality,
        tax_code=tax_code,
        enterprise_number=enterprise_number,
        trade_name=trade_name or "",
        legal_representative_id=representative_stands_as or legal_representative_id,
        passport_number=passport_number,
        passport_country=passport_country,
    )
