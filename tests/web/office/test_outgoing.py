"""Dead letters by page and by command."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner
from django.db import transaction
from django.test import Client
from tests.cast import Cast

from motcua.cli import outbox as commands
from motcua.kernel import outbox
from motcua.kernel.models import OutboxMessage

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
PAGE = "/co-quan/quan-tri/tin-gui-di/"


@pytest.fixture
def dead(cast: Cast) -> list[int]:
    """Three letters whose payload is gone: the real way refuses them for good."""
    with transaction.atomic():
        ids = [
            outbox.put(destination="channels.email", key=f"k{n}", reference=f"letter:{cast.an_binh}")
            for n in range(3)
        ]
    assert outbox.drain("channels.email", lanes=1) == 3
    return ids


def test_an_administrator_sends_again_and_gives_up(as_: As, dead: list[int]) -> None:
    quang = as_("quang")
    page = quang.get(PAGE).content.decode()
    assert "payload_gone" in page
    assert page.count('name="id"') == 3
    assert quang.post(PAGE, {"act": "replay"}).status_code == 422
    assert quang.post(PAGE, {"act": "replay", "id": "9" * 40}).status_code == 422
    missing = quang.post(PAGE, {"act": "discard", "id": dead[:1]})
    assert missing.status_code == 422
    assert "Hãy ghi lý do" in missing.content.decode()
    assert "checked" in missing.content.decode()
    assert quang.post(PAGE, {"act": "discard", "id": dead[:1], "reason": "Đã báo tận nơi"}).status_code == 302
    assert quang.post(PAGE, {"act": "replay", "id": dead}).status_code == 302
    states = dict(OutboxMessage.objects.values_list("id", "state"))
    assert [states[one] for one in dead] == ["discarded", "waiting", "waiting"]
    assert "2 tin đang chờ" in quang.get(PAGE).content.decode()


def test_others_may_not(as_: As, dead: list[int]) -> None:
    assert as_("dung").post(PAGE, {"act": "replay", "id": dead}).status_code == 403
    assert OutboxMessage.objects.filter(state="dead").count() == 3


def test_the_command_lists_and_sends_again(dead: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "django_ready", lambda: None)  # it is, in this process
    run = CliRunner().invoke
    listed = [json.loads(line) for line in run(commands.command, ["list", "--json"]).output.splitlines()]
    assert {one["id"] for one in listed} == set(dead)
    assert {one["error"] for one in listed} == {"payload_gone"}
    assert "3 dead" in run(commands.command, ["list"]).output
    assert "1 of 1" in run(commands.command, ["replay", str(dead[0])]).output
    assert "2 of 2" in run(commands.command, ["replay", "--all", "channels.email"]).output
    assert not OutboxMessage.objects.filter(state="dead").exists()
    assert run(commands.command, ["replay"]).exit_code == 2
