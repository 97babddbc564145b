"""A dossier as the person lives it: every move has its place, and the administration's own words none."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.portal_number import parse_portal_number, portal_number
from motcua.dossiers.words import (
    LIVED_NAMES,
    MOVES,
    NEXT_WORDS,
    OPEN,
    STEP_ENDED,
    STEP_NOW,
    LivedStep,
    MoveKey,
    State,
    is_reason_theirs,
    is_told,
)
from motcua.kernel.ids import new_id

INSIDE = (
    MoveKey.ASSIGN,
    MoveKey.FORWARD,
    MoveKey.CONSULT,
    MoveKey.ANSWER_CONSULTATION,
    MoveKey.SUBMIT_TO_LEADER,
    MoveKey.SEND_BACK,
    MoveKey.APPROVE,
    MoveKey.REFUSE,
    MoveKey.SIGN,
    MoveKey.NUMBER_AND_SEAL,
    MoveKey.ACKNOWLEDGE,
    MoveKey.PROPOSE_EXTENSION,
    MoveKey.TRANSFER,
    MoveKey.REPROJECT,
    MoveKey.CHANGE_VERSION,
    MoveKey.FOLLOW_CORRECTION,
    MoveKey.REOPEN,
    MoveKey.SIGN_CORRECTION,
)


def test_between_three_and_five_steps_each_with_a_name() -> None:
    assert 3 <= len(LivedStep) <= 5
    assert set(LIVED_NAMES) == set(LivedStep)


def test_every_state_says_what_comes_next_and_every_open_one_where_it_stands() -> None:
    assert set(NEXT_WORDS) == set(State)
    assert set(STEP_NOW) >= OPEN


@pytest.mark.parametrize("move", INSIDE)
def test_what_the_administration_writes_to_itself_is_never_the_persons(move: MoveKey) -> None:
    assert not is_reason_theirs(move)
    assert not is_told(move)


@pytest.mark.parametrize(
    "move",
    [
        MoveKey.ASK_SUPPLEMENT,
        MoveKey.ASK_COMPLETION,
        MoveKey.STOP,
        MoveKey.EXTEND,
        MoveKey.WITHDRAW,
        MoveKey.UNDO_RECEPTION,
    ],
)
def test_what_is_addressed_to_the_person_is_theirs_with_its_reason(move: MoveKey) -> None:
    assert is_told(move)
    assert is_reason_theirs(move)


def test_every_move_was_thought_of() -> None:
    told = {move for move in MoveKey if is_told(move)}
    silent = set(MOVES) - told - set(STEP_ENDED) - set(INSIDE)
    assert silent == {MoveKey.ISSUE, MoveKey.SEAL_CORRECTION, MoveKey.SETTLE}


@given(st.integers(min_value=0, max_value=2**40 - 1))
def test_a_portal_number_is_read_as_people_write_it(end: int) -> None:
    dossier_id = UUID(int=new_id().int >> 40 << 40 | end)
    said = portal_number(dossier_id)
    for typed in (
        said,
        said.lower(),
        f" {said.replace('-', ' – ')} ",
        said.replace("-", ""),
        said[:2] + said[2:].replace("0", "O").replace("1", "l"),
    ):
        number = parse_portal_number(typed)
        assert number is not None, typed
        assert str(dossier_id).replace("-", "").endswith(number.tail)
        assert number.first <= dossier_id < number.beyond


@pytest.mark.parametrize(
    "typed", ["", "DV", "DV-261130", "DV-991399-AAAA-AAAA", "H99.11-261130-0001", "DV-261130-UUUU-UUUU"]
)
def test_what_is_no_portal_number_is_none(typed: str) -> None:
    assert parse_portal_number(typed) is None
