"""When reports fall due, to whom they go, and the life of a directive."""

from datetime import UTC, date, datetime, timedelta

import pytest

from motcua.oversight.errors import DirectiveIncomplete, DirectiveMoveImpossible, ReportPlanInvalid
from motcua.oversight.rules import directives
from motcua.oversight.rules.periods import Period
from motcua.oversight.rules.plans import check_recipients, period_before
from motcua.oversight.words import Act, DirectiveSide, DirectiveState, Rhythm

S = DirectiveState


@pytest.mark.parametrize(
    ("rhythm", "today", "first", "last"),
    [
        (Rhythm.WEEK, date(2026, 11, 30), date(2026, 11, 23), date(2026, 11, 29)),
        (Rhythm.WEEK, date(2026, 12, 6), date(2026, 11, 23), date(2026, 11, 29)),
        (Rhythm.MONTH, date(2026, 3, 31), date(2026, 2, 1), date(2026, 2, 28)),
        (Rhythm.MONTH, date(2026, 1, 1), date(2025, 12, 1), date(2025, 12, 31)),
        (Rhythm.QUARTER, date(2026, 3, 31), date(2025, 10, 1), date(2025, 12, 31)),
        (Rhythm.QUARTER, date(2026, 4, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (Rhythm.QUARTER, date(2026, 12, 31), date(2026, 7, 1), date(2026, 9, 30)),
    ],
)
def test_a_report_is_about_the_last_period_that_is_over(
    rhythm: Rhythm, today: date, first: date, last: date
) -> None:
    assert period_before(rhythm, today) == Period(first, last)


def test_recipients_are_addresses_each_once() -> None:
    assert check_recipients([" a@b.vn", "", "a@b.vn", "c@d.vn"]) == ["a@b.vn", "c@d.vn"]
    assert len(check_recipients([f"a{n}@b.vn" for n in range(50)])) == 50
    for wrong in (
        [],
        [" "],
        ["a"],
        ["a@b@c"],
        ["a b@c.vn"],
        ["@b.vn"],
        ["a@"],
        [f"a{n}@b.vn" for n in range(51)],
    ):
        with pytest.raises(ReportPlanInvalid):
            check_recipients(wrong)


@pytest.mark.parametrize(
    ("act", "state", "has_answer", "after"),
    [
        (Act.ANSWER, S.OPEN, False, S.ANSWERED),
        (Act.TAKE_BACK, S.ANSWERED, True, S.OPEN),
        (Act.SETTLE, S.ANSWERED, True, S.SETTLED),
        (Act.SEND_BACK, S.ANSWERED, True, S.OPEN),
        (Act.WITHDRAW, S.OPEN, False, S.WITHDRAWN),
        (Act.WITHDRAW, S.ANSWERED, True, S.WITHDRAWN),
        (Act.TAKE_UP, S.SETTLED, True, S.ANSWERED),
        (Act.TAKE_UP, S.WITHDRAWN, False, S.OPEN),
    ],
)
def test_where_an_act_leads(act: Act, state: DirectiveState, has_answer: bool, after: DirectiveState) -> None:
    assert directives.next_state(act, state, has_answer=has_answer, text="đã làm") is after


def test_every_other_act_is_impossible() -> None:
    allowed = {(act, state) for act, step in directives.STEPS.items() for state in step.sources}
    assert len(allowed) == 8
    for act in Act:
        for state in S:
            if (act, state) not in allowed:
                with pytest.raises(DirectiveMoveImpossible):
                    directives.next_state(act, state, has_answer=True, text="x")


def test_words_and_terms_are_bounded() -> None:
    directives.check_text("x" * 4000)
    directives.check_term(1)
    directives.check_term(90)
    for text in (" ", "x" * 4001):
        with pytest.raises(DirectiveIncomplete):
            directives.check_text(text)
    for days in (0, 91):
        with pytest.raises(DirectiveIncomplete):
            directives.check_term(days)
    with pytest.raises(DirectiveIncomplete):
        directives.next_state(Act.ANSWER, S.OPEN, has_answer=False, text=" ")


def test_each_side_sees_its_own_acts() -> None:
    both = frozenset(DirectiveSide)
    assert directives.acts_open(S.OPEN, frozenset({DirectiveSide.ASSIGNEE})) == (Act.ANSWER,)
    assert directives.acts_open(S.OPEN, frozenset({DirectiveSide.DIRECTOR})) == (Act.WITHDRAW,)
    assert directives.acts_open(S.ANSWERED, both) == (Act.TAKE_BACK, Act.SETTLE, Act.SEND_BACK, Act.WITHDRAW)
    assert directives.acts_open(S.SETTLED, frozenset()) == ()


def test_late_is_unanswered_past_the_term_or_answered_after_it() -> None:
    due = datetime(2026, 11, 30, 10, tzinfo=UTC)
    minute = timedelta(minutes=1)

    def late(state: DirectiveState, answered: datetime | None, now: datetime) -> bool:
        return directives.is_overdue(state, due_at=due, answered_at=answered, now=now)

    assert late(S.OPEN, None, due + minute)
    assert not late(S.OPEN, None, due)
    assert late(S.ANSWERED, due + minute, due - minute)
    assert not late(S.ANSWERED, due, due + minute)
    assert not late(S.WITHDRAWN, None, due + minute)
