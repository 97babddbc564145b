"""The life of a directive: given with a term, answered, settled or sent back; withdrawn with a reason, and taken up again.

Internal steering of an administration, not an act of the dossier: nothing here touches the legal clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from motcua.oversight.errors import DirectiveIncomplete, DirectiveMoveImpossible
from motcua.oversight.words import Act, DirectiveSide, DirectiveState

LONGEST_TERM_DAYS: Final = 90
LONGEST_TEXT: Final = 4000


@dataclass(frozen=True, slots=True)
class Step:
    """An act people do: from which states, to which (None: back to where the answer left it), by whom, with words or not."""

    sources: frozenset[DirectiveState]
    target: DirectiveState | None
    side: DirectiveSide
    needs_text: bool = False


_S = DirectiveState
STEPS: Final[Mapping[Act, Step]] = {
    Act.ANSWER: Step(frozenset({_S.OPEN}), _S.ANSWERED, DirectiveSide.ASSIGNEE, needs_text=True),
    Act.TAKE_BACK: Step(frozenset({_S.ANSWERED}), _S.OPEN, DirectiveSide.ASSIGNEE),
    Act.SETTLE: Step(frozenset({_S.ANSWERED}), _S.SETTLED, DirectiveSide.DIRECTOR),
    Act.SEND_BACK: Step(frozenset({_S.ANSWERED}), _S.OPEN, DirectiveSide.DIRECTOR, needs_text=True),
    Act.WITHDRAW: Step(
        frozenset({_S.OPEN, _S.ANSWERED}), _S.WITHDRAWN, DirectiveSide.DIRECTOR, needs_text=True
    ),
    Act.TAKE_UP: Step(frozenset({_S.SETTLED, _S.WITHDRAWN}), None, DirectiveSide.DIRECTOR),
}


def next_state(act: Act, state: DirectiveState, *, has_answer: bool, text: str) -> DirectiveState:
    """Where an act leads. Raises `DirectiveMoveImpossible`, `DirectiveIncomplete`."""
    step = STEPS.get(act)
    if step is None or state not in step.sources:
        raise DirectiveMoveImpossible(act=act, state=state)
    if step.needs_text:
        check_text(text)
    if step.target is not None:
        return step.target
    return _S.ANSWERED if has_answer else _S.OPEN


def acts_open(state: DirectiveState, sides: frozenset[DirectiveSide]) -> tuple[Act, ...]:
    """The acts open to somebody who stands on these sides."""
    return tuple(act for act, step in STEPS.items() if state in step.sources and step.side in sides)


def check_text(text: str) -> None:
    """Words are needed, and not a book. Raises `DirectiveIncomplete`."""
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise DirectiveIncomplete(field="text", what=f"nội dung, không quá {LONGEST_TEXT} chữ")


def check_term(days: int) -> None:
    """A term of one to `LONGEST_TERM_DAYS` working days. Raises `DirectiveIncomplete`."""
    if not 1 <= days <= LONGEST_TERM_DAYS:
        raise DirectiveIncomplete(field="days", what=f"thời hạn từ 1 đến {LONGEST_TERM_DAYS} ngày làm việc")


def is_overdue(
    state: DirectiveState, *, due_at: datetime, answered_at: datetime | None, now: datetime
) -> bool:
    """Late: unanswered past its term, or answered after it."""
    if state is _S.WITHDRAWN:
        return False
    return (answered_at or now) > due_at
