"""Administration by page: agencies, reorganisation, calendars, people."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.http import HttpResponseRedirect
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast
from tests.factories.dossiers import in_work

from motcua.directory import queries as directory
from motcua.directory import services
from motcua.directory.errors import DayOver
from motcua.directory.events import AgencySucceeded
from motcua.directory.models import Account, Assignment, DayOverride
from motcua.directory.queries import Role
from motcua.dossiers import services as dossiers
from motcua.dossiers.jobs import on_agency_succeeded
from motcua.dossiers.models import Dossier
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
ROOT = "/co-quan/quan-tri/"
MONDAY = datetime(2026, 12, 7, 8, tzinfo=clock.LOCAL)


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}.d": str(day.day), f"{name}.m": str(day.month), f"{name}.y": str(day.year)}


def test_agencies_are_found_paged_and_shown_with_both_codes(
    cast: Cast, as_: As, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    quang = as_("quang")
    page = quang.get(ROOT, {"q": "an binh"}).content.decode()
    assert "H99.11" in page
    assert "H99.12" not in page
    assert "Không có cơ quan nào khớp" in quang.get(ROOT, {"q": "khongco"}).content.decode()
    assert "Chưa có cơ quan nào ở đây" in quang.get(ROOT, {"hop": "da-ngung"}).content.decode()
    first = directory.agencies_listed(actor=cast.quang, limit=2)
    rest = directory.agencies_listed(actor=cast.quang, limit=50, after=first.after)
    codes = [row.code for row in (*first.rows, *rest.rows)]
    assert codes == sorted(set(codes))
    assert len(codes) > 3
    with django_assert_max_num_queries(8):
        quang.get(ROOT)
    one = quang.get(f"{ROOT}co-quan/{cast.an_binh}/").content.decode()
    assert "H99.11" in one
    assert "000.00.11.H99" in one
    wrong = quang.post(f"{ROOT}co-quan/{cast.an_binh}/", {"phone": "12", "address": "Thôn Nam"})
    assert wrong.status_code == 422
    assert "Thôn Nam" in wrong.content.decode()
    quang.post(f"{ROOT}co-quan/{cast.an_binh}/", {"phone": "0912345678", "address": "Thôn Nam"})
    assert directory.agency(cast.an_binh).address == "Thôn Nam"
    assert quang.get(f"{ROOT}co-quan/{cast.hoa_party}/").status_code == 404


def test_a_swap_is_looked_at_before_it_is_decided_and_may_be_withdrawn(cast: Cast, as_: As) -> None:
    here = f"{ROOT}co-quan/{cast.an_binh}/lich/"
    with clock.frozen(MONDAY):
        dossier_id = in_work(cast)
        quang = as_("quang")
        tomorrow = boxes("day", date(2026, 12, 8))
        swap = {**tomorrow, "sort": "off", "name": "Nghỉ do bão", "source": "Công văn 12"}
        assert quang.post(here, {"act": "look", **tomorrow}).status_code == 422
        looked = quang.post(here, {"act": "look", **swap}).content.decode()
        assert "Hạn của hồ sơ đang mở sẽ đổi" in looked
        assert "1 trong 1 hồ sơ" in looked
        assert "09/12/2026" in looked
        assert not DayOverride.objects.filter(agency_id=cast.an_binh).exists()
        assert Dossier.objects.get(pk=dossier_id).due_at == MONDAY.replace(day=8)
        assert quang.post(here, {"act": "decide", **swap}).status_code == 302
        (decided,) = DayOverride.objects.filter(agency_id=cast.an_binh)
        back = f"{ROOT}lich/{decided.pk}/rut/"
        assert "Nghỉ do bão" in quang.get(back).content.decode()
        assert quang.post(back, {"reason": " "}).status_code == 422
        assert quang.post(back, {"reason": "Bão đổi hướng"}).headers["Location"] == here
        assert not DayOverride.objects.filter(agency_id=cast.an_binh).exists()
    with clock.frozen(MONDAY):
        quang.post(here, {"act": "decide", **swap})
    (decided,) = DayOverride.objects.filter(agency_id=cast.an_binh)
    with clock.frozen(MONDAY + timedelta(days=9)):
        late = as_("quang").post(f"{ROOT}lich/{decided.pk}/rut/", {"reason": "muộn"})
        with pytest.raises(DayOver):
            services.withdraw_day(actor=cast.quang, override_id=decided.pk, reason="muộn")
    assert late.status_code == 422
    assert "đã qua" in late.content.decode()


def test_a_day_for_everybody_yields_to_the_agencys_own(cast: Cast, as_: As) -> None:
    everywhere = {**boxes("day", date(2026, 12, 8)), "sort": "off", "name": "Nghỉ", "source": "QĐ 1"}
    with clock.frozen(MONDAY):
        in_work(cast)
        quang = as_("quang")
        worked = {**everywhere, "sort": "worked", "name": "Trực"}
        quang.post(f"{ROOT}co-quan/{cast.an_binh}/lich/", {"act": "decide", **worked})
        looked = quang.post(f"{ROOT}lich/", {"act": "look", **everywhere}).content.decode()
        assert "Không hồ sơ đang mở nào đổi hạn" in looked


def test_office_hours_are_written_as_people_write_them(cast: Cast, as_: As) -> None:
    here = f"{ROOT}co-quan/{cast.an_binh}/lich/"
    quang = as_("quang")
    asked = {"act": "hours", "weekday": "5", "hours_source": "QĐ 9", **boxes("begins", clock.today())}
    for wrong in ("bảy rưỡi", "11:30-07:30", "25:00-26:00"):
        assert quang.post(here, {**asked, "hours": wrong}).status_code == 422
    assert quang.post(here, {**asked, "hours": "7h30 - 11h30"}).status_code == 302
    assert "07:30–11:30" in quang.get(here).content.decode()
    saturday = clock.today() + timedelta(days=(5 - clock.today().weekday()) % 7)
    assert directory.calendar_of(cast.an_binh).is_working_day(saturday) or saturday.month in (1, 2)


def test_a_reorganisation_is_looked_at_then_carried_out_then_acknowledged(cast: Cast, as_: As) -> None:
    dossier_id = in_work(cast)
    quang = as_("quang")
    here = f"{ROOT}to-chuc-lai/"
    wrong = quang.post(here, {"act": "look", "predecessors": "H99.98", "successor": "H99.11 H99.12"})
    assert wrong.status_code == 422
    plan = {
        "predecessors": "000.00.11.H99",
        "successor": "H99.12",
        "decision": "Nghị quyết 5/NQ-HĐND",
        **boxes("effective", clock.today()),
    }
    assert quang.post(here, {"act": "look", **plan, "successor": "H99.11"}).status_code == 422
    looked = quang.post(here, {"act": "look", **plan}).content.decode()
    assert "1 hồ sơ đang mở" in looked
    assert directory.successors_of(cast.an_binh) == ()
    done = quang.post(here, {"act": "do", **plan})
    assert done.headers["Location"] == f"{ROOT}co-quan/{cast.yen_hoa}/"
    assert "Nghị quyết 5/NQ-HĐND" in quang.get(done.headers["Location"]).content.decode()
    assert "H99.11" in quang.get(ROOT, {"hop": "da-ngung"}).content.decode()
    again = quang.post(here, {"act": "do", **plan})
    assert again.status_code == 422
    assert Dossier.objects.get(pk=dossier_id).competent_id == cast.an_binh, "the worker has not run yet"


def test_a_reorganisation_of_tomorrow_moves_nothing_today(cast: Cast) -> None:
    dossier_id = in_work(cast)
    tomorrow = clock.today() + timedelta(days=1)
    services.reorganise_agencies(
        actor=cast.quang,
        predecessor_ids=[cast.an_binh],
        successor_ids=[cast.yen_hoa],
        effective_on=tomorrow,
        decision="NQ 5",
    )
    on_agency_succeeded(
        AgencySucceeded(
            predecessor_id=cast.an_binh, successor_id=cast.yen_hoa, effective_on=tomorrow, decision="NQ 5"
        )
    )
    assert Dossier.objects.get(pk=dossier_id).competent_id == cast.an_binh
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert dossiers.hand_over_due(actor=SYSTEM) == 1
        assert dossiers.hand_over_due(actor=SYSTEM) == 0
    assert Dossier.objects.get(pk=dossier_id).competent_id == cast.yen_hoa


def test_people_get_roles_and_log_ins_and_lose_them(cast: Cast, as_: As) -> None:
    here = f"{ROOT}co-quan/{cast.an_binh}/can-bo/"
    quang = as_("quang")
    assert "Trần Văn Bình" in quang.get(here).content.decode()
    new = {
        "act": "new",
        "full_name": "Vũ Văn Mới",
        "number": "CB-777",
        "username": "moi",
        "first_role": Role.CASE_OFFICER.value,
    }
    assert quang.post(here, {**new, "username": "binh"}).status_code == 422
    assert not Assignment.objects.filter(staff__number="CB-777").exists(), "all or nothing"
    told = quang.post(here, new)
    assert "Đã mở tài khoản." in told.content.decode()
    assert told["Cache-Control"].startswith("private, no-store")
    account = Account.objects.get(username="moi")
    assert directory.actor_of(account.pk).may("dossier.appraise", cast.an_binh)
    (held,) = Assignment.objects.filter(staff=account.staff)
    give = {"act": "give", "staff": str(account.staff_id), "role": Role.CASHIER.value}
    assert quang.post(here, give).status_code == 302
    assert quang.post(here, give).status_code == 422
    assert quang.post(here, {"act": "end", "assignment": str(held.pk)}).status_code == 302
    assert not directory.actor_of(account.pk).may("dossier.appraise", cast.an_binh)
    assert "Vũ Văn Mới" in quang.get(here, {"q": "vu van moi"}).content.decode()
    assert quang.post(here, {"act": "password", "account": str(account.pk)}).status_code == 200
    assert quang.post(here, {"act": "device", "account": str(account.pk)}).status_code == 302
    assert quang.post(here, {"act": "close", "account": str(account.pk)}).status_code == 422
    closed = {"act": "close", "account": str(account.pk), "reason": "Nghỉ việc"}
    assert quang.post(here, closed).status_code == 302
    assert not Account.objects.get(pk=account.pk).is_active
    assert "Mở lại tài khoản" in quang.get(here).content.decode()
    assert quang.post(here, {"act": "reopen", "account": str(account.pk)}).status_code == 302
    assert Account.objects.get(pk=account.pk).is_active, "a mistake is taken back"
    assert "Mở lại tài khoản" not in quang.get(here).content.decode()
    stranger = {"act": "password", "account": str(cast.account("giang"))}
    assert quang.post(here, stranger).status_code == 404, "reached only from the page of their own agency"


def test_a_password_is_in_the_answer_that_made_it_and_nowhere_else(cast: Cast, as_: As) -> None:
    quang, here = as_("quang"), f"{ROOT}co-quan/{cast.an_binh}/can-bo/"
    answer = quang.post(here, {"act": "password", "account": str(cast.account("binh")), "reason": "Quên"})
    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("private, no-store")
    password = answer.context["done"].password
    assert password in answer.content.decode()
    assert password not in str(answer.cookies)
    assert password not in str(dict(quang.session.items()))
    assert password not in quang.get(here).content.decode(), "shown once"
    assert log_in(username="binh", password=password).url == "/dang-nhap/mat-khau-moi/"


def log_in(*, username: str, password: str) -> HttpResponseRedirect:
    answer = Client().post("/dang-nhap/", {"username": username, "password": password})
    assert isinstance(answer, HttpResponseRedirect)
    return answer


def test_what_takes_two_is_asked_on_one_page_and_confirmed_on_the_other(cast: Cast, as_: As) -> None:
    uyen = another_administrator(cast)
    quang, here = as_("quang"), f"{ROOT}co-quan/{cast.an_binh}/can-bo/"
    leader = {"act": "give", "staff": str(_staff(cast, "quang")), "role": Role.LEADER.value}
    told = quang.post(here, leader, follow=True).content.decode()
    assert "đã gửi đề nghị" in told
    reset = {"act": "password", "account": str(cast.account("dung")), "reason": "Quên mật khẩu"}
    assert "đã gửi đề nghị" in quang.post(here, reset, follow=True).content.decode()
    assert "đã gửi đề nghị" in quang.post(here, {**reset, "act": "device"}, follow=True).content.decode()
    page = f"{ROOT}de-nghi/"
    own = quang.get(page)
    assert "Rút đề nghị" in own.content.decode()
    assert 'value="confirm"' not in own.content.decode(), "nobody is offered to confirm their own"
    requests = {line[0].act.value: line[0].id for line in own.context["waiting"]}
    refused = quang.post(page, {"act": "confirm", "request": str(requests["give_role"])}, follow=True)
    assert "Không ai xác nhận đề nghị do chính mình" in refused.content.decode()
    other = Client()
    other.force_login(uyen)
    assert other.get(page).content.decode().count('value="confirm"') == 3
    answer = other.post(page, {"act": "confirm", "request": str(requests["reset_password"])})
    assert answer["Cache-Control"].startswith("private, no-store")
    assert answer.context["done"].username == "dung"
    other.post(page, {"act": "refuse", "request": str(requests["give_role"])})
    again = other.post(page, {"act": "confirm", "request": str(requests["give_role"])}, follow=True)
    assert "đã được quyết định" in again.content.decode()
    shown = other.get(page).content.decode()
    assert "Đã từ chối" in shown
    assert "Được cấp mật khẩu mới" in shown
    assert other.post(page, {"act": "confirm", "request": "x"}).status_code == 404
    assert other.post(page, {"act": "do", "request": str(requests["give_role"])}).status_code == 404
    assert not cast.actor("quang").may("dossier.sign", cast.an_binh)


def another_administrator(cast: Cast) -> Account:
    from tests.integration.directory.test_access import second_administrator

    return Account.objects.get(pk=second_administrator(cast))


def _staff(cast: Cast, name: str) -> UUID:
    staff_id = Account.objects.get(pk=cast.account(name)).staff_id
    assert staff_id is not None
    return staff_id


def test_the_switches_of_the_second_factor(cast: Cast, as_: As) -> None:
    quang = as_("quang")
    assert quang.get(f"{ROOT}bao-mat/").content.decode().count(" checked") == 0
    quang.post(f"{ROOT}bao-mat/", {"role": [Role.CASHIER.value]})
    switches = directory.second_factor_switches()
    assert [role for role, is_on in switches.items() if is_on] == [Role.CASHIER]
    assert quang.get(f"{ROOT}bao-mat/").content.decode().count(" checked") == 1


@pytest.mark.parametrize("name", ["binh", "dung", "son", "minh", "hoa"])
def test_nobody_else_administers(cast: Cast, as_: As, name: str) -> None:
    expected = 404 if name == "hoa" else 403
    client = as_(name)
    for address in (ROOT, f"{ROOT}to-chuc-lai/", f"{ROOT}lich/", f"{ROOT}co-quan/{cast.an_binh}/can-bo/"):
        assert client.get(address).status_code == expected
        assert client.post(address, {"act": "do"}).status_code in {expected, 405}
