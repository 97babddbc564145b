"""Drafts as people type: what saving by itself, the pages of a draft and one's own space cost the server.

usage: drafts.py [--dossiers 1000] [--drafts 10] [--calls 60] [--profile]

Requests run through the whole of Django (middleware, session, transaction) in this process, one after the other, against a
database filled like that of `dossiers.py`; every save changes an answer. `--drafts` are unsent drafts of the same person besides
the one that is typed in. Told: the time of the answer (median, 95th percentile) and how much of it is the processor of this
process. `--profile` prints where the processor goes when saving.
"""

import argparse
import cProfile
import os
import pstats
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(PROJECT), str(PROJECT / "src")]

from benchmarks import dossiers_database as database  # noqa: E402 - the path comes first
from benchmarks.dossiers import prepare  # noqa: E402 - after the path is set

BIRTH = "1.001193"
WARM = 5


class _Fields(HTMLParser):
    """What a browser would post of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.posted: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and (given.get("type") not in {"radio", "checkbox", "file"} or "checked" in given):
            self.posted[given.get("name") or ""] = given.get("value") or ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--dossiers", type=int, default=1000)
    parser.add_argument("--drafts", type=int, default=10)
    parser.add_argument("--calls", type=int, default=60)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    with database.server() as server, tempfile.TemporaryDirectory(prefix="motcua-drafts-") as folder:
        # Collected assets of this run only; the cluster stays where it is.
        os.environ["MOTCUA_DATA_DIR"] = folder
        for name in ("MOTCUA_SECRET_KEY", "MOTCUA_QR_KEY"):
            os.environ.setdefault(name, "only-for-benchmarks")
        prepare(server, database.of_size(server, asked.dossiers), asked.dossiers)
        from django.core.management import call_command

        call_command("collectstatic", verbosity=0, interactive=False)
        run(asked)


def run(asked: argparse.Namespace) -> None:
    from django.conf import settings
    from django.test import Client

    from motcua.directory.models import Account
    from motcua.dossiers.models import Draft
    from motcua.kernel.authority import SYSTEM
    from motcua.provisioning.demo.directory import load_demo_directory

    settings.ALLOWED_HOSTS = ["*"]
    account = Account.objects.get(pk=load_demo_directory(actor=SYSTEM).accounts["hoa"])
    client = Client(headers={"Host": "localhost"})
    client.force_login(account)
    Draft.objects.filter(owner_id=account.pk).delete()
    begun: Any = client.post(f"/thu-tuc/{BIRTH}/nop/", secure=True)
    at = begun["Location"]
    _more(Draft, at.split("/")[2], asked.drafts)
    page: Any = client.get(f"{at}to-khai/", secure=True)
    posted = _Fields(page.content.decode()).posted
    save = _saving(client, f"{at}to-khai/luu/", posted)
    if asked.profile:
        _profile(save, asked.calls)
    print(
        f"\n{asked.dossiers:,} dossiers, {asked.drafts:,} more drafts of the person; {asked.calls} calls.\n\n"
        "| request | ms p50 | ms p95 | processor ms p50 |\n|---|---|---|---|"
    )
    _told("autosave", save, asked.calls)
    for name, address in (
        ("draft: form", f"{at}to-khai/"),
        ("draft: papers", f"{at}giay-to/"),
        ("draft: tasks", at),
        ("procedure", f"/thu-tuc/{BIRTH}/"),
        ("my space", "/ho-so/"),
    ):
        _told(name, lambda address=address: _seen(client, address), asked.calls)
    Draft.objects.filter(owner_id=account.pk).delete()


def _more(drafts: Any, like: str, count: int) -> None:
    """So many copies of the draft, as if they had been begun and left."""
    from motcua.kernel.ids import new_id

    row = drafts.objects.get(pk=like)
    fields = {field.attname: getattr(row, field.attname) for field in drafts._meta.concrete_fields}
    made = [drafts(**{**fields, "id": new_id()}) for _ in range(count)]
    drafts.objects.bulk_create(made, batch_size=1000)


def _saving(client: Any, address: str, posted: dict[str, str]) -> Callable[[], None]:
    """One save after the other, each with another name, each made on the revision before."""
    state = {"n": 0, "seen": posted.get("_seen", "1")}

    def save() -> None:
        state["n"] += 1
        body = {**posted, "_seen": state["seen"], "child.full_name": "Trần Gia " + "ABCDEFGH"[state["n"] % 8]}
        answer = client.post(address, body, secure=True, headers={"Accept": "application/json"})
        if answer.status_code != 200:
            raise SystemExit(f"saving was refused: {answer.status_code} {answer.content[:300]!r}")
        state["seen"] = str(answer.json()["revision"])

    return save


def _seen(client: Any, address: str) -> None:
    answer = client.get(address, secure=True)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")


def _told(name: str, call: Callable[[], None], calls: int) -> None:
    for _ in range(WARM):
        call()
    took, spent = [], []
    for _ in range(calls):
        began, used = time.perf_counter(), time.process_time()
        call()
        took.append(1000 * (time.perf_counter() - began))
        spent.append(1000 * (time.process_time() - used))
    late = sorted(took)[int(len(took) * 0.95) - 1]
    print(
        f"| {name} | {statistics.median(took):.1f} | {late:.1f} | {statistics.median(spent):.1f} |",
        flush=True,
    )


def _profile(call: Callable[[], None], calls: int) -> None:
    for _ in range(WARM):
        call()
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(calls):
        call()
    profile.disable()
    pstats.Stats(profile).sort_stats("cumulative").print_stats(45)


if __name__ == "__main__":
    main()
