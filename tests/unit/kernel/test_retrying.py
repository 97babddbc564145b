"""The patience of background work."""

from datetime import timedelta
from itertools import count

from procrastinate.jobs import Job
from procrastinate.retry import RetryDecision

from motcua.kernel import clock
from motcua.kernel.retrying import PATIENCE


def after(attempts: int) -> RetryDecision | None:
    """What becomes of a job that has failed so many times before, and fails again."""
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="any", attempts=attempts)
    return PATIENCE.get_retry_decision(exception=RuntimeError(), job=job)


def test_a_failing_job_is_tried_again_with_growing_pauses_for_about_a_day() -> None:
    pauses: list[timedelta] = []
    for attempts in count():
        asked_at = clock.now()
        decision = after(attempts)
        if decision is None:
            break
        assert decision.retry_at is not None
        pauses.append(decision.retry_at - asked_at)
    assert pauses == sorted(pauses)
    assert timedelta(hours=20) < sum(pauses, timedelta()) < timedelta(hours=30)
