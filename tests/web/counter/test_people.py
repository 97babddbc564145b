"""The person at the desk: nothing told is dropped, another person brings none of the former one's answers, who is there
already is shown.
"""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories.dossiers import birth_application
from tests.web.counter.test_desk import CARD, DESK, dossier_count, screen

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.directory import services as registry
from motcua.dossiers import queries, services
from motcua.dossiers.models import IssuedForm
from motcua.kernel import clock
from motcua.kernel.values import PartialDate

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def new_person(**changes: str) -> dict[str, str]:
    """The fields of somebody written down by hand, as the page posts them."""
    fields = {
        "kind": "person",
        "name": "Hoàng Văn Thái",
        "paper": "personal",
        "number": "",
        "country": "",
        "phone": "",
    }
    return {
        "adding": "1",
        "act": "register-party",
        **{f"new.{key}": value for key, value in (fields | changes).items()},
    }


def is_asked(answer: Any) -> bool:
    page = answer.content.decode()
    return "Cập nhật vào thông tin người này" in page and "Chỉ dùng cho hồ sơ này" in page


@pytest.fixture
def thai(cast: Cast) -> Any:
    return registry.register_person(
        actor=cast.binh,
        full_name="Hoàng Văn Thái",
        personal_number="040088000123",
        birth_on=PartialDate(1988, 6, 5),
        phone="0911111111",
    )


@pytest.mark.parametrize(("use", "recorded"), [("update", "0912345678"), ("dossier", "0911111111")])
def test_a_known_persons_contact_typed_anew_is_kept_and_asked_about(
    cast: Cast, as_: As, thai: Any, use: str, recorded: str
) -> None:
    client = as_("binh")
    told = new_person(number="040088000123", phone="0912 345 678", address="Thôn Đông, xã An Bình")
    found = client.post(DESK, {**told, "new.birth.d": "5", "new.birth.m": "6", "new.birth.y": "1988"})
    assert found.context["screen"].party.id == thai
    assert is_asked(found)
    contact = {"contact.phone": "0912 345 678", "contact.address": "Thôn Đông, xã An Bình"}
    unanswered = client.post(DESK, screen(cast, party=str(thai), **contact))
    assert unanswered.status_code == 422
    assert "contact_use" in unanswered.context["screen"].faults
    assert "Thôn Đông, xã An Bình" in unanswered.content.decode()
    page = client.post(DESK, screen(cast, party=str(thai), contact_use=use, **contact), follow=True).context[
        "page"
    ]
    assert directory.party(thai).phone == recorded
    assert page.contact["address"] == "Thôn Đông, xã An Bình"
    assert page.contact["phone"] == "0912345678"


def test_form_01_prints_how_the_person_of_this_dossier_is_reached(cast: Cast) -> None:
    contact = {"phone": "0912 000 999", "address": "Số 9, thôn Nam"}
    moved = services.register_dossier(actor=cast.binh, application=birth_application(cast, contact=contact))
    printed = IssuedForm.objects.get(dossier_id=moved.dossier_id, code="01").content
    assert (printed["address"], printed["phone"]) == ("Số 9, thôn Nam", "0912000999")


def test_a_card_with_another_address_asks_too(cast: Cast, as_: As) -> None:
    client = as_("binh")
    client.post(DESK, {"person": CARD, "act": "enter"})
    moved = CARD.replace("Thôn Tây", "Thôn Bắc")
    answer = client.post(DESK, {"person": moved, "act": "enter"})
    assert answer.context["screen"].contact == {"address": "Thôn Bắc, xã An Bình, tỉnh Minh Sơn"}
    assert is_asked(answer)


def test_a_contact_written_otherwise_is_no_other_contact(cast: Cast, as_: As, thai: Any) -> None:
    answer = as_("binh").post(
        DESK, screen(cast, party=str(thai), act="enter", **{"contact.phone": "0911.111.111"})
    )
    assert not is_asked(answer)


def filled_in(answer: Any) -> dict[str, Any]:
    return {one.name: one.value for section in answer.context["bound"].sections for one in section.fields}


def test_another_person_brings_none_of_the_former_ones_answers(cast: Cast, as_: As, thai: Any) -> None:
    """What was known of Hoa goes, what was typed stays: by what the page had filled in, not by what it looks like."""
    client = as_("binh")
    code = {"code": "1.001612", "act": "enter"}
    first = client.post(DESK, {"party": str(cast.hoa_party), **code})
    bound = first.context["bound"]
    assert filled_in(first)["owner.address"]
    posted = {"_filled": json.dumps(dict(bound.filled)), "business.name": "Tạp hóa Hoa"}
    for name, value in bound.filled.items():
        if name.endswith("birth_on"):
            posted |= dict(zip((f"{name}.y", f"{name}.m", f"{name}.d"), value.split("-"), strict=True))
        else:
            posted[name] = value
    posted["business.website"] = "viettay.vn"
    gone = client.post(DESK, {"party": str(cast.hoa_party), **code, **posted, "act": "other-party"})
    assert gone.context["screen"].party is None
    after = filled_in(gone)
    assert after["business.name"] == "Tạp hóa Hoa"
    assert after["business.website"] == "viettay.vn"
    assert not after["owner.address"]
    assert not after["owner.birth_on"]
    assert "Nguyễn Thị Hoa" not in gone.content.decode()
    then = client.post(
        DESK, {"party": str(thai), **code, "business.name": "Tạp hóa Hoa", "business.website": "viettay.vn"}
    )
    now = filled_in(then)
    assert now["owner.birth_on"] == {"d": "5", "m": "6", "y": "1988"}
    assert now["business.website"] == "viettay.vn"
    assert not now["owner.address"]


