"""Letters of the time before the outbox come forward: nothing waiting is forgotten, nothing sent leaves again."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid5

import psycopg
import pytest
from psycopg.rows import dict_row
from tests.integration.cli.test_upgrade import fresh, motcua  # noqa: F401 - the fixture

from motcua.cli.environment import plain_address

pytestmark = [pytest.mark.slow, pytest.mark.machine]

SPACE = UUID("0198f000-0000-7000-8000-000000000000")
DOSSIER, PARTY = uuid5(SPACE, "dossier"), uuid5(SPACE, "party")
#: state, tries, when sent, last error: the four columns that each of the two tables had.
OLD = {
    "waiting": ("waiting", 0, None, ""),
    "failing": ("waiting", 3, None, "451 try later"),
    "failed": ("failed", 8, None, "550 no such mailbox"),
    "sent": ("sent", 1, "2026-11-20 08:00:05+00", ""),
    "sent_without_time": ("sent", 1, None, ""),
}
MADE = "2026-11-20 08:00:00+00"
JOBS = {
    "channels.send_email": ("todo", {"delivery_id": "x"}, False),
    "channels.send_official_letter": ("failed", {"letter_id": "x"}, False),
    "kernel.deliver": ("todo", {"listener": "channels.official_letter"}, False),
    "dossiers.typeset_form": ("todo", {"form_id": "x"}, True),
}


@pytest.fixture
def forward(fresh: str, tmp_path: Path) -> Iterator["psycopg.Connection[dict[str, object]]"]:  # noqa: F811 - the fixture
    """A database with rows as they were written before the outbox, brought forward by the operator's command."""
    for app, to in (("procrastinate", []), ("channels", ["0002_official_letters"])):
        motcua(fresh, tmp_path, "manage", "migrate", app, *to, "--verbosity", "0")
    with psycopg.connect(plain_address(fresh), autocommit=True, row_factory=dict_row) as database:
        write_old(database)
        motcua(fresh, tmp_path, "manage", "migrate", "channels", "--verbosity", "0")
        yield database


def write_old(database: "psycopg.Connection[dict[str, object]]") -> None:
    for name, (state, attempts, sent_at, error) in OLD.items():
        notice, delivery, letter = (
            uuid5(SPACE, f"{kind} {name}") for kind in ("notice", "delivery", "letter")
        )
        database.execute(
            "INSERT INTO channels_notice (id, party_id, dossier_id, passage_id, kind, language, subject, body, made_at)"
            " VALUES (%s, %s, %s, %s, 'received', 'vi', 'Tiếp nhận', 'Đã tiếp nhận.', %s)",
            [notice, PARTY, DOSSIER, notice, MADE],
        )
        database.execute(
            "INSERT INTO channels_delivery (id, way, address, state, attempts, sent_at, last_error, notice_id)"
            " VALUES (%s, 'email', 'hoa@example.vn', %s, %s, %s, %s, %s)",
            [delivery, state, attempts, sent_at, error, notice],
        )
        database.execute(
            "INSERT INTO channels_officialletter"
            " (id, key, address, subject, body, enclosures, written_at, state, attempts, sent_at, last_error)"
            " VALUES (%s, %s, 'dung@example.vn', 'Báo cáo', 'Kính gửi.', '[]', %s, %s, %s, %s, %s)",
            [letter, name, MADE, state, attempts, sent_at, error],
        )
    for task, (status, args, _) in JOBS.items():
        database.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, status, args)"
            " VALUES (%s, 'default', %s::procrastinate_job_status, %s)",
            [task, status, json.dumps(args)],
        )


def test_letters_of_both_tables_come_into_the_one_outbox(
    forward: "psycopg.Connection[dict[str, object]]",
) -> None:
    for table, kind in (("channels_delivery", "delivery"), ("channels_officialletter", "letter")):
        for name, (state, attempts, _, error) in OLD.items():
            row = uuid5(SPACE, f"{kind} {name}")
            (message,) = forward.execute(
                f"SELECT m.*, ended_at::text AS ended FROM kernel_outboxmessage m JOIN {table} o ON o.message_id = m.id"  # noqa: S608 - ours
                " WHERE o.id = %s",
                [row],
            ).fetchall()
            assert (message["destination"], message["key"]) == ("channels.email", str(row))
            assert message["reference"] == f"{kind}:{row}", "as the sender reads it"
            assert message["subject"] == (f"{DOSSIER}:{PARTY}" if kind == "delivery" else "")
            assert (message["attempts"], message["last_error"]) == (attempts, error)
            # What failed for good by the old count is tried anew: the old count gave up after a day.
            assert message["state"] == ("sent" if state == "sent" else "waiting"), name
            assert (message["ended"] is not None) == (state == "sent")
            assert message["lease"] is None
    total = forward.execute("SELECT count(*) AS n FROM kernel_outboxmessage").fetchone()
    assert total == {"n": 2 * len(OLD)}


def test_what_was_sent_keeps_its_time_and_what_waits_has_patience_left(
    forward: "psycopg.Connection[dict[str, object]]",
) -> None:
    sent = forward.execute(
        "SELECT count(*) AS n FROM kernel_outboxmessage WHERE state = 'sent' AND ended_at::date = '2026-11-20'"
    ).fetchone()
    assert sent == {"n": 4}
    waiting = forward.execute(
        "SELECT count(*) AS n FROM kernel_outboxmessage"
        " WHERE state = 'waiting' AND next_try_at <= now() AND expires_at > now() + interval '11 days'"
    ).fetchone()
    assert waiting == {"n": 6}


def test_jobs_that_no_worker_knows_any_more_are_gone_and_others_stay(
    forward: "psycopg.Connection[dict[str, object]]",
) -> None:
    left = {row["task_name"] for row in forward.execute("SELECT task_name FROM procrastinate_jobs")}
    assert left == {task for task, (_, _, stays) in JOBS.items() if stays}
