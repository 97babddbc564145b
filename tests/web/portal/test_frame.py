"""The frame of trust: whose portal it is, how to reach a person, what programs ask for by convention, pages of failures."""

import re
from datetime import datetime
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from tests.cast import Cast
from tests.web.portal.conftest import LogIn

from motcua.kernel import clock
from motcua.kernel.calendar import WorkingCalendar
from motcua.web.kit.house import hours_words

pytestmark = pytest.mark.django_db

AROUND = ("contacts", "help", "privacy", "accessibility", "terms", "site_map")


def page(client: Client, path: str, language: str = "vi") -> str:
    return client.get(path, headers={"Accept-Language": language}).content.decode()


@pytest.mark.parametrize(
    "path", ["/", "/tra-cuu/", "/kiem-tra/", "/dang-nhap/", "/so-lieu/", "/khong-co-trang-nay/"]
)
def test_every_public_page_says_whose_it_is_and_has_the_doors(people: Cast, path: str) -> None:
    text = page(Client(), path)
    assert "Ủy ban nhân dân tỉnh Minh Sơn" in text
    assert 'href="tel:02990000100"' in text
    for view in ("portal:home", "portal:track", "verification:verify", "opendata:board"):
        assert f'href="{reverse(view)}"' in text, view
    for name in AROUND:
        assert f'href="{reverse(f"portal:{name}")}"' in text, name


@pytest.mark.parametrize("name", AROUND)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_around_are_there_in_both_languages(people: Cast, name: str, language: str) -> None:
    text = page(Client(), reverse(f"portal:{name}"), language)
    assert f'<html lang="{language}"' in text


def test_contact_points_have_address_hours_telephone_and_a_map(people: Cast) -> None:
    text = page(Client(), reverse("portal:contacts"))
    assert "Ủy ban nhân dân xã An Bình" in text
    assert 'href="tel:02990000111"' in text
    assert "thứ Hai đến thứ Sáu: 07:30–11:30, 13:30–17:30" in text
    assert "openstreetmap.org/search?query=Tr%E1%BB%A5+s%E1%BB%9F+UBND" in text
    only = page(Client(), reverse("portal:contacts") + "?q=an binh")
    assert "xã An Bình" in only
    assert "xã Yên Hòa" not in only


def test_a_chosen_place_is_remembered_on_the_first_page(people: Cast) -> None:
    client = Client()
    assert "Nơi bạn đã chọn" not in page(client, "/")
    client.post(reverse("portal:choose_place"), {"ma": "H99.11", "next": "/"})
    assert "Ủy ban nhân dân xã An Bình" in page(client, "/")
    client.post(reverse("portal:choose_place"), {"ma": "không có", "next": "/"})
    assert "Nơi bạn đã chọn" not in page(client, "/")


@pytest.mark.parametrize("wanted", ["https://example.org/", "//example.org"])
def test_choosing_a_place_leads_to_no_other_site(people: Cast, wanted: str) -> None:
    answer = Client().post(reverse("portal:choose_place"), {"ma": "H99.11", "next": wanted})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-30T09:00", "Đang mở cửa, đến 11:30"),
        ("2026-11-30T12:00", "Đang đóng cửa, mở lại 13:30 thứ Hai 30/11/2026"),
        ("2026-11-28T09:00", "Đang đóng cửa, mở lại 07:30 thứ Hai 30/11/2026"),
    ],
)
def test_open_and_shut_follow_the_calendar(people: Cast, moment: str, said: str) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=get_current_timezone())
    with patch.object(clock, "now", lambda: at):
        assert said in page(Client(), reverse("portal:contacts"))


def test_hours_are_said_by_runs_of_like_days() -> None:
    assert hours_words(WorkingCalendar()) == ("thứ Hai đến thứ Sáu: 07:30–11:30, 13:30–17:30",)


def test_programs_find_what_they_ask_for(people: Cast) -> None:
    client = Client()
    robots = client.get("/robots.txt")
    assert robots.headers["Content-Type"].startswith("text/plain")
    assert "Disallow: /ho-so/" in robots.content.decode()
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "/thu-tuc/1.001193/</loc>" in sitemap
    assert "/ho-so/" not in sitemap
    security = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: tel:02990000100" in security
    expires = re.search(r"^Expires: (\S+)Z$", security, re.MULTILINE)
    assert expires
    assert datetime.fromisoformat(expires[1]) > clock.now().replace(tzinfo=None)
    assert client.get("/favicon.ico").status_code == 301


def test_nothing_found_is_said_and_leads_on(people: Cast) -> None:
    text = page(Client(), "/tim/?q=qqzzxx")
    assert "Không tìm thấy thủ tục cho “qqzzxx”" in text
    assert text.count('href="/linh-vuc/') >= 3
    assert 'href="tel:02990000100"' in text
    assert "Hỏi người" in text


def test_what_has_no_english_is_marked_as_vietnamese(people: Cast) -> None:
    text = page(Client(), "/thu-tuc/1.001193/", "en")
    assert "How long" in text
    body = text[text.index('<main class="mc-main"') : text.index("</main>")]
    bare = re.sub(r'<(\w+)[^>]*lang="vi"[^>]*>.*?</\1>', "", body, flags=re.DOTALL)
    words = re.sub(r"\d+/QĐ-\w+", "", re.sub(r"<[^>]+>", " ", bare))  # the symbol of a decision is its name
    assert not re.search("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", words.lower()), words


def test_the_log_in_page_says_why_and_what_works_without(people: Cast) -> None:
    text = page(Client(), "/dang-nhap/?next=/ho-so/")
    assert "Vì sao cần đăng nhập" in text
    assert "Không có tài khoản" in text
    assert f'href="{reverse("portal:track")}"' in text


def test_a_failure_of_ours_keeps_the_frame(people: Cast, log_in: LogIn) -> None:
    client = log_in("nobody")
    client.raise_request_exception = False
    with patch("motcua.web.portal.views.find.catalogue.fields_offered", side_effect=RuntimeError):
        answer = client.get("/linh-vuc/")
    text = answer.content.decode()
    assert answer.status_code == 500
    assert f'href="{reverse("portal:track")}"' in text
    assert "Đi tiếp từ đây" in text