def test_what_was_taken_out_stays_out_at_the_desk(cast: Cast, as_: As) -> None:
    body = {"party": str(cast.hoa_party), "code": "1.001612", "act": "enter", "owner.address": ""}
    assert filled_in(as_("binh").post(DESK, body))["owner.address"] == ""


def test_an_open_dossier_of_the_same_is_pointed_out_and_receiving_goes_on(cast: Cast, as_: As) -> None:
    client = as_("binh")
    first = client.post(DESK, screen(cast), follow=True).context["page"]
    answer = client.post(DESK, screen(cast, act="enter"))
    alike = answer.context["alike"]
    assert [(one.code, one.submitter_name, one.is_same) for one in alike] == [
        (first.code, "Nguyễn Thị Hoa", True)
    ]
    assert first.code in answer.content.decode()
    assert "nội dung giống hệt" in answer.content.decode()
    other = screen(cast, act="enter", **{"child.full_name": "Trần Gia Khang"})
    assert [one.is_same for one in client.post(DESK, other).context["alike"]] == [False]
    assert client.post(DESK, screen(cast, request_key=str(uuid4()))).status_code == 302
    assert dossier_count(cast) == 2


def test_open_dossiers_are_only_those_one_may_see(cast: Cast) -> None:
    services.register_dossier(actor=cast.binh, application=birth_application(cast))
    asked: dict[str, Any] = {
        "version": catalogue.version_in_force("1.001193", clock.today()),
        "case_key": "",
        "form_data": {},
        "applicant_id": cast.hoa_party,
    }
    assert len(queries.alike_dossiers(actor=cast.binh, **asked)) == 1
    assert queries.alike_dossiers(actor=cast.giang, **asked) == ()
    assert queries.alike_dossiers(actor=cast.an_phat, **asked) == ()


def test_who_is_perhaps_there_already_is_shown_before_a_second_record(cast: Cast, as_: As, thai: Any) -> None:
    client = as_("binh")
    typed = {**new_person(name="hoang van thai", phone="0933 333 333"), "new.birth.y": "1988"}
    hinted = client.post(DESK, typed)
    assert hinted.context["screen"].party is None
    assert [one.id for one in hinted.context["screen"].people] == [thai]
    assert "Có thể đã có người này" in hinted.content.decode()
    chosen = client.post(DESK, typed | {"act": f"party:{thai}"})
    assert chosen.context["screen"].contact == {"phone": "0933 333 333"}
    anyway = client.post(DESK, typed | {"act": "register-anyway"})
    assert anyway.context["screen"].party.id != thai
    typing = client.post(f"{DESK}nguoi-trung/", typed)
    assert str(thai) in typing.content.decode()


def test_a_number_under_another_name_shows_whose_it_is_and_offers_them(
    cast: Cast, as_: As, thai: Any
) -> None:
    client = as_("binh")
    typed = {**new_person(name="Lê Văn Khác", number="040088000123")}
    answer = client.post(DESK, typed)
    assert "new.number" in answer.context["screen"].faults
    assert [one.id for one in answer.context["screen"].people] == [thai]
    assert f"party:{thai}" in answer.content.decode()
    assert client.post(DESK, typed | {"act": f"party:{thai}"}).context["screen"].party.id == thai


def test_only_the_year_of_birth_is_enough_at_the_desk(cast: Cast, as_: As) -> None:
    answer = as_("binh").post(DESK, {**new_person(name="Cụ Bà Lê Thị Năm"), "new.birth.y": "1938"})
    assert answer.context["screen"].party.born == PartialDate(1938)
    assert "1938" in answer.content.decode()


def test_a_foreigner_is_written_down_by_passport(cast: Cast, as_: As) -> None:
    client = as_("binh")
    typed = new_person(name="Kim Min Jun", paper="passport", number="m12345678", country="KR")
    party = client.post(DESK, typed).context["screen"].party
    assert (party.passport_number, party.passport_country, party.nationality) == ("M12345678", "KR", "KR")
    refused = client.post(DESK, typed | {"new.country": ""})
    assert "new.number" in refused.context["screen"].faults
