"""Who has a dossier in hand follows from the table of moves."""

import pytest

from motcua.dossiers.rules.holding import GIVEN, awaited, states_of_duties
from motcua.dossiers.words import MOVES, MoveKey, State
from motcua.dossiers.words.duties import DUTY_NAMES


@pytest.mark.parametrize(
    ("state", "is_assigned", "duty"),
    [
        (State.SUBMITTED, False, MoveKey.RECEIVE),
        (State.INCOMPLETE, False, None),
        (State.RECEIVED, False, MoveKey.ASSIGN),
        (State.RECEIVED, True, MoveKey.ASSIGN),
        (State.PROCESSING, False, MoveKey.ASSIGN),
        (State.PROCESSING, True, MoveKey.SUBMIT_TO_LEADER),
        (State.SUPPLEMENT, True, None),
        (State.PAYMENT, True, MoveKey.SETTLE),
        (State.AT_LEADER, True, MoveKey.APPROVE),
        (State.DECIDED, True, MoveKey.SIGN),
        (State.SIGNED, True, MoveKey.NUMBER_AND_SEAL),
        (State.SEALED, True, MoveKey.ISSUE),
        (State.ISSUED, True, MoveKey.HAND_OVER),
        (State.RETURNED, True, None),
        (State.WITHDRAWN, True, None),
        (State.CORRECTING, True, MoveKey.SIGN_CORRECTION),
        (State.CORRECTION_SIGNED, True, MoveKey.SEAL_CORRECTION),
    ],
)
def test_a_dossier_waits_for_one_act(state: State, is_assigned: bool, duty: MoveKey | None) -> None:
    assert awaited(state, is_assigned=is_assigned) is duty


def test_what_was_handed_over_waits_for_whoever_takes_it_over() -> None:
    assert awaited(State.SIGNED, is_assigned=True, awaits_acknowledgement=True) is MoveKey.ACKNOWLEDGE


def test_every_duty_is_an_officers_act_that_a_state_allows() -> None:
    for duty, states in states_of_duties().items():
        assert MOVES[duty].permission, duty
        assert states <= MOVES[duty].sources, duty
        if duty not in {MoveKey.ACKNOWLEDGE, MoveKey.ANSWER_CONSULTATION}:
            assert states, duty


def test_every_awaited_act_has_a_name() -> None:
    found = {awaited(state, is_assigned=given) for state in State for given in (True, False)}
    assert found - {None} <= DUTY_NAMES.keys()
    assert frozenset({State.PROCESSING}) == GIVEN
