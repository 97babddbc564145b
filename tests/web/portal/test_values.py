"""Values on the pages of an application: what is shown is read back, faults stand at their fields, people do not mix."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import Cast
from tests.factories.drafts import press, seen_on
from tests.web.portal.conftest import LogIn

from motcua.catalogue.queries import version_in_force
from motcua.directory import queries as directory
from motcua.dossiers import queries as dossiers
from motcua.kernel import clock

LAND, BUSINESS, BIRTH = "1.013949", "1.001612", "1.001193"
OTHER = {
    "applicant": "other",
    "principal_name": "Lò Văn Pó",
    "principal_number": "040 060 001 960",
    "principal_birth.d": "2",
    "principal_birth.m": "3",
    "principal_birth.y": "1960",
    "mandate_kind": "relative",
    "mandate_ground": "con ruột",
    "phone": "0912 345 678",
    "email": "",
    "address": "",
}


class _Fields(HTMLParser):
    """Names and values of the inputs of a page, as a browser would post them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.posted: dict[str, str] = {}
        self.modes: dict[str, str] = {}
        self.select = self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "input" and (given.get("type") not in {"radio", "checkbox"} or "checked" in given):
            self.posted[given.get("name", "")] = given.get("value", "")
            self.modes[given.get("name", "")] = given.get("inputmode", "")
        elif tag == "textarea":
            self.text = given.get("name", "")
            self.posted[self.text] = ""
        elif tag == "select":
            self.select = given.get("name", "")
        elif tag == "option" and "selected" in given:
            self.posted[self.select] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.text:
            self.posted[self.text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.text = ""


def begun(client: Client, code: str) -> str:
    version = version_in_force(code, clock.today())
    return client.post(f"/thu-tuc/{version.code}/nop/")["Location"]


def autosave_of(address: str) -> str:
    return reverse("portal:autosave", args=[address.split("/")[2]])


def fields(response: Any) -> _Fields:
    return _Fields(response.content.decode())


def form_data(cast: Cast) -> dict[str, dict[str, object]]:
    (draft,) = dossiers.own_drafts(actor=cast.hoa)
    return dict(draft.form_data)


@pytest.mark.parametrize(("typed", "kept"), [("85,125", 85.125), ("0,375", 0.375), ("12.345,5", 12345.5)])
def test_a_decimal_survives_any_number_of_saves(people: Cast, log_in: LogIn, typed: str, kept: float) -> None:
    client = log_in("hoa")
    address = begun(client, LAND) + "to-khai/"
    client.post(address, fields(client.get(address)).posted | {"plot.area_m2": typed})
    for _ in range(3):
        page = fields(client.get(address))
        assert page.posted["plot.area_m2"] == typed
        assert page.modes["plot.area_m2"] == "decimal"
        client.post(autosave_of(address), page.posted)
        client.post(address, page.posted)
        assert form_data(people)["plot"]["area_m2"] == kept


def test_a_huge_number_is_a_fault_of_the_field(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begun(client, BIRTH) + "to-khai/"
    response = client.post(address, {"copies": "9" * 5000})
    assert response.status_code == 422
    assert "f-copies" in response.content.decode()
    assert client.post(autosave_of(address), {"copies": "9" * 5000}).status_code == 200


def test_only_the_year_of_the_mothers_birth_is_known(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begun(client, BIRTH) + "to-khai/"
    for typed, kept in (
        ({"mother.birth_on.y": "1956"}, "1956"),
        ({"mother.birth_on.m": "3", "mother.birth_on.y": "1956"}, "1956-03"),
        ({"mother.birth_on.u": "1"}, "XXXX"),
    ):
        page = press(client, address, {"parents": "mother_only", **typed}).content.decode()
        assert "f-mother-birth_on-error" not in page
        assert form_data(people)["mother"]["birth_on"] == kept
        shown = fields(client.get(address)).posted
        assert {name: shown.get(name) for name in typed} == typed
    page = press(client, address, {"parents": "mother_only", "child.birth_on.y": "2026"}).content.decode()
    assert "f-child-birth_on-error" in page


@pytest.mark.parametrize("opened", ["before the form was saved", "after the form was saved"])
def test_what_came_from_one_person_does_not_follow_into_the_form_of_another(
    people: Cast, log_in: LogIn, opened: str
) -> None:
    hoa = directory.party(people.hoa_party)
    client = log_in("hoa")
    begin = begun(client, BUSINESS)
    address = begin + "to-khai/"
    page = fields(client.get(address)).posted
    seen = seen_on(client, begin + "nguoi-nop/")
    client.post(address, page | {"business.name": "Quán Phở Hoa"})
    if opened == "after the form was saved":
        seen = seen_on(client, begin + "nguoi-nop/")
    assert client.post(begin + "nguoi-nop/", OTHER | {"_seen": str(seen)}).status_code == 302
    kept = form_data(people)
    assert kept["business"]["name"] == "Quán Phở Hoa"
    shown = fields(client.get(address))
    birthday = [shown.posted.get(f"owner.birth_on.{part}") for part in "dmy"]
    assert birthday == ["2", "3", "1960"]
    told = client.get(address).content.decode()
    assert "Lò Văn Pó" in told
    for of_hoa in (hoa.full_name, hoa.phone, hoa.email, hoa.address, hoa.number):
        assert not of_hoa or f'value="{of_hoa}"' not in told
    assert "owner.sex" not in shown.posted


def test_what_was_cleared_stays_cleared(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begun(client, BIRTH) + "to-khai/"
    page = fields(client.get(address)).posted
    assert page["requester.address"]
    client.post(address, page | {"requester.address": ""})
    assert fields(client.get(address)).posted["requester.address"] == ""


@pytest.mark.parametrize("email", ["x@a.vn, y@b.vn", "Hoa <hoa@a.vn>", "a b@c.vn", "@", "hoa@a"])
def test_an_address_that_is_none_is_said_where_it_is_typed(people: Cast, log_in: LogIn, email: str) -> None:
    client = log_in("hoa")
    response = client.post(begun(client, BIRTH) + "nguoi-nop/", OTHER | {"email": email})
    assert response.status_code == 422
    assert response.context["faults"].keys() == {"email"}


@pytest.mark.parametrize(
    ("phone", "email", "is_fine"),
    [
        ("+82 10 1234 5678", "", True),
        ("+1 415 555 2671", "", True),
        ("024 38221234", "", True),
        ("", "hoa@example.vn", True),
        ("", "", False),
        ("abc", "hoa@example.vn", False),
    ],
)
def test_people_are_reached_from_anywhere(
    people: Cast, log_in: LogIn, phone: str, email: str, is_fine: bool
) -> None:
    client = log_in("hoa")
    response = client.post(begun(client, BIRTH) + "nguoi-nop/", OTHER | {"phone": phone, "email": email})
    assert response.status_code == (302 if is_fine else 422)
    if not is_fine:
        assert "phone" in response.context["faults"]
