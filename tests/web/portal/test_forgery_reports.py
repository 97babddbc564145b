"""From the verdict on a forged paper to the officer who says what was done about it, by the links and buttons of the pages."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from pytest_django import Settings
from tests.cast import Cast
from tests.web.portal.test_verification import issue, send, signed, world

from motcua.documents import queries
from motcua.documents.models import ForgeryReport

__all__ = ["signed", "world"]
As = Callable[[str], Client]
REPORT = "/kiem-tra/bao-giay-gia/"
HANDLE = "/co-quan/bao-giay-gia/"
pytestmark = pytest.mark.django_db


def way_to_report(page: str) -> str:
    found = re.search(r'href="(/kiem-tra/bao-giay-gia/\?kq=[^"]+)"', page)
    assert found is not None
    return unescape(found[1])


def answer_in(page: str) -> str:
    found = re.search(r'name="kq" value="([^"]+)"', page)
    return unescape(found[1]) if found else ""


def test_from_a_red_verdict_to_the_administrator_who_closes_it(
    client: Client, cast: Cast, as_: As, signed: bytes
) -> None:
    issue(signed)
    spoiled = bytearray(signed)
    spoiled[signed.index(b"stream") + 8] ^= 1
    _, verdict = send(client, bytes(spoiled))
    form = client.get(way_to_report(verdict)).content.decode()
    assert "Đừng dùng: tệp đã bị sửa sau khi ký" in form
    told = client.post(
        REPORT, {"kq": answer_in(form), "text": "Mua ở chợ, dấu mờ", "contact": ""}, follow=True
    )
    (kept,) = ForgeryReport.objects.all()
    assert f"GG-{kept.id.hex[-8:].upper()}" in told.content.decode()
    assert (kept.finding, len(kept.sha256)) == ("changed", 64)
    quang = as_("quang")
    listed = quang.get(HANDLE).content.decode()
    assert "Mua ở chợ, dấu mờ" in listed
    assert kept.sha256 in listed
    bare = quang.post(HANDLE, {"id": str(kept.id), "note": " "})
    assert bare.status_code == 422
    assert "Mua ở chợ, dấu mờ" in bare.content.decode()
    done = quang.post(HANDLE, {"id": str(kept.id), "note": "Đã chuyển công an xã"}, follow=True)
    assert "Không có báo nào." in done.content.decode()
    assert "Đã chuyển công an xã" in quang.get(f"{HANDLE}?muc=da-dong").content.decode()


def test_the_door_is_where_people_read_verdicts(client: Client, signed: bytes) -> None:
    issue(signed)
    for page in (client.get("/kiem-tra/").content.decode(), send(client, signed)[1]):
        assert client.get(way_to_report(page)).status_code == 200
    assert REPORT in client.get("/tro-giup/").content.decode()
    forged = client.post("/kiem-tra/", {"ma": "MC1.x.y"}).content.decode()
    assert client.get(way_to_report(forged)).status_code == 200


def test_an_answer_the_system_did_not_give_is_not_taken_along(
    client: Client, cast: Cast, signed: bytes
) -> None:
    issue(signed)
    form = client.get(way_to_report(send(client, signed)[1])).content.decode()
    forged = answer_in(form)[:-3] + "AAA"
    assert "chưa kèm kết quả kiểm tra" in client.get(REPORT, {"kq": forged}).content.decode()
    client.post(REPORT, {"kq": forged, "text": "Giả"})
    (kept,) = queries.forgery_reports(actor=cast.quang)
    assert (kept.finding, kept.sha256, kept.paper) == ("", "", None)


def test_nothing_typed_is_lost_and_a_flood_is_slowed(client: Client, settings: Settings) -> None:
    settings.MOTCUA_FORGERY_REPORTS_PER_MINUTE = 2
    refused = client.post(REPORT, {"text": "", "contact": "0912345678"})
    assert refused.status_code == 422
    assert "0912345678" in refused.content.decode()
    for text in ("Giả", "Giả nữa"):  # what was refused took nobody's turn
        assert client.post(REPORT, {"text": text}).status_code == 302
    answer = client.post(REPORT, {"text": "Giả lần ba", "contact": "0912345678"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "Giả lần ba" in answer.content.decode()
    assert "0912345678" in answer.content.decode()
    assert ForgeryReport.objects.count() == 2
