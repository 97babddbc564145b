"""When a paper is in force and may stand for another time."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.rules.papers import Validity, is_reusable, standing
from motcua.documents.words import PaperEnding, Standing, TrustLevel

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


def test_what_was_only_declared_is_not_reused() -> None:
    good = Validity(None, None)
    assert not is_reusable(good, TrustLevel.DECLARED, TODAY)
    assert is_reusable(good, TrustLevel.COMPARED, TODAY)
    assert is_reusable(good, TrustLevel.AUTHORITATIVE, TODAY)
    assert not is_reusable(good, TrustLevel.COMPARED, TODAY, least=TrustLevel.SIGNED)
    assert not is_reusable(Validity(TODAY - timedelta(days=1), None), TrustLevel.SIGNED, TODAY)
    assert not is_reusable(Validity(None, PaperEnding.REVOKED), TrustLevel.SIGNED, TODAY)
