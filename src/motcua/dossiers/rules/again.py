"""From which dossiers somebody may apply again: those that came to nothing."""

from motcua.dossiers.words import ABANDONED, ENDED, Outcome, State


def may_apply_again(state: str, outcome: str) -> bool:
    """Withdrawn, stopped, refused at the door, or ended with a refusal."""
    at = State(state)
    return at in ABANDONED or (at in ENDED and outcome == Outcome.REFUSED)
