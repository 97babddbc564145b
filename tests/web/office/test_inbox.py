"""The inbox: groups with counts, search without accents, filters in the address, the same cost at any length."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.factories.dossiers import at_leader, in_work, received

from motcua.directory import queries as directory
from motcua.dossiers import services
from motcua.kernel import clock

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def test_groups_carry_their_counts_and_keep_the_search(cast: Cast, as_: As) -> None:
    received(cast)
    with clock.frozen(clock.now() + timedelta(days=40)):
        page = as_("chau").get("/co-quan/", {"q": "hoa"})
        groups = {tab.label: tab for tab in page.context["groups"]}
        assert groups["Quá hạn"].count == "1"
        assert groups["Mọi hạn"].is_current
        assert "q=hoa" in groups["Quá hạn"].url
        late = as_("chau").get(groups["Quá hạn"].url)
        assert "quá " in late.content.decode()
        assert as_("chau").get("/co-quan/?nhom=hom-nay").context["rows"] is None


@pytest.mark.parametrize("text", ["nguyen thi hoa", "NGUYỄN hoa", "khai sinh hoa", "1.001193"])
def test_search_forgives_accents_and_order(cast: Cast, as_: As, text: str) -> None:
    moved = received(cast)
    query = {"thu-tuc": text} if text.startswith("1.") else {"q": text}
    assert str(moved.code) in as_("chau").get("/co-quan/", query).content.decode()


def test_search_that_finds_nothing_offers_a_way_back(cast: Cast, as_: As) -> None:
    received(cast)
    page = as_("chau").get("/co-quan/?hop=tat-ca&q=khongcoai").content.decode()
    assert "Không có hồ sơ nào khớp" in page
    assert 'href="/co-quan/?hop=tat-ca"' in page


def test_boxes_show_what_is_mine_and_what_is_everybodys(cast: Cast, as_: As) -> None:
    mine, other = in_work(cast), received(cast).dossier_id
    text = as_("chau").get("/co-quan/?hop=cua-toi").content.decode()
    assert str(mine) in text
    assert str(other) not in text
    assert str(other) in as_("chau").get("/co-quan/").content.decode()


def test_pages_follow_each_other_by_key(cast: Cast, as_: As) -> None:
    ids = {str(received(cast).dossier_id) for _ in range(23)}
    client = as_("chau")
    first = client.get("/co-quan/?q=hoa")
    second = client.get(first.context["pager"].next_url)
    shown = {
        cell.url.split("/")[3]
        for page in (first, second)
        for row in page.context["rows"].rows
        for cell in row
        if cell.url
    }
    assert shown == ids
    assert "q=hoa" in first.context["pager"].next_url
    assert second.context["pager"].first_url == "/co-quan/?q=hoa"


@pytest.mark.parametrize("cursor", ["x", "~", "2026-99-99~00000000-0000-0000-0000-000000000000", "'; drop"])
def test_damaged_cursor_starts_over(cast: Cast, as_: As, cursor: str) -> None:
    received(cast)
    assert as_("chau").get("/co-quan/", {"sau": cursor}).status_code == 200


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("chau", "/co-quan/"),
        ("chau", "/co-quan/?hop=tat-ca&q=hoa"),
        ("chau", "/co-quan/?hop=cua-toi"),
        ("dung", "/co-quan/trinh-ky/"),
        ("em", "/co-quan/trinh-ky/"),
        ("phuc", "/co-quan/y-kien/"),
    ],
)
@pytest.mark.usefixtures("clock_stands")
def test_lists_cost_the_same_for_two_and_for_thirty(cast: Cast, as_: As, name: str, path: str) -> None:
    client = as_(name)

    def cost() -> int:
        with CaptureQueriesContext(connection) as made:
            assert client.get(path).status_code == 200
        return len(made)

    def fill(count: int) -> None:
        for _ in range(count):
            if "y-kien" in path:
                services.ask_opinion(
                    actor=cast.chau, dossier_id=in_work(cast), agency_id=cast.agriculture, question="Đất ai?"
                )
            else:
                (at_leader if "trinh-ky" in path else in_work)(cast)

    fill(2)
    client.get(path)
    few = cost()
    fill(28)
    assert cost() == few


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("nobody", 302),
        ("hoa", 404),
        ("an_phat", 404),
        ("chau", 200),
        ("giang", 200),
        ("nga", 200),
        ("quang", 302),
    ],
)
def test_only_officers_come_in(cast: Cast, as_: As, name: str, status: int) -> None:
    assert as_(name).get("/co-quan/").status_code == status


def test_giang_sees_nothing_of_an_binh(cast: Cast, as_: As) -> None:
    dossier_id = in_work(cast)
    client = as_("giang")
    for box in ("", "cua-toi", "cho-tra", "phoi-hop", "tat-ca"):
        assert client.get(f"/co-quan/?hop={box}").context["rows"] is None
    assert client.get(f"/co-quan/ho-so/{dossier_id}/").status_code == 404
    assert client.get(f"/co-quan/ho-so/{dossier_id}/viec/assign/").status_code == 404


def test_a_number_searched_for_never_stands_in_the_address(cast: Cast, as_: As) -> None:
    in_work(cast)
    client = as_("chau")
    number = directory.party(cast.hoa_party).number
    assert number is not None
    sent_on = client.post("/co-quan/", {"q": number, "kenh": "online"}).headers["Location"]
    assert number[-6:] not in sent_on
    assert "kenh=online" in sent_on
    page = client.get(sent_on).content.decode()
    assert "Nguyễn Thị Hoa" in page
    assert not re.search(f'href="[^"]*{number}', page), "neither in the links of the page"
    assert as_("chau").get(sent_on).context["filters"].text == "", "the key is of one session only"
    assert client.post("/co-quan/", {"q": "nguyen"}).headers["Location"] == "/co-quan/?q=nguyen"
    keys = {client.post("/co-quan/", {"q": f"00119500{n:04}"}).headers["Location"] for n in range(25)}
    assert len(keys) == 25
    assert len(client.session["searches"]) == 20
