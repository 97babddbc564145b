"""Who has a dossier in hand: whoever must act now, which is not always whom it was once assigned to."""

from collections.abc import Mapping

from motcua.dossiers.words import MoveKey, State
from motcua.dossiers.words.duties import DUTY_NAMES, ONWARD

#: In these duties the one who was assigned acts; in every other whoever holds the role.
PERSONAL = frozenset({MoveKey.SUBMIT_TO_LEADER})


def awaited(state: State, *, is_assigned: bool, awaits_acknowledgement: bool = False) -> MoveKey | None:
    """The act a dossier waits for; None where the next one is the applicant's, or none is left.

    What nobody was given waits for whoever gives it; what was handed over by a reorganisation, for whoever takes it over.
    """
    if awaits_acknowledgement:
        return MoveKey.ACKNOWLEDGE
    acts = ONWARD[state]
    if len(acts) > 1:
        wanted = MoveKey.SUBMIT_TO_LEADER if is_assigned else MoveKey.ASSIGN
        return wanted if wanted in acts else acts[0]
    return acts[0] if acts else None


#: In these states a dossier waits for one of two: for whoever gives it, and once given for whom it was given to.
GIVEN: frozenset[State] = frozenset(
    state
    for state in State
    if awaited(state, is_assigned=True) in PERSONAL and awaited(state, is_assigned=False) not in PERSONAL
)


def states_of_duties() -> Mapping[MoveKey, frozenset[State]]:
    """The states in which each duty waits, whoever is assigned."""
    found: dict[MoveKey, set[State]] = {key: set() for key in DUTY_NAMES}
    for state in State:
        for is_assigned in (True, False):
            duty = awaited(state, is_assigned=is_assigned)
            if duty is not None:
                found[duty].add(state)
    return {key: frozenset(states) for key, states in found.items()}
