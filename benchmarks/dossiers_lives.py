"""The lives the generator gives to dossiers, walked once over the real table of moves and the real process graphs."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from motcua.dossiers.rules.lifecycle import MOVES, Side, check_move
from motcua.dossiers.rules.states import NATIONAL, State
from motcua.dossiers.rules.steps import walk

if TYPE_CHECKING:  # importing it needs Django's apps
    from motcua.catalogue.queries import VersionSnapshot

_TO_RETURN = ("assign", "submit_to_leader", "approve", "sign", "number_and_seal", "issue", "hand_over")

#: Life → weight, for dossiers that are over and for those still open. `register` stands for submit + receive online.
ENDED: dict[tuple[str, ...], int] = {
    ("register", *_TO_RETURN): 80,
    ("register", *_TO_RETURN[:-1]): 6,
    ("register", "assign", "stop"): 3,
    ("register", "assign", "withdraw"): 3,
    ("register", "assign", "submit_to_leader", "refuse", *_TO_RETURN[3:]): 5,
    ("submit", "refuse_at_door"): 3,
}
OPEN: dict[tuple[str, ...], int] = {
    ("submit",): 10,
    ("register",): 20,
    ("register", "assign"): 40,
    ("register", "assign", "forward"): 10,
    ("register", "assign", "ask_supplement"): 10,
    ("register", "assign", "submit_to_leader"): 10,
}


@dataclass(frozen=True, slots=True)
class Leg:
    """One move of a life on a procedure version: everything about its passage but people and moments."""

    move: str
    side: Side
    before: str
    after: str
    national_before: int | None
    national_after: int
    form: str
    reason: str
    left: str
    entered: str
    entered_name: str
    entered_days: Decimal
    is_start: bool
    is_pause: bool


def legs_of(version: "VersionSnapshot", life: Sequence[str]) -> tuple[Leg, ...]:
    """Walk a life; an illegal one is refused by the rules themselves."""
    state: State | None = None
    step = ""
    legs = []
    for key in life:
        move = MOVES[key]
        reason = "Theo quy định của thủ tục" if move.needs_reason else ""
        after = check_move(move, state, reason) if state else move.arrives_at(State.SUBMITTED)
        entered = walk(version.process.steps, step or version.process.start, move).entered or ""
        if after in {State.REFUSED_AT_DOOR, State.WITHDRAWN, State.STOPPED}:
            entered = ""
        moved = entered != step
        found = version.process.step(entered) if moved and entered else None
        legs.append(
            Leg(
                move=key,
                side=move.side,
                before=str(state or ""),
                after=str(after),
                national_before=int(NATIONAL[state]) if state else None,
                national_after=int(NATIONAL[after]),
                form=str(move.form or ""),
                reason=reason,
                left=step if moved else "",
                entered=entered if moved else "",
                entered_name=found.name if found else "",
                entered_days=found.days if found else Decimal(0),
                is_start=str(move.clock) == "start",
                is_pause=str(move.clock) == "pause",
            )
        )
        state, step = after, entered
    return tuple(legs)
