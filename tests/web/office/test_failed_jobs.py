"""Background work that failed for good: what it was, why, and trying it again."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from django.db import connection
from django.test import Client
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from tests.cast import Cast

from motcua.kernel import failures
from motcua.kernel.models import JobFailure

pytestmark = pytest.mark.django_db(transaction=True)
As = Callable[[str], Client]
PAGE = "/co-quan/quan-tri/viec-hong/"


def _failed(listener: str, queueing_lock: str | None = None, status: str = "failed") -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts, queueing_lock)"
            " VALUES ('default', 'kernel.deliver', jsonb_build_object('entry_id', 7, 'listener', %s::text),"
            " %s::procrastinate_job_status, 10, %s) RETURNING id",
            [listener, status, queueing_lock],
        )
        return int(cursor.fetchone()[0])


def _states() -> dict[int, tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, status::text, attempts FROM procrastinate_jobs")
        return {id: (status, attempts) for id, status, attempts in cursor.fetchall()}


def _fails(job_id: int) -> None:
    """As a worker runs a job that raises; the text of the error names a person."""

    async def work() -> object:
        raise ValueError("Nguyễn Thị Hòa, 001199000123")

    job = Job(id=job_id, task_name="kernel.deliver", queue="default", lock=None, queueing_lock=None)
    with pytest.raises(ValueError, match="Hòa"):
        asyncio.run(_around(work, job))


async def _around(work: Callable[[], Awaitable[object]], job: Job) -> object:
    return await failures.noting(
        work, JobContext(start_timestamp=0, job=job, app=app, abort_reason=lambda: None), None
    )


def test_an_administrator_sees_why_and_tries_again(as_: As, cast: Cast) -> None:
    one, other = _failed("dossiers.typeset"), _failed("oversight.count")
    _fails(one)
    quang = as_("quang")
    page = quang.get(PAGE).content.decode()
    assert page.count('name="id"') == 2
    assert "ValueError" in page
    assert "test_failed_jobs.py:" in page
    assert "listener dossiers.typeset" in page
    assert "Hòa" not in page, "the text of an error may name people"
    assert "hỏng trước khi có trang này" in page, "the other one has no error kept"
    assert quang.post(PAGE, {}).status_code == 422
    assert quang.post(PAGE, {"id": "9" * 40}).status_code == 422
    assert quang.post(PAGE, {"id": [one]}).status_code == 302
    assert (_states()[one], _states()[other]) == (("todo", 0), ("failed", 10))


def test_others_may_not(as_: As, cast: Cast) -> None:
    job = _failed("dossiers.typeset")
    assert as_("dung").post(PAGE, {"id": [job]}).status_code == 403
    assert _states()[job] == ("failed", 10)


def test_what_waits_already_is_not_put_twice(as_: As, cast: Cast) -> None:
    waiting = _failed("a", "nightly", "todo")
    late, early, newest = _failed("a", "nightly"), _failed("b", "weekly"), _failed("b", "weekly")
    done = _failed("c", None, "succeeded")
    assert as_("quang").post(PAGE, {"id": [late, early, newest, done, waiting]}).status_code == 302
    states = {id: state for id, (state, _) in _states().items()}
    assert [states[id] for id in (waiting, late, early, newest, done)] == [
        "todo", "failed", "failed", "todo", "succeeded",
    ]  # fmt: skip


def test_a_worker_notes_what_fails_and_forgets_jobs_that_are_gone(cast: Cast) -> None:
    assert app.worker_defaults["worker_middleware"] == [failures.noting]
    gone, kept = _failed("a"), _failed("b")
    _fails(gone)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [gone])
    _fails(kept)
    assert list(JobFailure.objects.values_list("job_id", flat=True)) == [kept]
