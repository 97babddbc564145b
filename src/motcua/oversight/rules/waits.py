"""Which step is the neck of the bottle: the median time dossiers stood in it, against the time it was given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class StepWait:
    """One dossier leaving one step: minutes of office time it stood there, minutes the step had (None: no limit)."""

    step: str
    spent: float
    allowed: float | None


@dataclass(frozen=True, slots=True)
class StepTime:
    """One step over many dossiers; `late` of them left it after its time."""

    step: str
    passed: int
    late: int
    median_spent: float
    median_allowed: float | None

    @property
    def pressure(self) -> float:
        """Median spent over median allowed: above 1 the step is too slow for its time."""
        return self.median_spent / self.median_allowed if self.median_allowed else 0.0


def step_times(waits: Iterable[StepWait]) -> list[StepTime]:
    """By step, the one under most pressure first."""
    found: dict[str, list[StepWait]] = {}
    for wait in waits:
        found.setdefault(wait.step, []).append(wait)
    rows = [_of_step(step, held) for step, held in found.items()]
    return sorted(rows, key=lambda row: (-row.pressure, -row.late, row.step))


def _of_step(step: str, held: list[StepWait]) -> StepTime:
    limits = [wait.allowed for wait in held if wait.allowed is not None]
    return StepTime(
        step,
        passed=len(held),
        late=sum(wait.allowed is not None and wait.spent > wait.allowed for wait in held),
        median_spent=median(wait.spent for wait in held),
        median_allowed=median(limits) if limits else None,
    )
