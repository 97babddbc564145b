"""Whether a move may be made: the questions put to the declared table of `words.moves`."""

from collections.abc import Iterable

from motcua.dossiers.errors import MoveImpossible, ReasonMissing
from motcua.dossiers.words import MOVES, PAUSED, Move, MoveKey, State


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


def pauses(state: State) -> bool:
    """Whether the legal clock stands still in this state."""
    return state in PAUSED
