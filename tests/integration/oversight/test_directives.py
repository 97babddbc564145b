"""Directives: given with a term of working days, answered, settled, sent back, withdrawn; each told once; within rights."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings
from tests.cast import Cast
from tests.factories.dossiers import in_work

from motcua.channels import queries as letters
from motcua.channels.models import OfficialLetter
from motcua.kernel import clock, outbox
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import MovedOn, OutOfScope, PermissionRefused
from motcua.oversight import queries, services
from motcua.oversight.errors import DirectiveIncomplete, DirectiveMoveImpossible, IndicatorUnknown
from motcua.oversight.events import DirectiveMoved
from motcua.oversight.jobs import on_directive_moved
from motcua.oversight.models import Directive, DirectiveEntry
from motcua.oversight.queries import DirectiveAct, DirectiveState
from motcua.oversight.services import About
from simulators.mail.server import MailServer

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 11, 19, 16, 0, tzinfo=clock.LOCAL)


@pytest.fixture
def server(tmp_path: Path, settings: Settings) -> Iterator[MailServer]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with MailServer(tmp_path / "mail") as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        yield running


def given(cast: Cast, **changes: Any) -> UUID:
    about = About(dossier_id=in_work(cast))
    asked: dict[str, Any] = {
        "about": about,
        "assignee_id": cast.account("chau"),
        "days": 2,
        "text": "Báo cáo",
    }
    return services.give_directive(actor=cast.dung, **(asked | changes))


def act(cast: Cast, who: str, directive_id: UUID, what: DirectiveAct, text: str = "", **more: int) -> str:
    return services.act_on_directive(
        actor=cast.actor(who), directive_id=directive_id, act=what, text=text, **more
    )


def test_the_term_runs_in_working_days_and_the_whole_life_is_told(cast: Cast) -> None:
    with clock.frozen(THURSDAY):
        made = given(cast)
    view = queries.directive(actor=cast.chau, directive_id=made)
    assert clock.local(view.due_at).strftime("%a %H:%M") == "Mon 16:00"  # Friday and Monday; no weekend
    assert view.is_mine
    assert view.acts == (DirectiveAct.ANSWER,)
    assert act(cast, "chau", made, DirectiveAct.ANSWER, "Đã xong") == DirectiveState.ANSWERED
    assert act(cast, "dung", made, DirectiveAct.SEND_BACK, "Chưa rõ", days=1) == DirectiveState.OPEN
    assert act(cast, "chau", made, DirectiveAct.ANSWER, "Đã rõ") == DirectiveState.ANSWERED
    assert act(cast, "chau", made, DirectiveAct.TAKE_BACK) == DirectiveState.OPEN
    assert act(cast, "chau", made, DirectiveAct.ANSWER, "Đã rõ hơn") == DirectiveState.ANSWERED
    assert act(cast, "dung", made, DirectiveAct.SETTLE) == DirectiveState.SETTLED
    assert act(cast, "dung", made, DirectiveAct.TAKE_UP) == DirectiveState.ANSWERED
    assert act(cast, "dung", made, DirectiveAct.WITHDRAW, "Không cần nữa") == DirectiveState.WITHDRAWN
    history = queries.directive(actor=cast.dung, directive_id=made).history
    assert [entry.act for entry in history][:3] == [
        DirectiveAct.GIVE,
        DirectiveAct.ANSWER,
        DirectiveAct.SEND_BACK,
    ]
    assert [entry.seq for entry in DirectiveEntry.objects.filter(directive_id=made)] == list(range(1, 10))
    assert history[1].text == "Đã xong"


def test_what_is_incomplete_or_out_of_turn_is_refused(cast: Cast) -> None:
    for changes in ({"text": " "}, {"days": 0}, {"days": 91}, {"assignee_id": uuid4()}, {"about": About()}):
        with pytest.raises(DirectiveIncomplete):
            given(cast, **({"about": About(cast.an_binh)} | changes))
    with pytest.raises(IndicatorUnknown):
        given(cast, about=About(cast.an_binh, indicator="khong-co", period="2026"))
    made = given(cast, about=About(cast.an_binh, indicator="on_time_local", period="2026"))
    with pytest.raises(DirectiveMoveImpossible):
        act(cast, "dung", made, DirectiveAct.SETTLE)
    with pytest.raises(DirectiveIncomplete):
        act(cast, "chau", made, DirectiveAct.ANSWER, "")
    with pytest.raises(MovedOn):
        act(cast, "chau", made, DirectiveAct.ANSWER, "Xong", seen=9)


def test_only_who_directs_gives_and_only_the_assignee_answers(cast: Cast) -> None:
    for name in ("chau", "hanh", "son"):
        with pytest.raises(PermissionRefused):
            services.give_directive(
                actor=cast.actor(name),
                about=About(cast.an_binh),
                assignee_id=cast.account("chau"),
                days=2,
                text="Rà soát",
            )
    with pytest.raises(PermissionRefused):
        given(cast, about=About(cast.yen_hoa))
    with pytest.raises(OutOfScope):
        given(cast, about=About(dossier_id=uuid4()))
    made = given(cast)
    with pytest.raises(OutOfScope):
        queries.directive(actor=cast.giang, directive_id=made)
    for who, what in (
        ("dung", DirectiveAct.ANSWER),
        ("chau", DirectiveAct.WITHDRAW),
        ("hanh", DirectiveAct.ANSWER),
    ):
        with pytest.raises(PermissionRefused):
            act(cast, who, made, what, "x")
    assert queries.directive(actor=cast.minh, directive_id=made).acts == (DirectiveAct.WITHDRAW,)
    assert queries.directive_counts(actor=cast.chau) == {
        "mine": 1,
        "waiting": 1,
        "overdue": 0,
        "done": 0,
        "all": 1,
    }
    assert queries.directive_counts(actor=cast.giang)["all"] == 0


def test_a_term_that_ran_out_is_marked_once(cast: Cast) -> None:
    with clock.frozen(THURSDAY):
        made = given(cast)
        assert services.mark_overdue_directives(actor=SYSTEM) == 0
    with clock.frozen(datetime(2026, 11, 24, 8, 0, tzinfo=clock.LOCAL)):
        assert services.mark_overdue_directives(actor=SYSTEM) == 1
        assert services.mark_overdue_directives(actor=SYSTEM) == 0
        (row,) = queries.directives(actor=cast.dung, group="overdue").rows
        assert (row.id, row.is_overdue) == (made, True)
        act(cast, "chau", made, DirectiveAct.ANSWER, "Muộn, nhưng xong")
        assert queries.directives(actor=cast.dung, group="overdue").rows == []
        assert queries.directive(actor=cast.dung, directive_id=made).is_overdue  # answered, but late


def test_the_assignee_is_written_to_once_without_the_matter(cast: Cast, server: MailServer) -> None:
    made = given(cast, text="Hồ sơ của bà Nguyễn Thị Hoa chậm")
    entry = DirectiveEntry.objects.get(directive_id=made)
    for _ in range(2):
        on_directive_moved(DirectiveMoved(directive_id=made, entry_id=entry.id, act=entry.act, at=entry.at))
    (letter,) = OfficialLetter.objects.all()
    assert letter.address == "chau@example.com"
    assert "Hoa" not in letter.subject + letter.body
    assert str(made) in letter.body
    assert outbox.drain("channels.email", lanes=1) == 1
    assert outbox.drain("channels.email", lanes=1) == 0
    assert len(server.letters()) == 1
    assert letters.letter_states(key=f"directive:{entry.id}") == {"chau@example.com": "sent"}


def test_lists_are_paged_by_term(cast: Cast) -> None:
    ids = [given(cast, about=About(cast.an_binh), days=days) for days in (5, 2, 9)]
    pattern = Directive.objects.get(pk=ids[0])
    Directive.objects.bulk_create(
        Directive(
            **{f.attname: getattr(pattern, f.attname) for f in Directive._meta.concrete_fields}
            | {"id": uuid4()}
        )
        for _ in range(40)
    )
    first = queries.directives(actor=cast.minh)
    rest = queries.directives(actor=cast.minh, after=first.after)
    seen = [row.id for row in (*first.rows, *rest.rows)]
    assert len(seen) == len(set(seen)) == 43
    assert seen[0] == ids[1]
    assert seen[-1] == ids[2]
    assert queries.directives(actor=cast.minh, agency_id=cast.yen_hoa).rows == []
