"""The token of a dossier on its process graph, and where a move carries it.

One token stands on one step; opinions of other agencies run beside it with terms of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from motcua.catalogue.words import StepKind
from motcua.dossiers.words import Move


class StepLike(Protocol):
    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def days(self) -> Decimal: ...
    @property
    def next(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Walk:
    """Result of a move on the graph: the step left (None if the token stayed) and the step it stands on now."""

    left: str | None
    entered: str | None


# The order of stages: a move that completes a later stage carries the token past the steps it made needless.
_ORDER = list(StepKind)


def walk(steps: Sequence[StepLike], at: str | None, move: Move) -> Walk:
    """Where the token goes: from the step the move completes (or a later one of that stage) to its first successor."""
    if move.completes is None or not steps:
        return Walk(None, at)
    by_key = {step.key: step for step in steps}
    current = by_key[at] if at in by_key else steps[0]
    done = _first_of_stage(by_key, current, move.completes)
    if done is None:
        return Walk(None, at)
    successor = done.next[0] if done.next else None
    return Walk(current.key, successor)


def last_of_stage(steps: Sequence[StepLike], stage: StepKind) -> str | None:
    """The last step of a stage: where a dossier sent back by the leader lands."""
    keys = [step.key for step in steps if step.kind == stage]
    return keys[-1] if keys else None


def _first_of_stage(by_key: dict[str, StepLike], current: StepLike, stage: StepKind) -> StepLike | None:
    """The current step if it is of that stage, else the nearest later one; None if the token is already past it."""
    seen: set[str] = set()
    step: StepLike | None = current
    while step is not None and step.key not in seen:
        if step.kind == stage:
            return step
        if _ORDER.index(StepKind(step.kind)) > _ORDER.index(stage):
            return None
        seen.add(step.key)
        step = by_key[step.next[0]] if step.next else None
    return None
