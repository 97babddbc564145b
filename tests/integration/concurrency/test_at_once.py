"""Two at the same moment, and programs killed in the middle: nothing is lost, doubled or half-written."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.db import connection, connections
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.cast import Cast, present_cast
from tests.factories.dossiers import BIRTH_PAPERS, birth_application, in_work, submitted

from motcua.dossiers import queries, services
from motcua.dossiers.models import Dossier, Passage
from motcua.dossiers.services import Moved
from motcua.kernel import events
from motcua.kernel.errors import DomainError, MovedOn
from motcua.kernel.models import Hearing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def only_own_jobs(transactional_db: None) -> None:
    """The queue's tables are not Django's, so the emptying between such tests leaves jobs of earlier ones behind."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """A world that other connections see."""
    return present_cast()


def at_once(*acts: Callable[[], Moved]) -> list[Moved | DomainError]:
    """Each in a thread and a connection of its own, all let go at one moment."""
    gate = threading.Barrier(len(acts))
    done: dict[int, Moved | DomainError] = {}

    def run(number: int, act: Callable[[], Moved]) -> None:
        try:
            gate.wait(10)
            done[number] = act()
        except DomainError as refusal:
            done[number] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return [done[number] for number in range(len(acts))]


def test_the_second_of_two_officers_is_told_and_nothing_is_lost(cast: Cast) -> None:
    dossier_id = in_work(cast)
    seen = Dossier.objects.get(pk=dossier_id).revision
    chau, dung = cast.chau, cast.dung
    outcomes = at_once(
        lambda: services.submit_to_leader(actor=chau, dossier_id=dossier_id, seen=seen),
        lambda: services.stop_dossier(actor=dung, dossier_id=dossier_id, reason="Theo đề nghị", seen=seen),
        lambda: services.forward(actor=chau, dossier_id=dossier_id, note="Xong", seen=seen),
    )
    (done,) = [one for one in outcomes if isinstance(one, Moved)]
    assert [type(one) for one in outcomes if one is not done] == [MovedOn, MovedOn]
    page = queries.dossier_page(actor=cast.dung, dossier_id=dossier_id)
    assert (page.state, page.revision) == (done.state, seen + 1)
    assert queries.verify_chain(dossier_id=dossier_id).faults == ()


def test_a_form_posted_eight_times_at_once_is_one_dossier(cast: Cast) -> None:
    application, hoa = birth_application(cast), cast.hoa
    outcomes = at_once(
        *[lambda: services.submit_dossier(actor=hoa, application=application) for _ in range(8)]
    )
    assert len({one.dossier_id for one in outcomes if isinstance(one, Moved)}) == 1
    assert sum(isinstance(one, Moved) and not one.is_repeat for one in outcomes) == 1
    assert Dossier.objects.count() == 1
    assert Passage.objects.count() == 1


def test_numbers_of_a_day_have_no_gap_and_no_double(cast: Cast) -> None:
    application, binh = birth_application(cast), cast.binh
    keys = [replace(application, request_key=f"yêu cầu {n}") for n in range(8)]
    outcomes = at_once(
        *[lambda key=key: services.register_dossier(actor=binh, application=key) for key in keys]
    )
    codes = sorted(one.code or "" for one in outcomes if isinstance(one, Moved))
    assert [int(code.rpartition("-")[2]) for code in codes] == list(range(1, 9))


_WORKER = """
import contextlib, os, sys, time
import django
django.setup()
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.contrib.django import app
from motcua.channels import services
if sys.argv[1] == "slow":
    real = services.make_notice
    def slow(**given):
        made = real(**given)
        open(os.environ["SIGNAL"], "w").close()
        time.sleep(60)
        return made
    services.make_notice = slow
from motcua.kernel.jobs import take_up
if sys.argv[1] == "rescue":
    with contextlib.suppress(AlreadyEnqueued):  # the minute may have struck meanwhile
        take_up.defer(timestamp=0)
app.with_connector(app.connector.get_worker_connector()).run_worker(wait=False, listen_notify=False, concurrency=1)
"""


def address_of(settings: Mapping[str, Any]) -> str:
    """The test database as another process reaches it, password included."""
    secret = f":{quote(settings['PASSWORD'])}" if settings["PASSWORD"] else ""
    return f"postgres://{settings['USER']}{secret}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"


def worker(kind: str, signal_file: Path) -> "subprocess.Popen[bytes]":
    settings = connection.settings_dict
    at = address_of(settings)
    environment = os.environ | {
        "DATABASE_URL": at,
        "DJANGO_SETTINGS_MODULE": "motcua.settings.test",
        "SIGNAL": str(signal_file),
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    return subprocess.Popen([sys.executable, "-c", _WORKER, kind], env=environment, cwd=ROOT)


@pytest.mark.machine
def test_a_worker_killed_while_it_delivers_has_delivered_nothing_and_another_delivers_all(
    cast: Cast, tmp_path: Path
) -> None:
    from motcua.channels.models import Notice

    dossier_id = submitted(cast).dossier_id
    waiting = ProcrastinateJob.objects.filter(task_name=events.DELIVER).count()
    assert waiting
    begun = tmp_path / "begun"
    victim = worker("slow", begun)
    until(begun.exists)
    victim.send_signal(signal.SIGKILL)
    victim.wait(10)
    assert not Notice.objects.exists(), "half a delivery is none"
    assert ProcrastinateJob.objects.filter(status="doing").count() == 1
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 hour'")
    for kind in ("rescue", "plain", "plain"):
        assert worker(kind, begun).wait(60) == 0
    assert Notice.objects.filter(dossier_id=dossier_id).count() == 1
    assert Hearing.objects.count() == waiting
    assert not ProcrastinateJob.objects.filter(
        task_name=events.DELIVER, status__in=["doing", "todo"]
    ).exists()


def until(holds: Callable[[], bool], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def test_a_connection_lost_in_the_middle_of_an_act_leaves_nothing_of_it(cast: Cast) -> None:
    """What a web process leaves that is killed: its connection ends, its transaction with it."""
    dossier_id: UUID = submitted(cast).dossier_id
    before = Passage.objects.count(), ProcrastinateJob.objects.count()
    script = (
        "import os, sys, django; django.setup()\n"
        "from uuid import UUID\n"
        "from motcua.dossiers.services import move, receive_dossier\n"
        "from motcua.directory import queries as directory\n"
        "from motcua.dossiers.services import PaperGiven, intake\n"
        "intake.raise_charges = lambda *given: os.kill(os.getpid(), 9)\n"
        "receive_dossier(actor=directory.actor_of(UUID(sys.argv[1])), dossier_id=UUID(sys.argv[2]),"
        " papers=[PaperGiven('birth-notification', originals=1)])\n"
    )
    settings = connection.settings_dict
    at = address_of(settings)
    environment = os.environ | {
        "DATABASE_URL": at,
        "DJANGO_SETTINGS_MODULE": "motcua.settings.test",
        "PYTHONPATH": str(ROOT / "src"),
    }
    argv = [sys.executable, "-c", script, str(cast.account("binh")), str(dossier_id)]
    assert subprocess.run(argv, env=environment, timeout=60, check=False).returncode == -signal.SIGKILL
    assert (Passage.objects.count(), ProcrastinateJob.objects.count()) == before
    # The number it had taken went back: the next dossier of the day is the first.
    moved = services.receive_dossier(actor=cast.binh, dossier_id=dossier_id, papers=BIRTH_PAPERS)
    assert (moved.code or "").endswith("-0001")
