"""Notices: once each, by real mail, with failures recorded and tried again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings
from tests.cast import Cast
from tests.factories.dossiers import received

from motcua.channels import queries, services
from motcua.channels.errors import NoticeKindUnknown, WayNotChoosable
from motcua.channels.models import ContactChoice, Delivery
from motcua.channels.rules.notices import Facts, compose
from motcua.dossiers import services as dossiers
from motcua.dossiers.words import NoticeKind
from motcua.kernel import clock, outbox
from motcua.kernel.errors import OutOfScope
from motcua.kernel.models import OutboxMessage
from motcua.kernel.outside import InsideTransaction
from simulators.mail.server import MailServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(tmp_path: Path, settings: Settings) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with MailServer(tmp_path / "mail") as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


def email_of(notice: queries.NoticeView) -> str:
    return {one.way: one.fared for one in notice.sendings}.get("email", "")


def test_a_notice_is_sent_once_even_if_asked_twice(cast: Cast, server: MailServer) -> None:
    moved = received(cast, contact={"email": "hoa@example.vn"})
    for expected in (1, 0):
        on_their_way = services.make_notice(
            dossier_id=moved.dossier_id, passage_id=moved.passage_id, kind="received"
        )
        assert len(on_their_way) == expected
    assert outbox.drain("channels.email", lanes=1) == 1
    assert outbox.drain("channels.email", lanes=1) == 0
    assert len(server.letters()) == 1
    (notice,) = queries.notices_of(actor=cast.hoa)
    assert (email_of(notice), notice.read_at) == ("sent", None)
    services.mark_read(actor=cast.an_phat, notice_id=notice.id)
    assert queries.unread_count(actor=cast.hoa) == 1
    services.mark_read(actor=cast.hoa, notice_id=notice.id)
    assert queries.unread_count(actor=cast.hoa) == 0


def test_a_notice_told_late_gives_the_reason_of_its_own_act(cast: Cast) -> None:
    dossier_id = received(cast).dossier_id
    asked = dossiers.ask_supplement(actor=cast.binh, dossier_id=dossier_id, reason="Ảnh bị mờ", items=["Ảnh"])
    dossiers.give_supplement(actor=cast.hoa, dossier_id=dossier_id, note="Gửi lại bản rõ")
    services.make_notice(dossier_id=dossier_id, passage_id=asked.passage_id, kind="supplement_asked")
    (notice,) = queries.notices_of(actor=cast.hoa)
    assert "Ảnh bị mờ" in notice.body
    assert "Gửi lại bản rõ" not in notice.body


def test_a_failed_sending_is_recorded_and_tried_again(cast: Cast, server: MailServer) -> None:
    moved = received(cast, contact={"email": "later@example.vn"})
    began = clock.now()
    services.make_notice(dossier_id=moved.dossier_id, passage_id=moved.passage_id, kind="received")
    for attempt in (1, 2):
        with clock.frozen(began + attempt * timedelta(minutes=5)):
            assert outbox.drain("channels.email", lanes=1) == 1
            assert outbox.drain("channels.email", lanes=1) == 0, "not before the pause is over"
        message = OutboxMessage.objects.get()
        assert (message.state, message.attempts, message.last_error) == ("waiting", attempt, "smtp_451")
        (notice,) = queries.notices_of(actor=cast.hoa)
        assert email_of(notice) == "failed"
        assert queries.dossiers_with_failed_notice() == [moved.dossier_id]
    with clock.frozen(began + timedelta(minutes=20)):
        assert outbox.drain("channels.email", lanes=1) == 1
    assert OutboxMessage.objects.get().state == "sent"
    assert queries.dossiers_with_failed_notice() == []


def test_a_refused_mailbox_is_a_dead_letter_at_once(cast: Cast, server: MailServer) -> None:
    moved = received(cast, contact={"email": "refuse@example.vn"})
    services.make_notice(dossier_id=moved.dossier_id, passage_id=moved.passage_id, kind="received")
    assert outbox.drain("channels.email", lanes=1) == 1
    message = OutboxMessage.objects.get()
    assert (message.state, message.last_error, message.attempts) == ("dead", "smtp_550", 1)
    assert queries.dossiers_with_failed_notice() == [moved.dossier_id]


def test_a_letter_that_was_changed_after_it_was_put_out_is_not_sent(cast: Cast, server: MailServer) -> None:
    moved = received(cast, contact={"email": "hoa@example.vn"})
    services.make_notice(dossier_id=moved.dossier_id, passage_id=moved.passage_id, kind="received")
    Delivery.objects.filter(way="email").update(address="somebody.else@example.vn")
    outbox.drain("channels.email", lanes=1)
    assert server.letters() == []
    assert OutboxMessage.objects.get().last_error == "payload_changed"


def test_nothing_is_sent_inside_a_transaction(cast: Cast) -> None:
    with transaction.atomic(), pytest.raises(InsideTransaction):
        outbox.drain("channels.email", lanes=1)


def test_people_choose_their_ways(cast: Cast) -> None:
    moved = received(cast, contact={"email": "hoa@example.vn"})
    (party_id,) = cast.hoa.party_ids

    def chosen() -> dict[str, bool]:
        return {one.key: one.is_wanted for one in queries.way_choices(actor=cast.hoa, party_id=party_id)}

    assert chosen() == {"inbox": True, "email": True}
    for _ in range(2):
        services.choose_way(actor=cast.hoa, party_id=party_id, way="email", is_wanted=False)
    assert chosen() == {"inbox": True, "email": False}
    assert ContactChoice.objects.count() == 1
    assert not services.make_notice(dossier_id=moved.dossier_id, passage_id=moved.passage_id, kind="received")
    (notice,) = queries.notices_of(actor=cast.hoa)
    assert notice.sendings == ()
    assert Delivery.objects.get().way == "inbox"
    services.choose_way(actor=cast.hoa, party_id=party_id, way="email", is_wanted=True)
    assert chosen()["email"]
    with pytest.raises(WayNotChoosable):
        services.choose_way(actor=cast.hoa, party_id=party_id, way="inbox", is_wanted=False)
    for actor, way in ((cast.an_phat, "email"), (cast.hoa, "pigeon")):
        with pytest.raises(OutOfScope):
            services.choose_way(actor=actor, party_id=party_id, way=way, is_wanted=False)
    assert queries.way_choices(actor=cast.an_phat, party_id=party_id) == ()


def test_every_kind_of_notice_speaks_both_languages() -> None:
    facts = Facts(
        "Nguyễn Thị Hoa",
        "H99.11-261123-0001",
        "Đăng ký khai sinh",
        "UBND xã An Bình",
        "thiếu",
        None,
        "http://x/",
    )
    for kind in NoticeKind:
        for language in ("vi", "en"):
            words = compose(kind, language, facts)
            assert words.subject
            assert "Hoa" not in words.subject
            assert "khai sinh" not in words.subject
            assert "{" not in words.body + words.subject
    with pytest.raises(NoticeKindUnknown):
        compose("unheard_of", "vi", facts)
