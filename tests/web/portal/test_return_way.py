"""How the result comes back is asked once, and carries its address to wherever it is read."""

import pytest
from tests.cast import Cast
from tests.factories.dossiers import BIRTH, BIRTH_FORM, received
from tests.factories.drafts import fill_in, press
from tests.web.counter.test_desk import DESK, screen
from tests.web.portal.conftest import LogIn
from tests.web.portal.test_pages import begin

from motcua.dossiers import queries
from motcua.dossiers.errors import ContactInvalid, ReturnAddressMissing
from motcua.dossiers.rules.given import with_return_address

pytestmark = pytest.mark.django_db

FLAT = "Số 5, phố Mới, phường Minh Sơn, tỉnh Minh Sơn"


def place(people: Cast, **changes: str) -> dict[str, str]:
    return {
        "agency": str(people.an_binh),
        "case": "ordinary",
        "way": "postal",
        "return_address": FLAT,
    } | changes


def test_a_long_address_is_said_to_be_too_long_and_never_cut(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    typed = "Thôn Đông, " * 40
    who = {"applicant": str(people.hoa_party), "phone": "0912 345 678", "email": "", "address": typed}
    answer = press(client, begin(client) + "nguoi-nop/", who)
    assert answer.status_code == 422
    assert "Tối đa 200 ký tự" in answer.content.decode()
    assert typed.strip() in answer.content.decode()


def test_the_post_needs_an_address_and_brings_the_result_there(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begin(client)
    empty = press(client, address + "noi-nop/", place(people, return_address=" "))
    assert "Nhập địa chỉ nhận kết quả qua bưu điện" in empty.content.decode()
    assert press(client, address + "noi-nop/", place(people)).status_code == 302
    who = {"applicant": str(people.hoa_party), "phone": "0912 345 678", "email": "", "address": ""}
    assert press(client, address + "nguoi-nop/", who).status_code == 302
    assert FLAT in client.get(address + "xem-lai/").content.decode()
    (draft,) = queries.own_drafts(actor=people.hoa)
    fill_in(people.hoa, draft.id, form_data=BIRTH_FORM, promised=["birth-notification"])
    assert press(client, address + "xem-lai/").status_code == 302
    (row,) = queries.own_dossiers(actor=people.hoa).rows
    page = queries.dossier_page(actor=people.hoa, dossier_id=row.id)
    assert (page.return_way, page.contact["return_address"]) == ("postal", FLAT)
    for reader, at in (("hoa", f"/ho-so/{row.id}/"), ("binh", f"/quay/ho-so/{row.id}/")):
        assert FLAT in log_in(reader).get(at).content.decode()


def test_another_way_carries_none(people: Cast, log_in: LogIn) -> None:
    moved = received(people, return_way="counter", contact={"phone": "0912345678", "return_address": FLAT})
    page = queries.dossier_page(actor=people.binh, dossier_id=moved.dossier_id)
    assert "return_address" not in page.contact


@pytest.mark.parametrize("way", ["postal", "post"])
def test_form_01_says_where_the_post_brings_it(people: Cast, way: str) -> None:
    """Programs wrote `post`, pages `postal`, and the paper knew one of them."""
    moved = received(people, return_way=way, contact={"phone": "0912345678", "return_address": FLAT})
    page = queries.dossier_page(actor=people.binh, dossier_id=moved.dossier_id)
    assert page.return_way == "postal"
    content = page.forms[0].content
    assert (content["return_way"], content["return_address"]) == ("postal", FLAT)


def test_without_one_it_goes_where_the_person_is_reached_or_lives(people: Cast) -> None:
    def address(**contact: str) -> str:
        moved = received(people, return_way="postal", contact=contact)
        return str(
            queries.dossier_page(actor=people.binh, dossier_id=moved.dossier_id).contact["return_address"]
        )

    assert address(address="Thôn Tây, xã An Bình") == "Thôn Tây, xã An Bình"
    assert address() == "Thôn Đông, xã An Bình, tỉnh Minh Sơn"


def test_with_none_at_all_it_is_not_sent_by_post(people: Cast) -> None:
    with pytest.raises(ReturnAddressMissing):
        with_return_address("postal", {"phone": "0912345678"}, str)
    with pytest.raises(ContactInvalid):
        received(people, return_way="postal", contact={"return_address": "Thôn\u200b Đông"})


def test_the_desk_asks_for_it_beside_the_way(cast: Cast, as_: LogIn) -> None:
    answer = as_("binh").post(DESK, screen(cast, return_way="postal", return_address=FLAT), follow=True)
    assert answer.context["page"].contact["return_address"] == FLAT
    wrong = as_("binh").post(DESK, screen(cast, return_way="postal", return_address="\u200b\u200b1"))
    assert "return_address" in wrong.context["screen"].faults
    assert BIRTH in wrong.content.decode()
