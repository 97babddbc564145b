"""Whether a move may be made: the questions put to the declared table of `words.moves`."""

from collections.abc import Iterable
from datetime import datetime

from motcua.dossiers.errors import MoveImpossible, ReasonMissing
from motcua.dossiers.words import MOVES, PAUSED, Move, MoveKey, State
from motcua.kernel import clock


def move_named(key: str) -> Move:
    """The move of this key; an unknown key is refused like any impossible move."""
    try:
        return MOVES[MoveKey(key)]
    except ValueError:
        raise MoveImpossible(move=key, state="") from None


def check_move(move: Move, state: State, reason: str) -> State:
    """The state the move arrives at, or `MoveImpossible` / `ReasonMissing`."""
    if state not in move.sources:
        raise MoveImpossible(move=move.name, state=state)
    if move.needs_reason and not reason.strip():
        raise ReasonMissing(move=move.name)
    return move.arrives_at(state)


def moves_from(state: State) -> Iterable[Move]:
    """Every move that may start here, in the order of the law."""
    return (move for move in MOVES.values() if state in move.sources)


def is_in_time(move: Move, received_at: datetime | None, now: datetime) -> bool:
    """Whether it is not too late for the move: some are done on the day of the receipt, as offices count days, or not at all."""
    if not move.only_on_day:
        return True
    return received_at is not None and clock.local(received_at).date() == clock.local(now).date()


def pauses(state: State) -> bool:
    """Whether the legal clock stands still in this state."""
    return state in PAUSED
