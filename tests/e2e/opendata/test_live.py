"""A change made at the desk is on the public map within a second: a real worker, a real browser, no shortcut between."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from tests.cast import Cast
from tests.factories.dossiers import submitted

from motcua.cli.running.programs import facts, worker
from motcua.kernel import clock
from motcua.oversight import queries, services

pytestmark = pytest.mark.django_db(transaction=True)
PROJECT = Path(__file__).resolve().parents[3]
WITHIN_SECONDS = 1.0
#: The median of a round is held to the second. A machine busy with other things may miss a round, not three.
CHANGES = 5
ROUNDS = 3


@pytest.fixture
def workers() -> Iterator[None]:
    """The workers of the installation, on this test's database."""
    base = connection.settings_dict
    url = f"postgres://{base['USER']}:{base['PASSWORD']}@{base['HOST']}:{base['PORT']}/{base['NAME']}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "motcua.settings.test",
        "DATABASE_URL": url.replace(":@", "@"),
        "MOTCUA_DATA_DIR": str(settings.MOTCUA_DATA_DIR),
        "PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}",
    }
    programs = (facts(), worker(1, concurrency=2))
    running = [
        subprocess.Popen(program.argv, env=environment, cwd=PROJECT, stderr=subprocess.DEVNULL)
        for program in programs
    ]
    try:
        yield
        assert all(process.poll() is None for process in running), "a worker died"
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=30)


def shown_on_map(page: Page, unit: str) -> int:
    """The number of a unit on the map, read as a screen reader reads it."""
    words = page.locator(".od-map path title", has_text=unit).first.text_content() or ""
    return int(re.sub(r"\D", "", words.rpartition(":")[2]) or 0)


def test_a_change_at_the_desk_is_on_the_map_within_a_second(
    workers: None, cast: Cast, live_server: object, open_page: Callable[..., Page]
) -> None:
    desk, board = open_page(), open_page()
    client = Client()
    cast.login(client, "binh")
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": str(live_server)}
    desk.context.add_cookies([session])  # type: ignore[list-item]  # a cookie as Playwright reads it
    walk = _Walk(str(live_server), cast, desk, board)
    walk.receive_and_wait()  # this one also waits for the workers to start
    rounds = []
    for _ in range(ROUNDS):
        waits = sorted(walk.receive_and_wait() for _ in range(CHANGES))
        page_seconds = walk.page_seconds()
        said = ", ".join(f"{wait:.2f}" for wait in waits)
        sys.stdout.write(f"\nfrom the click to the map: {said} s; a page takes {page_seconds:.2f} s\n")
        # The page of the desk and that of the map are loaded in between; how long they take is another matter.
        rounds.append(waits[CHANGES // 2] - 2 * page_seconds)
        if rounds[-1] <= WITHIN_SECONDS:
            break
    assert min(rounds) <= WITHIN_SECONDS, rounds
    assert services.compare_facts().differing == 0


@dataclass
class _Walk:
    """One dossier after the other received at the desk, the map looked at until it shows one more."""

    base: str
    cast: Cast
    desk: Page
    board: Page
    received: int = 0

    def receive_and_wait(self) -> float:
        """Seconds from the click at the desk to the figure on the map."""
        dossier_id = submitted(self.cast).dossier_id
        self.desk.goto(f"{self.base}{reverse('counter:dossier', args=[dossier_id])}")
        self.desk.get_by_role("button", name="Tiếp nhận").first.click()
        self.received += 1
        began = time.monotonic()
        while True:
            self._look()
            if self.board.locator(".od-map").count() and shown_on_map(self.board, "An Bình") == self.received:
                return time.monotonic() - began
            queries.forget_places()
            assert time.monotonic() - began < 20, "the change never came"

    def page_seconds(self) -> float:
        began = time.monotonic()
        for _ in range(CHANGES):
            self._look()
        return (time.monotonic() - began) / CHANGES

    def _look(self) -> None:
        self.board.goto(f"{self.base}/so-lieu/?tinh=H99&chi-tieu=received&ky={clock.today():%Y}")
