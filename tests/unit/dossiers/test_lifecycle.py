"""The declared life of a dossier: what holds of the table as a whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.errors import MoveImpossible, ReasonMissing
from motcua.dossiers.rules.lifecycle import check_move, move_named, moves_from
from motcua.dossiers.words import (
    ABANDONED,
    BEFORE_RECEIPT,
    ENDED,
    MOVES,
    NATIONAL,
    OPEN,
    PAUSED,
    STATE_NAMES,
    Clock,
    MoveKey,
    National,
    Side,
    State,
    StatutoryForm,
)

# Transitions of the national statuses (proposal of the design: 1→2|3|5; 5→1|2|4|7|3|8; …), plus same → same.
NATIONAL_TRANSITIONS = {
    1: {2, 3, 5, 7},
    2: {4, 5, 6, 7, 8, 9},
    4: {5, 6, 7, 8, 9},
    5: {1, 2, 4, 7, 3, 8},
    6: {4, 7, 8},
    9: {10},
    10: {9},  # an issued result reopened for correction goes back to "processed"
}


def test_every_state_has_a_national_status_and_a_name() -> None:
    assert set(NATIONAL) == set(State) == set(STATE_NAMES)
    assert set(NATIONAL.values()) == set(National)


def test_moves_follow_the_national_transitions() -> None:
    for move in MOVES.values():
        for source in move.sources:
            before, after = int(NATIONAL[source]), int(NATIONAL[move.arrives_at(source)])
            assert before == after or after in NATIONAL_TRANSITIONS[before], (move.key, source)


def test_clock_effects_agree_with_states() -> None:
    for move in MOVES.values():
        for source in move.sources:
            target = move.arrives_at(source)
            if move.clock is Clock.PAUSE:
                assert source not in PAUSED
                assert target in PAUSED
            if move.clock is Clock.RESUME:
                assert source in PAUSED
                assert target not in PAUSED
                assert target in OPEN
            if move.clock is Clock.NONE:
                assert (source in PAUSED) == (target in PAUSED), move.key
            if move.clock is Clock.START:
                assert source in BEFORE_RECEIPT
                assert target not in BEFORE_RECEIPT


def test_waiting_inside_the_administration_never_pauses_the_clock() -> None:
    assert MOVES[MoveKey.CONSULT].clock is Clock.NONE
    assert MOVES[MoveKey.SUBMIT_TO_LEADER].clock is Clock.NONE
    assert MOVES[MoveKey.SEND_BACK].clock is Clock.NONE


def test_every_state_is_reached_and_every_open_state_can_end() -> None:
    beginnings = {move.target for move in MOVES.values() if not move.sources}
    reached = set(beginnings)
    while True:
        new = {m.arrives_at(s) for s in reached if s for m in moves_from(s)} - reached
        if not new:
            break
        reached |= new
    assert reached == set(State)
    for state in OPEN:
        seen, frontier = {state}, {state}
        while frontier:
            frontier = {m.arrives_at(s) for s in frontier for m in moves_from(s)} - seen
            seen |= frontier
        assert seen & ENDED, state


def test_what_was_abandoned_stays_ended() -> None:
    """A corrected name still follows; nothing leads anywhere."""
    for state in ABANDONED:
        (kept,) = moves_from(state)
        assert (kept.key, kept.arrives_at(state)) == (MoveKey.FOLLOW_CORRECTION, state)


def test_forms_are_issued_by_the_acts_the_law_names() -> None:
    issued = {move.key: move.form for move in MOVES.values() if move.form}
    assert issued == {
        "register": StatutoryForm.RECEIPT,
        "receive": StatutoryForm.RECEIPT,
        "refuse_at_door": StatutoryForm.REFUSAL,
        "ask_completion": StatutoryForm.SUPPLEMENT,
        "ask_supplement": StatutoryForm.SUPPLEMENT,
        "refuse": StatutoryForm.REFUSAL,
        "stop": StatutoryForm.STOP,
        "extend": StatutoryForm.APOLOGY,
    }


def test_every_officers_move_names_a_permission() -> None:
    for move in MOVES.values():
        assert (move.permission is None) == (move.side is Side.APPLICANT), move.key


@given(st.sampled_from(sorted(MOVES)), st.sampled_from(list(State)), st.text(max_size=20))
def test_a_move_starts_only_from_its_sources_and_with_its_reason(key: str, state: State, reason: str) -> None:
    move = MOVES[MoveKey(key)]
    if state not in move.sources:
        with pytest.raises(MoveImpossible):
            check_move(move, state, reason)
    elif move.needs_reason and not reason.strip():
        with pytest.raises(ReasonMissing):
            check_move(move, state, reason)
    else:
        assert check_move(move, state, reason) == move.arrives_at(state)


def test_an_unknown_move_is_refused() -> None:
    with pytest.raises(MoveImpossible):
        move_named("teleport")


def test_nothing_is_withdrawn_after_the_decision() -> None:
    for state in (State.DECIDED, State.SIGNED, State.SEALED, State.ISSUED, State.RETURNED):
        assert "withdraw" not in {move.key for move in moves_from(state)}
