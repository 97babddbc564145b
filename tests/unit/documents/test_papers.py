"""When a paper is in force."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.rules.papers import Validity, standing
from motcua.documents.words import PaperEnding, Standing

TODAY = date(2026, 11, 22)


@given(st.integers(-400, 400))
def test_the_last_day_still_counts(days: int) -> None:
    until = TODAY + timedelta(days=days)
    expected = Standing.IN_FORCE if days >= 0 else Standing.EXPIRED
    assert standing(Validity(until, None), TODAY) is expected


def test_no_end_means_in_force() -> None:
    assert standing(Validity(None, None), TODAY) is Standing.IN_FORCE


@pytest.mark.parametrize("ending", list(PaperEnding))
def test_a_decision_ends_it_whatever_the_dates_say(ending: PaperEnding) -> None:
    assert standing(Validity(TODAY, ending), TODAY).value == ending.value
    assert standing(Validity(TODAY - timedelta(days=1), ending), TODAY).value == ending.value
