"""Pages of logging in and out, as a browser meets them."""

from datetime import timedelta
from time import time

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from tests.cast import Cast

from motcua.directory import services
from motcua.directory.queries import Role
from motcua.kernel import clock
from motcua.provisioning.demo.directory import DEMO_PASSWORD

pytestmark = pytest.mark.django_db

PASSWORD = "con đường xưa em đi"
PAGE = "/dang-nhap/"


@pytest.fixture
def ready(cast: Cast) -> Cast:
    for name in ("binh", "dung"):
        services.set_password(actor=cast.quang, account_id=cast.account(name), password=PASSWORD)
    return cast


def _is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_in_and_out(ready: Cast, client: Client) -> None:
    del ready
    assert client.get(PAGE).status_code == 200
    answer = client.post(PAGE, {"username": "binh", "password": PASSWORD, "next": "/co-quan/"})
    assert (answer.status_code, answer["Location"]) == (302, "/co-quan/")
    assert _is_in(client)
    assert client.get(PAGE).status_code == 302
    assert client.get("/dang-xuat/").status_code == 405
    assert client.post("/dang-xuat/").status_code == 302
    assert not _is_in(client)


def test_a_refusal_says_why_and_keeps_the_name_only(ready: Cast, client: Client) -> None:
    del ready
    answer = client.post(PAGE, {"username": "binh", "password": "sai-mat-khau"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in page
    assert 'value="binh"' in page
    assert "sai-mat-khau" not in page
    for _ in range(5):
        answer = client.post(PAGE, {"username": "binh", "password": "sai-mat-khau"})
    assert "Vui lòng thử lại sau" in answer.content.decode()
    assert not _is_in(client)


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(ready: Cast, client: Client, elsewhere: str) -> None:
    del ready
    answer = client.post(PAGE, {"username": "binh", "password": PASSWORD, "next": elsewhere})
    assert answer["Location"] == "/bat-dau/"


def test_a_second_factor_is_set_up_then_asked_for(ready: Cast, client: Client) -> None:
    services.require_second_factor(actor=ready.quang, role=Role.LEADER, is_required=True)
    answer = client.post(PAGE, {"username": "dung", "password": PASSWORD, "next": "/co-quan/"})
    assert answer["Location"] == "/dang-nhap/thiet-bi/"
    assert not _is_in(client)
    page = client.get("/dang-nhap/thiet-bi/").content.decode()
    assert "data:image/svg+xml" in page
    wrong = client.post("/dang-nhap/thiet-bi/", {"device": _device().pk, "token": "abc"})
    assert wrong.status_code == 422
    right = client.post("/dang-nhap/thiet-bi/", {"device": _device().pk, "token": _code()})
    assert right["Location"] == "/co-quan/"
    assert _is_in(client)

    client.post("/dang-xuat/")
    TOTPDevice.objects.update(last_t=-1)
    answer = client.post(PAGE, {"username": "dung", "password": PASSWORD})
    assert answer["Location"] == "/dang-nhap/ma-xac-thuc/"
    assert client.get("/dang-nhap/thiet-bi/")["Location"] == "/dang-nhap/ma-xac-thuc/"
    assert client.post("/dang-nhap/ma-xac-thuc/", {"token": "abc"}).status_code == 422
    assert not _is_in(client)
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert client.post("/dang-nhap/ma-xac-thuc/", {"token": _code()}).status_code == 302
    assert _is_in(client)


def _device() -> TOTPDevice:
    return TOTPDevice.objects.get()


def _code() -> str:
    device = _device()
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time()
    return f"{totp.token():06d}"


@pytest.mark.parametrize("page", ["/dang-nhap/ma-xac-thuc/", "/dang-nhap/thiet-bi/"])
def test_a_code_without_a_password_before_it_leads_back(client: Client, page: str) -> None:
    assert client.get(page)["Location"] == PAGE
    assert client.post(page, {"token": "123456", "device": "1"})["Location"] == PAGE


def test_a_code_that_comes_too_late_leads_back(ready: Cast, client: Client) -> None:
    services.require_second_factor(actor=ready.quang, role=Role.LEADER, is_required=True)
    client.post(PAGE, {"username": "dung", "password": PASSWORD})
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        assert client.get("/dang-nhap/thiet-bi/")["Location"] == PAGE


def test_sessions_end_when_idle(ready: Cast, client: Client) -> None:
    del ready
    client.post(PAGE, {"username": "binh", "password": PASSWORD})
    begun = clock.now()
    with clock.frozen(begun + timedelta(minutes=50)):
        client.get(PAGE)
        assert _is_in(client)
    with clock.frozen(begun + timedelta(minutes=100)):
        client.get(PAGE)
        assert _is_in(client)
    with clock.frozen(begun + timedelta(minutes=170)):
        page = client.get(PAGE).content.decode()
        assert not _is_in(client)
        assert "Phiên làm việc đã hết hạn" in page


def test_the_demo_says_its_log_ins(ready: Cast, client: Client) -> None:
    del ready
    page = client.get(PAGE).content.decode()
    assert DEMO_PASSWORD in page
    assert "Trần Văn Bình" in page


def test_the_next_page_survives_in_the_form(client: Client) -> None:
    page = client.get(f"{PAGE}?next=/ho-so/%3Ftrang%3D2").content.decode()
    assert 'name="next" value="/ho-so/?trang=2"' in page
