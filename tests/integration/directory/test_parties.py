"""Persons and organisations: registered once, found without accents, corrected with a trace."""

from datetime import date

import pytest
from tests.cast import Cast

from motcua.directory import queries, services
from motcua.directory.errors import (
    EnterpriseNumberInvalid,
    NameMissing,
    PartyNumberTaken,
    PersonalNumberMismatch,
    PhoneInvalid,
)
from motcua.directory.queries import PartyKind, Sex
from motcua.kernel.authority import ANONYMOUS, SYSTEM
from motcua.kernel.errors import OutOfScope, PermissionRefused
from motcua.kernel.ids import new_id

pytestmark = pytest.mark.django_db


def test_the_same_person_is_registered_once(cast: Cast) -> None:
    again = services.register_person(
        actor=cast.binh,
        full_name="NGUYỄN  THỊ  HOA",
        personal_number="040195000123",
        birth_on=date(1995, 3, 12),
    )
    assert again == cast.hoa_party


def test_a_number_belongs_to_one_person(cast: Cast) -> None:
    with pytest.raises(PartyNumberTaken) as refusal:
        services.register_person(actor=cast.binh, full_name="Người Khác", personal_number="040195000123")
    assert "040195000123" not in str(refusal.value)


def test_bad_details_are_refused_and_leave_nothing(cast: Cast) -> None:
    with pytest.raises(PersonalNumberMismatch):
        services.register_person(
            actor=cast.binh, full_name="Lê Văn Tám", personal_number="040195000999", sex=Sex.MALE
        )
    with pytest.raises(PhoneInvalid):
        services.register_person(actor=cast.binh, full_name="Lê Văn Tám", phone="12")
    with pytest.raises(NameMissing):
        services.register_organisation(actor=cast.binh, full_name=" ")
    with pytest.raises(EnterpriseNumberInvalid):
        services.register_organisation(actor=cast.binh, full_name="Công ty", enterprise_number="9900000017")
    assert queries.find_parties(actor=cast.binh, text="Lê Văn Tám") == ()


def test_an_enterprise_number_is_also_the_tax_code(cast: Cast) -> None:
    company = queries.party(cast.an_phat_party)
    assert company.number == company.tax_code == company.enterprise_number == "9900000016"
    assert company.kind is PartyKind.ORGANISATION
    with pytest.raises(PartyNumberTaken):
        services.register_organisation(actor=cast.binh, full_name="Công ty khác", tax_code="9900000016")


@pytest.mark.parametrize(
    "text", ["nguyen thi hoa", "Hoa Nguyễn", "NGUYỄN THỊ HOA", "040195000123", "0912 000 123"]
)
def test_people_are_found_however_they_are_written(cast: Cast, text: str) -> None:
    assert cast.hoa_party in {one.id for one in queries.find_parties(actor=cast.binh, text=text)}


def test_searching_is_for_those_who_read_dossiers(cast: Cast) -> None:
    for actor in (cast.hoa, cast.nga, ANONYMOUS):
        with pytest.raises(PermissionRefused):
            queries.find_parties(actor=actor, text="hoa nguyen")
        with pytest.raises(PermissionRefused):
            services.register_person(actor=actor, full_name="Ai Đó")
    assert queries.find_parties(actor=cast.binh, text="ho") == ()


def test_by_number_and_many_at_once(cast: Cast) -> None:
    found = queries.party_by_number("9900000016")
    assert found is not None
    assert found.id == cast.an_phat_party
    assert queries.party_by_number("040195000123", PartyKind.ORGANISATION) is None
    assert queries.party_by_number("") is None
    both = queries.parties([cast.hoa_party, cast.an_phat_party, new_id()])
    assert set(both) == {cast.hoa_party, cast.an_phat_party}
    assert both[cast.hoa_party].number_masked == "040••••••123"
    with pytest.raises(OutOfScope):
        queries.party(new_id())


def test_corrections_keep_what_was_said_before(cast: Cast) -> None:
    services.correct_person(
        actor=cast.binh,
        party_id=cast.hoa_party,
        full_name="Nguyễn Thị Hoà",
        reason="Đối chiếu giấy khai sinh",
    )
    kept = queries.corrections_of(actor=cast.hoa, party_id=cast.hoa_party)
    assert [(one.detail, one.before, one.after) for one in kept] == [
        ("full_name", "Nguyễn Thị Hoa", "Nguyễn Thị Hoà")
    ]
    assert kept[0].by_account_id == cast.binh.account_id
    with pytest.raises(PersonalNumberMismatch):
        services.correct_person(
            actor=cast.binh, party_id=cast.hoa_party, birth_on=date(1990, 1, 1), reason="Nhập nhầm"
        )
    with pytest.raises(PartyNumberTaken):
        services.correct_person(
            actor=cast.binh,
            party_id=queries.party_by_number("040080000456").id,  # type: ignore[union-attr]  # one of the demo
            personal_number="040195000123",
            birth_on=date(1995, 3, 12),
            sex=Sex.FEMALE,
            reason="Nhập nhầm",
        )


def test_people_change_their_own_contact_and_nobody_elses(cast: Cast) -> None:
    services.update_contact(
        actor=cast.hoa, party_id=cast.hoa_party, phone="+84 987 654 321", email="h@example.com"
    )
    assert queries.party(cast.hoa_party).phone == "0987654321"
    with pytest.raises(PermissionRefused):
        services.update_contact(actor=cast.hoa, party_id=cast.an_phat_party, phone="0987654321")
    with pytest.raises(OutOfScope):
        services.update_contact(actor=SYSTEM, party_id=new_id(), address="x")
    with pytest.raises(PermissionRefused):
        queries.corrections_of(actor=cast.hoa, party_id=cast.an_phat_party)
