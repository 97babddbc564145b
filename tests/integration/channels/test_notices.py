"""Notices: once each, by real mail, with failures recorded and tried again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings
from tests.cast import Cast
from tests.factories.dossiers import received

from motcua.channels import queries, services
from motcua.channels.errors import NoticeKindUnknown
from motcua.channels.models import Delivery, DeliveryState
from motcua.channels.rules.notices import KINDS, Facts, compose
from motcua.dossiers import services as dossiers
from simulators.mail.server import MailServer

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(tmp_path: Path, settings: Settings) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with MailServer(tmp_path / "mail") as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


def test_a_notice_is_sent_once_even_if_asked_twice(cast: Cast, server: MailServer) -> None:
    moved = received(cast, contact={"email": "hoa@example.vn"})
    delivery_id = services.make_notice(
        dossier_id=moved.dossier_id, passage_id=moved.passage_id, kind="received"
    )
    assert delivery_id is not None
    assert services.send_delivery(delivery_id=delivery_id)
    assert not services.send_delivery(delivery_id=delivery_id)
    assert len(server.letters()) == 1
    (notice,) = queries.notices_of(actor=cast.hoa)
    assert (notice.email_state, notice.read_at) == ("sent", None)
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
    delivery_id = services.make_notice(
        dossier_id=moved.dossier_id, passage_id=moved.passage_id, kind="received"
    )
    assert delivery_id is not None
    for attempt in (1, 2):
        with pytest.raises(OSError):
            services.send_delivery(delivery_id=delivery_id)
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.attempts) == (DeliveryState.FAILED, attempt)
    assert services.send_delivery(delivery_id=delivery_id)
    assert Delivery.objects.get().state == DeliveryState.SENT


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
    for kind in KINDS:
        for language in ("vi", "en"):
            words = compose(kind, language, facts)
            assert words.subject
            assert "Hoa" not in words.subject
            assert "khai sinh" not in words.subject
            assert "{" not in words.body + words.subject
    with pytest.raises(NoticeKindUnknown):
        compose("unheard_of", "vi", facts)


def test_every_notice_the_dossier_asks_for_has_words() -> None:
    import re

    sources = Path(services.__file__).parents[1] / "dossiers" / "services"
    asked = {
        kind for file in sources.glob("*.py") for kind in re.findall(r'notice="(\w+)"', file.read_text())
    }
    assert asked
    assert asked <= KINDS
