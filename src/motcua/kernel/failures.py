"""Background work that failed for good: what it was, what went wrong, and trying it again.

The queue keeps that a job failed, not why. Each worker writes the class and the place of an error beside the job at every try
that fails; the text of an error stays in the log, for it may hold personal data.
"""

import json
import traceback
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from asgiref.sync import sync_to_async
from django.db import DatabaseError, connection, transaction
from procrastinate import App, JobContext

from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise
from motcua.kernel.models import JobFailure

#: Who may look at failed work and try it again: whoever decides about dead letters.
MAY_RETRY = "outbox.manage"
_ORPHANS = "DELETE FROM kernel_jobfailure f WHERE NOT EXISTS (SELECT 1 FROM procrastinate_jobs j WHERE j.id = f.job_id)"
_FAILED = """
SELECT j.id, j.task_name, j.queue_name, j.args, j.attempts, coalesce(f.error, ''), coalesce(f.place, ''),
  coalesce(f.failed_at, (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id))
FROM procrastinate_jobs j LEFT JOIN kernel_jobfailure f ON f.job_id = j.id
WHERE j.status = 'failed' ORDER BY j.id DESC LIMIT %s
"""
# Of several that exclude each other on the queue the newest goes; none where one is waiting already, for that does the work.
_AGAIN = """
UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL, worker_id = NULL WHERE id IN (
  SELECT DISTINCT ON (coalesce(j.queueing_lock, j.id::text)) j.id
  FROM procrastinate_jobs j
  WHERE j.id = ANY(%s) AND j.status = 'failed' AND NOT EXISTS (
    SELECT 1 FROM procrastinate_jobs w WHERE w.status = 'todo' AND w.queueing_lock = j.queueing_lock)
  ORDER BY coalesce(j.queueing_lock, j.id::text), j.id DESC)
"""


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job nobody tries again by itself. `about` are its arguments that say what it was for: names and ids, no content."""

    id: int
    task: str
    queue: str
    about: str
    attempts: int
    error: str
    place: str
    failed_at: datetime | None


def failed_jobs(*, actor: Actor, limit: int = 100) -> Sequence[FailedJob]:
    """Failed work, newest first. Raises `PermissionRefused` (needs `outbox.manage`)."""
    authorise(actor, MAY_RETRY)
    with connection.cursor() as cursor:
        cursor.execute(_FAILED, [limit])
        return [
            FailedJob(id, task, queue, _about(json.loads(args)), attempts, error, place, failed_at)
            for id, task, queue, args, attempts, error, place, failed_at in cursor.fetchall()
        ]


@transaction.atomic
def retry_failed(*, actor: Actor, ids: Collection[int]) -> int:
    """Put failed work back on the queue with fresh patience; how much of it. What is waiting under the same name already
    is not put there twice. Raises `PermissionRefused`.
    """
    authorise(actor, MAY_RETRY)
    with connection.cursor() as cursor:
        cursor.execute(_AGAIN, [list(ids)])
        return int(cursor.rowcount)


def note_failure(job_id: int, error: BaseException) -> None:
    """Keep what made a try of a job fail; what was kept of jobs that are gone goes."""
    values = {"error": _class_of(error), "place": _place_of(error), "failed_at": clock.now()}
    JobFailure.objects.update_or_create(job_id=job_id, defaults=values)
    with connection.cursor() as cursor:
        cursor.execute(_ORPHANS)


async def noting(call_next: Callable[[], Awaitable[object]], context: JobContext, worker: object) -> object:
    """Around every job of a worker. A database that is gone keeps nothing, and the job fails with its own error."""
    try:
        return await call_next()
    except Exception as error:  # noted and raised again, whatever it is
        if context.job.id is not None:
            await sync_to_async(_try_to_note)(context.job.id, error)
        raise


def watch(app: App) -> None:
    """Called when the queue is ready: workers of this process note what fails."""
    app.worker_defaults["worker_middleware"] = [noting]


def _try_to_note(job_id: int, error: Exception) -> None:
    try:
        note_failure(job_id, error)
    except DatabaseError:
        connection.close()


def _class_of(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _place_of(error: BaseException) -> str:
    """`module.py:line` of the innermost frame of the product, else of the innermost of all."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    ours = [frame for frame in frames if "motcua" in PurePath(frame.filename).parts] or frames
    if not ours:
        return ""
    *_, package, name = ("", *PurePath(ours[-1].filename).parts[-2:])
    return f"{package}/{name}:{ours[-1].lineno}"


def _about(args: Mapping[str, object]) -> str:
    return " · ".join(f"{name} {value}" for name, value in args.items() if isinstance(value, str | int))[:200]
