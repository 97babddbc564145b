"""Reports by plan: due after each period, sent once by real mail without personal detail, kept, and made again later."""

import email
import email.policy
import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.cast import Cast
from tests.factories.dossiers import in_work, received

from motcua.dossiers import services as dossiers
from motcua.kernel import clock, outbox
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import OutOfScope, PermissionRefused
from motcua.oversight import queries, services
from motcua.oversight.errors import ReportPlanInvalid, ReportPlanned
from motcua.oversight.models import SentReport
from motcua.oversight.queries import Rhythm
from motcua.oversight.rules.plans import period_before
from motcua.oversight.services.accounts import accounts_of
from motcua.oversight.services.counting import count_dossiers
from simulators.mail.server import MailServer

pytestmark = pytest.mark.django_db
DECEMBER = datetime(2026, 12, 8, 9, 0, tzinfo=clock.LOCAL)


@pytest.fixture
def server(tmp_path: Path, settings: Settings) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with MailServer(tmp_path / "mail") as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


@pytest.mark.parametrize(
    ("rhythm", "key"),
    [(Rhythm.WEEK, "2026-12-28/2027-01-03"), (Rhythm.MONTH, "2026-12"), (Rhythm.QUARTER, "2026-Q4")],
)
def test_the_last_whole_period_is_reported(rhythm: Rhythm, key: str) -> None:
    assert period_before(rhythm, date(2027, 1, 4)).key == key
    assert period_before(rhythm, date(2027, 1, 10)).key == key


def test_a_planned_report_is_sent_once_kept_and_made_again(cast: Cast, server: MailServer) -> None:
    with clock.frozen(DECEMBER):
        ids = [received(cast).dossier_id, in_work(cast)]
        count_dossiers(accounts_of(ids))
        queries.forget_places()
        plan_id = services.plan_report(
            actor=cast.dung,
            unit="H99.11",
            rhythm=Rhythm.MONTH,
            recipients=["lanhdao@example.vn", "vanphong@example.vn", "lanhdao@example.vn"],
        )
    with clock.frozen(datetime(2027, 1, 2, 6, 0, tzinfo=clock.LOCAL)):
        assert services.send_planned_reports(actor=SYSTEM) == 1
        assert services.send_planned_reports(actor=SYSTEM) == 0
        row = SentReport.objects.get()
        assert (row.plan_id, row.period, row.content["total"]["received"]) == (plan_id, "2026-12", 2)
        assert outbox.drain("channels.email", lanes=1) == 2
    messages = [email.message_from_bytes(raw, policy=email.policy.default) for raw in server.letters()]
    assert len(messages) == 2
    for message in messages:
        body = message.get_body(("plain",))
        assert body is not None
        text = f"{message['Subject']} {body.get_content()}"
        assert "Hoa" not in text
        assert "000.00" not in text
        assert "Tiếp nhận 2" in text
        enclosures = [part.get_content() for part in message.iter_attachments()]
        assert [hashlib.sha256(content).hexdigest() for content in enclosures] == [
            file["sha256"] for file in row.files
        ]
        assert enclosures[0].startswith(b"%PDF")
    # Later moves change today's report of December, not the one that was sent, nor what is made again from the passages.
    with clock.frozen(datetime(2027, 1, 3, 9, 0, tzinfo=clock.LOCAL)):
        dossiers.withdraw_dossier(actor=cast.hoa, dossier_id=ids[1], reason="Thôi")
        assert services.reproduce_sent(actor=cast.dung, sent_id=row.id) == {}
        SentReport.objects.filter(pk=row.id).update(
            content=row.content | {"total": row.content["total"] | {"received": 3}}
        )
        assert services.reproduce_sent(actor=cast.minh, sent_id=row.id) == {"received": (3, 2)}


def test_plans_are_for_those_who_oversee_the_unit(cast: Cast) -> None:
    asked = {"unit": "H99.11", "rhythm": Rhythm.WEEK, "recipients": ["a@example.vn"]}
    for stranger in (cast.giang, cast.chau, SYSTEM):
        with pytest.raises(PermissionRefused):
            services.plan_report(actor=stranger, **asked)  # type: ignore[arg-type]  # by name
    for wrong in ([], ["không phải địa chỉ"], ["@x"], ["a@x"] * 1 + [f"a{n}@x" for n in range(60)]):
        with pytest.raises(ReportPlanInvalid):
            services.plan_report(actor=cast.dung, unit="H99.11", rhythm=Rhythm.WEEK, recipients=wrong)
    plan_id = services.plan_report(actor=cast.dung, **asked)  # type: ignore[arg-type]  # by name
    with pytest.raises(ReportPlanned):
        services.plan_report(actor=cast.minh, **asked)  # type: ignore[arg-type]  # by name
    with pytest.raises(OutOfScope):
        services.end_plan(actor=cast.giang, plan_id=plan_id)
    services.end_plan(actor=cast.minh, plan_id=plan_id)
    assert queries.plans(actor=cast.dung) == []
    assert services.send_planned_reports(actor=SYSTEM) == 0


def test_the_archive_shows_what_was_sent(cast: Cast) -> None:
    with clock.frozen(DECEMBER):
        count_dossiers(accounts_of([received(cast).dossier_id]))
        queries.forget_places()
        client = Client(headers={"accept-language": "en"})
        cast.login(client, "minh")
        page = reverse("office:sent_reports")
        wrong = client.post(page, {"unit": "H99", "rhythm": "month", "recipients": "x"})
        assert wrong.status_code == 422
        made = client.post(
            page, {"unit": "H99", "rhythm": "week", "recipients": "a@example.vn, b@example.vn"}
        )
        assert made.status_code == 302
    with clock.frozen(datetime(2026, 12, 14, 6, 0, tzinfo=clock.LOCAL)):
        assert services.send_planned_reports(actor=SYSTEM) == 1
        row = SentReport.objects.get()
        client = Client(headers={"accept-language": "en"})  # the first session has ended by now
        cast.login(client, "minh")
        archive = client.get(page).content.decode()
        assert reverse("office:sent_report", args=[row.id]) in archive
        shown = client.get(reverse("office:sent_report", args=[row.id])).content.decode()
        assert row.digest in shown
        assert "<svg" in shown
        assert "b@example.vn: waiting" in shown
        for words in ("Lịch gửi", "Kỳ ", "Số liệu lúc", "Người nhận", "Tiếp nhận"):
            assert words not in shown + archive, words
        name = row.files[0]["filename"]
        file = client.get(reverse("office:sent_file", args=[row.id, name]))
        assert hashlib.sha256(b"".join(file)).hexdigest() == row.files[0]["sha256"]
        assert client.get(reverse("office:sent_file", args=[row.id, "khac.pdf"])).status_code == 404
        ended = client.post(reverse("office:end_report_plan", args=[row.plan_id]))
        assert ended.status_code == 302
        stranger = Client()
        cast.login(stranger, "dung")
        assert stranger.get(reverse("office:sent_report", args=[row.id])).status_code == 404
