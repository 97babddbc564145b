"""A worker killed with signal 9, again and again, in the middle of a record: every page once, in order, the same bytes.

`MOTCUA_KILL_PAGES=405 MOTCUA_KILLS=20` makes the record as thick as the brief's.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import img2pdf
import pytest
from django.conf import settings
from django.db import connection
from tests.cast import present_cast
from tests.integration.documents.digitization.scans import jpeg, sheet
from tests.integration.documents.scanning.desk import scanned_batch

from motcua.documents import services
from motcua.documents.models import ScanPage
from motcua.documents.words import ScanState
from motcua.kernel.authority import SYSTEM

PAGES = int(os.environ.get("MOTCUA_KILL_PAGES", "14"))
KILLS = int(os.environ.get("MOTCUA_KILLS", "2"))
PROJECT = Path(__file__).resolve().parents[4]


@contextmanager
def lane(batch_id: UUID) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker in a process of its own, gone when the block ends, however it ends."""
    base = connection.settings_dict
    url = f"postgres://{base['USER']}:{base['PASSWORD']}@{base['HOST']}:{base['PORT']}/{base['NAME']}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "motcua.settings.test",
        "DATABASE_URL": url.replace(":@", "@"),
        "MOTCUA_DATA_DIR": str(settings.MOTCUA_DATA_DIR),
        "MOTCUA_FILES": str(settings.MOTCUA_FILES),
        "PYTHONPATH": f"{PROJECT / 'src'}:{PROJECT}",
    }
    argv = [sys.executable, "-m", "tests.integration.documents.scanning.one_lane", str(batch_id)]
    process = subprocess.Popen(argv, env=environment, cwd=PROJECT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def results(batch_id: UUID) -> list[tuple[int, str, str, str, str]]:
    rows = ScanPage.objects.filter(batch_id=batch_id).order_by("number")
    return list(rows.values_list("number", "state", "result_sha256", "hocr_sha256", "preview_sha256"))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_pages_survive_their_workers() -> None:
    cast = present_cast()
    content = img2pdf.convert([jpeg(sheet(number, lines=2)) for number in range(1, PAGES + 1)])
    disturbed, calm = (scanned_batch(cast, ("ho-so.pdf", content)) for _ in range(2))
    for batch_id in (disturbed, calm):
        assert services.take_in(actor=SYSTEM, batch_id=batch_id) == PAGES

    rnd = random.Random(405)  # noqa: S311 (moments of murder, not secrets)
    for kill in range(KILLS):
        with lane(disturbed) as worker:
            done = ScanPage.objects.filter(batch_id=disturbed).settled().count()
            deadline = time.monotonic() + 180
            while (
                ScanPage.objects.filter(batch_id=disturbed).settled().count() <= done
                and worker.poll() is None
            ):
                assert time.monotonic() < deadline, f"the worker does nothing before kill {kill}"
                time.sleep(0.05)
            time.sleep(rnd.uniform(0, 0.4))
            before = ScanPage.objects.filter(batch_id=disturbed).settled().count()
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        after = ScanPage.objects.filter(batch_id=disturbed).settled().count()
        assert after >= before, f"kill {kill} lost a page that was done"
    time.sleep(1.6)
    with lane(disturbed) as last:
        assert last.wait(timeout=1800) == 0
    while services.read_pages(actor=SYSTEM, batch_id=calm, lease=timedelta(seconds=30)):
        pass

    assert [number for number, *_ in results(disturbed)] == list(range(1, PAGES + 1))
    assert {state for _, state, *_ in results(disturbed)} <= {ScanState.DONE, ScanState.DOUBTFUL}
    assert results(disturbed) == results(calm)
    assert ScanPage.objects.filter(batch_id=disturbed, paper=None).count() == 0
