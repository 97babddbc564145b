"""The table of everyday words by page."""

from collections.abc import Callable

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
HERE = "/co-quan/danh-muc/tu-thuong-dung/"


def test_the_manager_tries_a_phrase_writes_it_and_takes_it_out(as_: As) -> None:
    manager = as_("nga")
    assert "Không thủ tục nào" in manager.get(HERE, {"q": "giấy hoa chuối"}).content.decode()
    typed = {"phrase": "giấy hoa chuối", "official": "đăng ký kết hôn\n"}
    assert manager.post(HERE, typed).status_code == 302
    page = manager.get(HERE, {"q": "giấy hoa chuối"})
    assert page.context["hits"][0].code == "1.000894"
    (line,) = page.context["lines"]
    assert manager.post(f"{HERE}{line.id}/bo/").status_code == 302
    assert manager.get(HERE, {"q": "giấy hoa chuối"}).context["lines"] == ()


def test_what_was_typed_stays_when_it_is_refused(as_: As) -> None:
    page = as_("nga").post(HERE, {"phrase": "sao y", "official": "chứng thực bản sao"})
    assert page.status_code == 422
    assert "chứng thực bản sao" in page.content.decode()
    assert "Bảng đã có cụm từ" in page.content.decode()


def test_the_menu_leads_managers_there(as_: As) -> None:
    assert HERE in as_("nga").get(HERE).content.decode()
