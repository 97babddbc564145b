"""A whole life as a sequence of moves, walked once over the real table of moves and a process graph.

For whoever writes many dossiers at once (`services.lives`): what every passage of such a life says, but for people and
moments. An impossible life is refused by the rules themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from motcua.dossiers.rules.lifecycle import check_move
from motcua.dossiers.rules.steps import StepLike, walk
from motcua.dossiers.words import (
    ABANDONED,
    MOVES,
    NATIONAL,
    OPEN,
    PAUSED,
    Clock,
    Ending,
    MoveKey,
    Outcome,
    Side,
    State,
)


@dataclass(frozen=True, slots=True)
class Leg:
    """One move of a life on a process graph. `entered_days` is the entered step's own limit in working days."""

    move: MoveKey
    side: Side
    clock: Clock
    before: str
    after: str
    national_before: int | None
    national_after: int
    form: str
    decides: Outcome | None
    ends_as: Ending | None
    needs_reason: bool
    left: str
    entered: str
    entered_name: str
    entered_days: Decimal
    is_open: bool
    is_paused: bool

    @property
    def walks(self) -> bool:
        """Whether the token leaves its step."""
        return bool(self.left or self.entered)


class _NamedStep(StepLike, Protocol):
    @property
    def name(self) -> str: ...


def legs_of(steps: Sequence[_NamedStep], start: str, life: Sequence[MoveKey]) -> tuple[Leg, ...]:
    """Walk a life over the graph. Refuses `MoveImpossible` for a life the law does not know."""
    by_key = {step.key: step for step in steps}
    state: State | None = None
    at = ""
    legs = []
    for key in life:
        move = MOVES[key]
        after = check_move(move, state, "-") if state else move.arrives_at(State.SUBMITTED)
        entered = (walk(steps, at or start, move).entered or "") if after not in ABANDONED else ""
        moved = entered != at
        found = by_key[entered] if moved and entered else None
        legs.append(
            Leg(
                move=move.key,
                side=move.side,
                clock=move.clock,
                before=str(state or ""),
                after=str(after),
                national_before=int(NATIONAL[state]) if state else None,
                national_after=int(NATIONAL[after]),
                form=str(move.form or ""),
                decides=move.decides,
                ends_as=move.ends_as,
                needs_reason=move.needs_reason,
                left=at if moved else "",
                entered=entered if moved else "",
                entered_name=found.name if found else "",
                entered_days=found.days if found else Decimal(0),
                is_open=after in OPEN,
                is_paused=after in PAUSED,
            )
        )
        state, at = after, entered
    return tuple(legs)
