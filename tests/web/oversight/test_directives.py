"""Directives and the outlook over HTTP: from the desk to the answer and back, within rights, in both languages."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings
from tests.cast import Cast
from tests.factories.dossiers import in_work, received
from tests.factories.recorded_rows import bring

from motcua.channels import services as channels
from motcua.kernel import clock, outbox
from motcua.oversight import queries, services
from motcua.oversight.models import Directive
from motcua.oversight.services import About
from motcua.oversight.services.accounts import accounts_of
from motcua.oversight.services.counting import count_dossiers

pytestmark = pytest.mark.django_db
Open = Callable[..., Client]


@pytest.fixture(autouse=True)
def catalogue(cast: Cast) -> None:
    queries.forget_places()


@pytest.fixture
def as_(cast: Cast) -> Open:
    def open_(name: str, language: str = "vi") -> Client:
        client = Client(headers={"accept-language": language})
        cast.login(client, name)
        return client

    return open_


def text_of(client: Client, view: str, *args: object, **query: str) -> str:
    response = client.get(reverse(f"office:{view}", args=args), query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_from_a_dossier_to_the_answer_and_back(cast: Cast, as_: Open) -> None:
    dossier_id = in_work(cast)
    leader, officer = as_("dung"), as_("chau")
    form = text_of(leader, "new_directive", **{"ho-so": str(dossier_id)})
    assert re.search(rf'value="{cast.account("chau")}" selected', form)  # whoever holds the dossier
    asked = {"ho-so": str(dossier_id), "assignee": str(cast.account("chau")), "days": "2"}
    short = leader.post(reverse("office:new_directive"), asked | {"text": ""})
    assert short.status_code == 422
    assert "f-text" in short.content.decode()
    answer = leader.post(reverse("office:new_directive"), asked | {"text": "Rà soát, báo cáo"})
    assert answer.status_code == 302
    made = Directive.objects.get()
    assert "Rà soát, báo cáo" in text_of(officer, "directives", nhom="giao-cho-toi")
    address = reverse("office:act_on_directive", args=[made.id, "tra-loi"])
    empty = officer.post(address, {"text": "", "seen": str(made.revision)})
    assert empty.status_code == 422
    assert officer.post(address, {"text": "Đã xong", "seen": str(made.revision)}).status_code == 302
    assert officer.post(address, {"text": "Đã xong", "seen": str(made.revision)}).status_code == 409
    page = text_of(leader, "directive", made.id)
    assert "Đã xong" in page
    assert "Chấp nhận hoàn thành" in page
    settle = reverse("office:act_on_directive", args=[made.id, "hoan-thanh"])
    assert leader.post(settle).status_code == 302
    assert "hoàn thành" in text_of(officer, "directive", made.id)
    assert leader.post(reverse("office:act_on_directive", args=[made.id, "nhay"])).status_code == 404


def test_strangers_see_no_directive(cast: Cast, as_: Open) -> None:
    made = services.give_directive(
        actor=cast.dung, about=About(cast.an_binh), assignee_id=cast.account("chau"), days=2, text="Rà soát"
    )
    assert as_("giang").get(reverse("office:directive", args=[made])).status_code == 404
    assert as_("giang").post(reverse("office:act_on_directive", args=[made, "thu-hoi"])).status_code == 404
    assert as_("chau").post(reverse("office:act_on_directive", args=[made, "hoan-thanh"])).status_code == 403
    assert as_("hanh").get(reverse("office:new_directive")).status_code == 403
    assert "Rà soát" not in text_of(as_("giang"), "directives")


def test_the_list_costs_the_same_with_two_and_with_twenty(cast: Cast, as_: Open) -> None:
    client = as_("minh")

    def cost() -> int:
        text_of(client, "directives")
        with CaptureQueriesContext(connection) as caught:
            text_of(client, "directives")
        return len(caught)

    given = services.give_directive(
        actor=cast.dung, about=About(cast.an_binh), assignee_id=cast.account("chau"), days=2, text="Rà soát"
    )
    few, pattern = cost(), Directive.objects.get(pk=given)
    fields = {one.attname: getattr(pattern, one.attname) for one in Directive._meta.concrete_fields}
    Directive.objects.bulk_create(Directive(**fields | {"id": uuid4()}) for _ in range(20))
    assert cost() == few <= 8


def test_the_desk_shows_what_never_reached_its_person(cast: Cast, as_: Open, settings: Settings) -> None:
    moved = received(cast, contact={"email": "hoa@example.vn"})
    delivery = channels.make_notice(dossier_id=moved.dossier_id, passage_id=moved.passage_id, kind="received")
    assert delivery
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    assert outbox.drain("channels.email", lanes=1) == 1
    waiting = in_work(cast)
    bring(waiting, state="issued", is_open=False, ended_at=clock.now() - timedelta(days=9))
    handed = in_work(cast)
    bring(handed, awaits_acknowledgement=True)
    client = as_("dung")
    page = text_of(client, "steering")
    for name in ("Thông báo không gửi được", "Bàn giao chưa được nhận", "chưa trả từ 5 ngày"):
        assert re.search(rf"{name}</span> <strong>1</strong>", page), name
    for slug, dossier_id in (
        ("thong-bao-loi", moved.dossier_id),
        ("chua-tra", waiting),
        ("chua-nhan-ban-giao", handed),
    ):
        listed = text_of(client, "steered", nhom=slug)
        assert reverse("office:dossier", args=[dossier_id]) in listed, slug
        assert listed.count("data-row>") == 1
        lines = b"".join(client.get(reverse("office:dossiers_csv"), {"hop": "dieu-hanh", "nhom": slug}))
        assert len(lines.decode().splitlines()) == 2, slug
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        assert outbox.drain("channels.email", lanes=1) == 1
    assert re.search(r"Thông báo không gửi được</span> <strong>0</strong>", text_of(client, "steering"))


def test_the_outlook_explains_itself(cast: Cast, as_: Open) -> None:
    ids = [in_work(cast) for _ in range(3)]
    count_dossiers(accounts_of(ids))
    queries.forget_places()
    page = text_of(as_("dung"), "outlook")
    assert "Chưa đủ hồ sơ đã kết thúc" in page
    assert "1.001193" in page
    assert "lượt qua bước" in page
    whole = text_of(as_("minh"), "outlook")
    assert "1.001193" in whole
    english = text_of(as_("minh", "en"), "outlook")
    for words in ("Dự báo", "Bước", "Cơ quan", "hồ sơ liên thông"):
        assert words not in english, words


def test_directives_are_complete_in_english(cast: Cast, as_: Open) -> None:
    made = services.give_directive(
        actor=cast.dung, about=About(cast.an_binh), assignee_id=cast.account("chau"), days=2, text="Check it"
    )
    for who, view, args in (
        ("dung", "directives", ()),
        ("dung", "directive", (made,)),
        ("chau", "directive", (made,)),
        ("dung", "new_directive", ()),
        ("dung", "steering", ()),
    ):
        page = text_of(as_(who, "en"), view, *args)
        for words in (
            "Chỉ đạo",
            "Giao ",
            "Hạn trả",
            "Người",
            "Cơ quan",
            "Nội dung",
            "Thu hồi",
            "Trả lời",
            "Diễn biến",
        ):
            assert words not in page, (view, words)
