"""Persons: written down once, however many write them down; found however they are written; known as far as known."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection
from tests.cast import Cast

from motcua.directory import queries, services
from motcua.directory.errors import NameInvalid, PartyNumberTaken, PassportInvalid
from motcua.kernel.values import PartialDate


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("recorded", "typed"),
    [
        ("Ðặng Thị Mây", "dang thi may"),
        ("Ðặng Thị Mây", "Đặng Thị Mây"),
        ("H’Hen Niê Xưng", "h'hen nie xung"),
        ("H'Hen Niê Xưng", "H’HEN"),
        ("Y Bhơ̆k Niê Kdăm", "y bhok nie"),
    ],
)
def test_people_are_found_by_letters_that_look_alike(cast: Cast, recorded: str, typed: str) -> None:
    party_id = services.register_person(actor=cast.binh, full_name=recorded)
    assert party_id in {one.id for one in queries.find_parties(actor=cast.binh, text=typed)}


@pytest.mark.django_db
def test_of_some_people_only_the_year_of_birth_is_known(cast: Cast) -> None:
    party_id = services.register_person(
        actor=cast.binh, full_name="Lò Thị Pó", personal_number="040156000789", birth_on=PartialDate(1956)
    )
    party = queries.party(party_id)
    assert (str(party.born), party.birth_on) == ("1956", None)
    again = services.register_person(
        actor=cast.binh, full_name="Lò Thị Pó", personal_number="040156000789", birth_on=date(1956, 3, 1)
    )
    assert again == party_id
    with pytest.raises(PartyNumberTaken):
        services.register_person(
            actor=cast.binh,
            full_name="Lò Văn Khác",
            personal_number="040156000789",
            birth_on=PartialDate(1956),
        )


@pytest.mark.django_db
def test_a_foreigner_shows_a_passport(cast: Cast) -> None:
    first = services.register_person(
        actor=cast.binh,
        full_name="Mary-Jane O'Neil, Jr.",
        passport_number="c 1234567",
        passport_country="us",
        phone="+1 415 555 2671",
        nationality="US",
    )
    party = queries.party(first)
    assert (party.passport_country, party.passport_number, party.number) == ("US", "C1234567", "C1234567")
    assert (party.phone, party.personal_number) == ("+14155552671", None)
    assert queries.find_parties(actor=cast.binh, text="c1234567")[0].id == first
    assert queries.find_parties(actor=cast.binh, text="+1 (415) 555-2671")[0].id == first
    other = services.register_person(
        actor=cast.binh, full_name="Marie Oneill", passport_number="C1234567", passport_country="FR"
    )
    assert other != first
    with pytest.raises(PassportInvalid):
        services.register_person(actor=cast.binh, full_name="Ann", passport_number="C1234567")
    with pytest.raises(PassportInvalid):
        services.register_person(actor=cast.binh, full_name="Ann", passport_number="?", passport_country="FR")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Nguyễn\u200bAn", "An 5", "<An>"])
def test_what_is_no_name_is_refused(cast: Cast, name: str) -> None:
    with pytest.raises(NameInvalid):
        services.register_person(actor=cast.binh, full_name=name)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "details",
    [
        {"full_name": "Trần Văn Đồng Thời", "personal_number": "040190000777"},
        {"full_name": "Kim Min Jun", "passport_number": "M12345678", "passport_country": "KR"},
        {"full_name": "Lê Thị Không Số", "birth_on": date(1950, 2, 3), "phone": "0912 111 222"},
    ],
)
def test_four_desks_at_once_write_a_person_down_once(cast: Cast, details: dict[str, str]) -> None:
    actor, begin = cast.binh, Barrier(4)

    def desk(_: int) -> UUID:
        try:
            begin.wait(10)
            return services.register_person(actor=actor, **details)  # type: ignore[arg-type]  # one case a day
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as desks:
        found = set(desks.map(desk, range(4)))
    assert len(found) == 1
    assert len(queries.find_parties(actor=actor, text=details["full_name"])) == 1


@pytest.mark.django_db(transaction=True)
def test_four_desks_at_once_write_an_organisation_down_once(cast: Cast) -> None:
    actor, begin = cast.binh, Barrier(4)

    def desk(_: int) -> UUID:
        try:
            begin.wait(10)
            return services.register_organisation(
                actor=actor, full_name="Công ty Bốn Quầy", enterprise_number="0100109106"
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as desks:
        assert len(set(desks.map(desk, range(4)))) == 1
