"""Does the worker grow as it sets forms in type? A worker as installed, hundreds of forms, its memory after each hundred.

usage: typesetting.py [--forms 400] [--every 100] [--concurrency 2]

Each form has its own names, papers and text; one in three needs a smaller type or a second sheet. They are deferred as the
product does, typeset, kept and recorded by a worker process on a database of its own, dropped at the end; told is the
resident memory of that process by itself (RssAnon) from /proc. Wanted: less than 0.05 MB a form after the first hundred.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import UUID

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT), str(PROJECT / "src")]

from benchmarks import dossiers_database as database  # noqa: E402 - the path comes first

NAMES = (
    "Nguyễn",
    "Trần",
    "Huỳnh",
    "Võ Đặng",
    "Bùi",
    "Hồ",
    "Ngô",
    "Bảo Ngọc",
    "Thanh Trúc",
    "Quỳnh Như",
    "Ỷ",
    "Ẵm",
    "Ứng",
    "Ễnh",
)
WORDS = (
    "giấy chứng nhận",
    "quyền sử dụng đất",
    "bản gốc",
    "kèm sơ đồ",
    "văn bản ủy quyền",
    "chứng thực",
    "chữ ký",
    "đơn",
    "tờ khai",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--forms", type=int, default=400)
    parser.add_argument("--every", type=int, default=100)
    parser.add_argument("--concurrency", type=int, default=2)
    asked = parser.parse_args()
    os.environ.setdefault("MOTCUA_SECRET_KEY", "only-for-benchmarks")
    os.environ.setdefault("MOTCUA_QR_KEY", "only-for-benchmarks")
    os.environ["MOTCUA_LOG_LEVEL"] = "WARNING"
    with database.server() as server, tempfile.TemporaryDirectory(prefix="motcua-typesetting-") as folder:
        os.environ["MOTCUA_DATA_DIR"] = folder
        target = database.of_size(server, 0).replace("_0", "_typesetting")
        database.make(server, target)
        try:
            run(target, asked.forms, asked.every, asked.concurrency)
        finally:
            database.drop(server, target)


def run(target: str, forms: int, every: int, concurrency: int) -> None:
    ids = issue(target, forms)
    from motcua.cli.running.programs import worker

    program = worker(1, concurrency=concurrency)
    environment = {**os.environ, **program.environment, "PYTHONPATH": str(PROJECT / "src")}
    print(f"{forms:,} forms, {concurrency} at once, load {os.getloadavg()[0]:.1f}\n")
    print(
        "| forms | resident MB | MB a form since the line before | seconds |\n|---|---|---|---|", flush=True
    )
    process = subprocess.Popen(program.argv, env=environment, stdout=sys.stderr)
    try:
        growth = watch(process, ids, every)
    finally:
        process.terminate()
        process.wait(30)
    print(f"\nafter the first {every}: {growth:.3f} MB a form")


def watch(process: "subprocess.Popen[bytes]", ids: list[UUID], every: int) -> float:
    """Print a line for each so many forms done; megabytes a form between the first line and the last."""
    from django.db import connections

    from motcua.documents.models import FileRecord
    from motcua.dossiers.models import IssuedForm

    points: list[tuple[int, float]] = []
    began = time.monotonic()
    while not points or points[-1][0] < len(ids):
        time.sleep(0.5)
        if process.poll() is not None:
            raise SystemExit("the worker ended by itself")
        done = IssuedForm.objects.filter(pk__in=ids, file_id__isnull=False).count()
        if done >= min(len(ids), (points[-1][0] if points else 0) + every):
            now, (before, held) = resident(process.pid), points[-1] if points else (done, 0.0)
            each = f"{(now - held) / (done - before):.3f}" if done > before else "–"
            print(f"| {done} | {now:.0f} | {each} | {time.monotonic() - began:.0f} |", flush=True)
            points.append((done, now))
    wrong = FileRecord.objects.exclude(media_type="application/pdf").count()
    connections.close_all()
    if wrong:
        raise SystemExit(f"wrong, {wrong} forms are not PDF")
    (first, less), (last, more) = points[0], points[-1]
    return (more - less) / max(1, last - first)


def resident(pid: int) -> float:
    """Megabytes of memory a process holds by itself (pages of files it maps are not counted: they can be dropped at any time)."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(status.split("RssAnon:")[1].split()[0]) / 1024


def issue(target: str, forms: int) -> list[UUID]:
    """One received dossier with so many forms, each a job of the queue."""
    os.environ["DATABASE_URL"] = target
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.settings.base"
    import django

    django.setup()
    from django.core.management import call_command
    from procrastinate.contrib.django.models import ProcrastinateJob

    call_command("migrate", verbosity=0)
    from tests.cast import present_cast, settle_cast
    from tests.factories.dossiers import received

    from motcua.dossiers.jobs import typeset_form
    from motcua.dossiers.models import IssuedForm

    settle_cast()
    dossier_id = received(present_cast()).dossier_id
    model = IssuedForm.objects.get(dossier_id=dossier_id)
    chance = random.Random(7)
    ids = []
    for number in range(forms):
        form = IssuedForm.objects.create(
            dossier_id=dossier_id,
            passage_id=model.passage_id,
            code=model.code,
            content=content(model.content, number, chance),
            issued_at=model.issued_at,
        )
        typeset_form.defer(form_id=str(form.pk))
        ids.append(form.pk)
    # The form of the dossier itself is one more job; only those counted are left to the worker.
    ProcrastinateJob.objects.filter(task_name="dossiers.typeset_form", args__form_id=str(model.pk)).delete()
    return ids


def content(model: dict[str, Any], number: int, chance: random.Random) -> dict[str, Any]:
    """What stands on one form: no two alike."""
    papers = [
        {
            "name": " ".join(chance.choices(WORDS, k=chance.randint(2, 8))).capitalize(),
            "originals": 1,
            "copies": 0,
            "photocopies": chance.randint(0, 3),
            "electronic": 1,
            "is_presented": False,
            "exemption": "",
        }
        for _ in range(chance.choice((2, 3, 12)))
    ]
    return {
        **model,
        "applicant": " ".join(chance.choices(NAMES, k=5)),
        "submitter": " ".join(chance.choices(NAMES, k=4)),
        "paper_code": f"{number:016d}",
        "papers": papers,
    }


if __name__ == "__main__":
    main()
