"""Before a form is sent: the same asked twice is pointed out, "I am the mother" fills the mother, official lists are chosen
from, what cannot be true is said at its field.
"""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import Cast
from tests.factories.dossiers import BIRTH, BIRTH_FORM, submitted
from tests.factories.drafts import fill_in, press
from tests.web.counter.test_desk import posted_form
from tests.web.portal.conftest import LogIn

from motcua.dossiers import queries

pytestmark = pytest.mark.django_db


def begin(client: Client, code: str = BIRTH) -> str:
    return str(client.post(reverse("portal:begin", args=[code])).headers["Location"])


def values(answer: Any) -> dict[str, Any]:
    return {one.name: one.value for part in answer.context["bound"].sections for one in part.fields}


@pytest.mark.parametrize("is_same", [True, False])
def test_an_identical_application_is_pointed_out_and_sent_all_the_same(
    people: Cast, log_in: LogIn, is_same: bool
) -> None:
    submitted(people)
    client = log_in("hoa")
    address = begin(client)
    child = BIRTH_FORM["child"] | ({} if is_same else {"full_name": "Trần Gia Khang"})
    fill_in(
        people.hoa,
        queries.own_drafts(actor=people.hoa)[0].id,
        receiving_id=people.an_binh,
        applicant_id=people.hoa_party,
        contact={"phone": "0912345678"},
        form_data={**BIRTH_FORM, "child": child},
        promised=["birth-notification"],
    )
    review = client.get(address + "xem-lai/")
    assert [one.is_same for one in review.context["alike"]] == [is_same]
    page = review.content.decode()
    assert "Bạn đã gửi hồ sơ cùng thủ tục" in page
    assert ("nội dung giống hệt" in page) is is_same
    assert press(client, address + "xem-lai/").status_code == 302
    assert len(queries.own_dossiers(actor=people.hoa).rows) == 2


def test_i_am_the_mother_fills_the_mother_without_scripts(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begin(client) + "to-khai/"
    assert not values(client.get(address))["mother.full_name"]
    press(client, address, {"requester.relation": "mother", "parents": "both", "mother.full_name": ""})
    first = client.get(address)
    assert values(first)["mother.full_name"] == "Nguyễn Thị Hoa"
    assert values(first)["mother.birth_on"] == {"d": "12", "m": "3", "y": "1995"}
    assert not values(first)["father.full_name"]
    shown = {"_filled": json.dumps(dict(first.context["bound"].filled))}
    # What was taken out stays out; who turns out to be the father takes the mother's answers with him.
    out = {"requester.relation": "mother", "parents": "both", "mother.full_name": "", **shown}
    press(client, address, out)
    assert values(client.get(address))["mother.full_name"] == ""
    typed = {"mother.full_name": "Nguyễn Thị Hoa", "mother.address": "Nơi khác, xã An Bình"}
    press(client, address, {"requester.relation": "father", "parents": "both", **typed, **shown})
    turned = values(client.get(address))
    assert not turned["mother.full_name"]
    assert turned["mother.address"] == "Nơi khác, xã An Bình"
    assert turned["father.full_name"] == "Nguyễn Thị Hoa"


def test_lists_are_offered_and_what_they_lack_stays_to_be_seen(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begin(client) + "to-khai/"
    page = client.get(address)
    assert values(page)["child.nationality"] == "Việt Nam"
    assert values(page)["child.ethnicity"] == ""
    options = page.content.decode()
    assert '<option value="Rơ măm"' in options
    answer = client.post(address, posted_form(BIRTH_FORM) | {"child.ethnicity": "Người Sao Hỏa"})
    assert answer.status_code == 422
    assert "Người Sao Hỏa (không có trong danh mục)" in answer.content.decode()


def test_what_cannot_be_true_is_said_at_its_field_in_both_languages(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begin(client) + "to-khai/"
    answer = client.post(address, posted_form(BIRTH_FORM) | {"mother.birth_on.y": "2020"})
    assert answer.status_code == 422
    said = {one.name: one.error for part in answer.context["bound"].sections for one in part.fields}
    assert said["child.birth_on"].startswith("Mẹ phải hơn con ít nhất 12 tuổi")
    english = client.get(address + "?kiem-tra=1", headers={"Accept-Language": "en"}).content.decode()
    assert (
        "The mother must be at least 12 years older than the child" in english or "Mẹ phải hơn con" in english
    )


def test_whoever_may_not_apply_is_told_before_the_end(people: Cast, log_in: LogIn) -> None:
    client = log_in("an_phat")
    address = begin(client, "1.001612") + "to-khai/?kiem-tra=1"
    assert "Hộ kinh doanh do cá nhân đủ 18 tuổi đăng ký" in client.get(address).content.decode()
