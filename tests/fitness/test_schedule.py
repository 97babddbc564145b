"""Jobs of the night run at night: by the clock of the province, not by that of the queue, which reckons in UTC."""

from datetime import UTC, datetime
from typing import Any

import pytest
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicTask

from motcua.kernel import clock

NOON = datetime(2026, 11, 30, 12, 0, tzinfo=clock.LOCAL)
TASKS = sorted(app.periodic_registry.periodic_tasks.values(), key=lambda periodic: str(periodic.task.name))


def next_run(periodic: "PeriodicTask[..., Any, Any]") -> datetime:
    """When the queue itself would begin it next, as the clock on the wall says it."""
    moment = periodic.croniter.get_next(ret_type=float, start_time=NOON.timestamp())
    return datetime.fromtimestamp(moment, UTC).astimezone(clock.LOCAL)


def test_there_are_jobs_of_the_night() -> None:
    assert sum(not is_frequent(periodic) for periodic in TASKS) >= 5


@pytest.mark.parametrize("periodic", TASKS, ids=lambda periodic: periodic.task.name)
def test_what_runs_once_a_day_runs_before_the_offices_open(periodic: "PeriodicTask[..., Any, Any]") -> None:
    if not is_frequent(periodic):
        assert next_run(periodic).hour < 4


def test_reorganisations_take_effect_at_midnight() -> None:
    (due,) = [periodic for periodic in TASKS if periodic.task.name.endswith("hand_over_due")]
    assert next_run(due) == datetime(2026, 12, 1, 0, 1, tzinfo=clock.LOCAL)


def is_frequent(periodic: "PeriodicTask[..., Any, Any]") -> bool:
    return (next_run(periodic) - NOON).total_seconds() <= 3600
