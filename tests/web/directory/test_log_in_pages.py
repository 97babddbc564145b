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
from motcua.kernel.authority import SYSTEM
from motcua.kernel.models import ThrottleCount
from motcua.provisioning.demo.directory import DEMO_PASSWORD

pytestmark = pytest.mark.django_db

PASSWORD = "con đường xưa em đi"
PAGE = "/dang-nhap/"


@pytest.fixture
def ready(cast: Cast) -> Cast:
    for name in ("binh", "dung"):
        services.set_password(actor=SYSTEM, account_id=cast.account(name), password=PASSWORD)
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
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60
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
    wrong = client.post(
        "/dang-nhap/thiet-bi/", {"device": _device().pk, "token": "abc", "password": PASSWORD}
    )
    assert wrong.status_code == 422
    right = client.post(
        "/dang-nhap/thiet-bi/", {"device": _device().pk, "token": _code(), "password": PASSWORD}
    )
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


NEW = "một câu dài dễ nhớ"


def test_a_password_from_somebody_else_opens_only_the_page_for_ones_own(ready: Cast, client: Client) -> None:
    password = services.reset_password(actor=ready.quang, account_id=ready.account("binh"))
    answer = client.post(PAGE, {"username": "binh", "password": password, "next": "/co-quan/"})
    assert answer["Location"] == "/dang-nhap/mat-khau-moi/"
    assert not _is_in(client)
    here = answer["Location"]
    assert client.get(here).status_code == 200
    assert client.post(here, {"password": NEW, "again": "khác"}).status_code == 422
    assert client.post(here, {"password": password, "again": password}).status_code == 422
    assert client.post(here, {"password": "ngắn", "again": "ngắn"}).status_code == 422
    assert not _is_in(client)
    assert client.post(here, {"password": NEW, "again": NEW})["Location"] == "/co-quan/"
    assert _is_in(client)


def test_a_new_password_does_not_go_round_the_second_factor(ready: Cast, client: Client) -> None:
    services.require_second_factor(actor=ready.quang, role=Role.LEADER, is_required=True)
    password = services.reset_password(actor=SYSTEM, account_id=ready.account("dung"))
    TOTPDevice.objects.create(user_id=ready.account("dung"), confirmed=True)
    client.post(PAGE, {"username": "dung", "password": password})
    assert client.get("/dang-nhap/mat-khau-moi/")["Location"] == "/dang-nhap/ma-xac-thuc/"
    assert client.post("/dang-nhap/mat-khau-moi/", {"password": NEW, "again": NEW}).status_code == 302
    assert not _is_in(client)
    answer = client.post("/dang-nhap/ma-xac-thuc/", {"token": _code()})
    assert answer["Location"] == "/dang-nhap/mat-khau-moi/"
    client.post(answer["Location"], {"password": NEW, "again": NEW})
    assert _is_in(client)


def test_everybody_changes_their_own_password_and_other_sessions_end(ready: Cast, client: Client) -> None:
    other = Client()
    for one in (client, other):
        one.post(PAGE, {"username": "binh", "password": PASSWORD})
    here = "/tai-khoan/"
    assert client.post(here, {"current": "sai", "password": NEW, "again": NEW}).status_code == 422
    assert client.post(here, {"current": PASSWORD, "password": NEW, "again": "x"}).status_code == 422
    assert client.post(here, {"current": PASSWORD, "password": NEW, "again": NEW}).status_code == 302
    page = client.get(here).content.decode()
    assert "Tự đổi mật khẩu" in page
    assert other.get(here).status_code == 302, "the other session has ended"
    wrong = {"current": "sai", "password": PASSWORD, "again": PASSWORD}
    answers = [client.post(here, wrong) for _ in range(5)]
    assert [one.status_code for one in answers] == [422] * 4 + [429]
    assert int(answers[-1]["Retry-After"]) > 0


def test_setting_up_a_device_asks_for_the_password_and_ends_sessions_without_it(
    ready: Cast, client: Client
) -> None:
    del ready
    other = Client()
    for one in (client, other):
        one.post(PAGE, {"username": "binh", "password": PASSWORD})
    here = "/tai-khoan/thiet-bi/"
    assert client.get(here).status_code == 200
    sent = {"device": _device().pk, "token": _code(), "password": "sai"}
    assert client.post(here, sent).status_code == 422
    assert not TOTPDevice.objects.filter(confirmed=True).exists()
    sent = {"device": _device().pk, "token": _code(), "password": PASSWORD}
    assert client.post(here, sent)["Location"] == "/tai-khoan/"
    assert client.get("/tai-khoan/").status_code == 200
    assert other.get("/tai-khoan/").status_code == 302
    assert not _is_in(other)


def test_the_switch_of_a_role_ends_sessions_that_no_device_confirmed(ready: Cast, client: Client) -> None:
    client.post(PAGE, {"username": "dung", "password": PASSWORD})
    assert client.get("/tai-khoan/").status_code == 200
    services.require_second_factor(actor=ready.quang, role=Role.LEADER, is_required=True)
    assert client.get("/tai-khoan/").status_code == 302
    assert not _is_in(client)
    services.require_second_factor(actor=ready.quang, role=Role.LEADER, is_required=False)
    client.post(PAGE, {"username": "dung", "password": PASSWORD})
    assert client.get("/tai-khoan/").status_code == 200


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        ("127.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("127.0.0.1", "203.0.113.9, 198.51.100.7, ::1", "198.51.100.7"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_only_proxies_of_ours_say_where_somebody_comes_from(
    ready: Cast, client: Client, peer: str, forwarded: str, seen: str
) -> None:
    del ready
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    client.post(PAGE, {"username": "binh", "password": "sai"}, REMOTE_ADDR=peer, headers=headers)
    assert (
        ThrottleCount.objects.get(subject="binh", scope="log_in", failures=1, network__gt="").network == seen
    )


def test_pages_about_oneself_stand_in_the_frame_of_their_reader(cast: Cast) -> None:
    """A citizen stays in the portal, with its doors and its footer; an officer among the officers' pages."""
    for who, is_public in (("hoa", True), ("binh", False)):
        client = Client()
        cast.login(client, who)
        for address in ("/tai-khoan/", "/tai-khoan/thiet-bi/"):
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert ("mc-public" in answer.content.decode()) is is_public, (who, address)
