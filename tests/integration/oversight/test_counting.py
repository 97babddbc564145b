"""Facts from real dossiers: increments, rebuild, comparison, the list behind a figure."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from tests.cast import Cast
from tests.factories.dossiers import at_leader, in_work, received, submitted

from motcua.dossiers import services as dossiers
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import PermissionRefused
from motcua.oversight import queries, services
from motcua.oversight.errors import FactsDiffer
from motcua.oversight.models import Comparison, CountedDossier, Fact, Rollup
from motcua.oversight.rules.measures import KEYS
from motcua.oversight.services import rebuild
from motcua.oversight.services.accounts import accounts_of
from motcua.oversight.services.counting import Account, count_dossiers

pytestmark = pytest.mark.django_db
DECEMBER = queries.parse_period("2026-12")
AN_BINH = "H99.11"


@pytest.fixture(autouse=True)
def _before_december() -> Iterator[None]:
    """The month the tests ask about has not begun, whatever day they run on: a month under way ends today."""
    with clock.frozen(datetime(2026, 11, 30, 10, tzinfo=clock.LOCAL)):
        yield


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=clock.LOCAL)


def count(*ids: UUID) -> int:
    return count_dossiers(accounts_of(ids))


def stored() -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Facts and roll-ups with anything in them, in order."""

    def lived(rows: Iterable[tuple[object, ...]]) -> list[tuple[object, ...]]:
        return sorted((row for row in rows if any(row[-len(KEYS) :])), key=str)

    facts = Fact.objects.values_list("day", "competent", "receiving", "procedure", "channel", *KEYS)
    rollups = Rollup.objects.values_list("side", "procedure", "grain", "bucket", "agency", *KEYS)
    return lived(facts), lived(rollups)


def test_each_move_changes_the_facts_and_repeating_changes_nothing(cast: Cast) -> None:
    with clock.frozen(local(7, 8)):
        first = received(cast).dossier_id
    assert count(first) == 1
    assert count(first) == 0
    report = queries.report_of(DECEMBER, AN_BINH)
    assert (report.received, report.received_online, report.in_process, report.resolved) == (1, 1, 1, 0)
    with clock.frozen(local(7, 9)):
        dossiers.assign(actor=cast.hanh, dossier_id=first, assignee_id=cast.account("chau"))
        dossiers.ask_supplement(actor=cast.chau, dossier_id=first, reason="Thiếu giấy chứng sinh")
    count(first)
    report = queries.report_of(DECEMBER, AN_BINH)
    assert (report.received, report.in_process, report.paused, report.resolved) == (1, 0, 1, 0)
    assert report.is_balanced


def test_withdrawn_and_refused_dossiers_keep_the_identity(cast: Cast) -> None:
    with clock.frozen(local(7, 8)):
        gone, refused, open_one = in_work(cast), submitted(cast).dossier_id, in_work(cast)
    with clock.frozen(local(7, 10)):
        dossiers.withdraw_dossier(actor=cast.hoa, dossier_id=gone, reason="Nộp nhầm")
        dossiers.refuse_at_door(actor=cast.binh, dossier_id=refused, reason="Không thuộc thẩm quyền")
    count(gone, refused, open_one)
    report = queries.report_of(DECEMBER, AN_BINH)
    assert (report.received, report.withdrawn, report.in_process) == (2, 1, 1)
    assert report.is_balanced
    assert sum(Fact.objects.values_list("refused_at_door", flat=True)) == 1


def test_overdue_dossiers_show_themselves_when_the_day_has_passed(cast: Cast) -> None:
    with clock.frozen(local(7, 8)):
        count(in_work(cast))  # due on the 8th
    for day, overdue in (("2026-12-08", 0), ("2026-12-09", 1)):
        assert queries.report_of(queries.parse_period(day), AN_BINH).in_process_overdue == overdue


def test_a_rebuild_gives_the_same_facts_as_the_increments(cast: Cast) -> None:
    with clock.frozen(local(7, 8)):
        ids = [received(cast).dossier_id, in_work(cast), at_leader(cast), submitted(cast).dossier_id]
        for one in ids:
            count(one)
    with clock.frozen(local(9, 8)):
        dossiers.approve(actor=cast.dung, dossier_id=ids[2])
        dossiers.withdraw_dossier(actor=cast.hoa, dossier_id=ids[1], reason="Thôi")
    count(*ids)
    before = stored()
    assert before[0]
    assert services.rebuild_facts() == len(ids)
    assert stored() == before
    assert CountedDossier.objects.count() == len(ids)
    assert services.compare_facts().differing == 0


def test_a_corrupted_cell_is_found_and_raises_the_alarm(cast: Cast) -> None:
    with clock.frozen(local(7, 8)):
        count(received(cast).dossier_id, received(cast).dossier_id)
    assert services.compare_facts().differing == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE oversight_fact SET received_online = received_online + 1 WHERE received > 0")
    found = services.compare_facts()
    assert found.differing >= 1
    assert found.sample[0]["measures"]["received_online"] == [3, 2]
    assert Comparison.objects.filter(differing__gt=0).count() == 1
    with pytest.raises(FactsDiffer):
        services.raise_alarm(found)


def test_what_happens_while_facts_are_compared_is_no_difference(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy site: dossiers move between the reading of one agency and the next, and before the facts heard of the last act."""
    with clock.frozen(local(7, 8)):
        moving, waiting, still = (in_work(cast) for _ in range(3))
        services.absorb_all()
    with clock.frozen(local(9, 8)):
        dossiers.withdraw_dossier(actor=cast.hoa, dossier_id=waiting, reason="Thôi")  # unread when it begins

        def moved_meanwhile(ids: Collection[UUID]) -> list[Account]:
            """An act that commits just before the batch is read, as another process would."""
            if moving in ids:
                dossiers.withdraw_dossier(actor=cast.hoa, dossier_id=moving, reason="Thôi")
            return accounts_of(ids)

        monkeypatch.setattr(rebuild, "accounts_of", moved_meanwhile)
        assert services.compare_facts().differing == 0
        monkeypatch.undo()
        CountedDossier.objects.filter(
            dossier_id=still
        ).delete()  # what stands still is counted anew, not taken as stored
        assert services.compare_facts().differing == 0
        Fact.objects.filter(received__gt=0).update(received_online=99)
        assert services.compare_facts().differing
        assert services.absorb_all()


def test_a_corrupted_rollup_is_found_too(cast: Cast) -> None:
    with clock.frozen(local(7, 8)):
        count(received(cast).dossier_id)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE oversight_rollup SET on_time = 5 WHERE side = 'c' AND grain = 'm' AND procedure = ''"
        )
    assert ["c", "m", "2026-12-01", AN_BINH] in [
        fault.get("rollup") for fault in services.compare_facts().sample
    ]


def test_the_database_refuses_a_cell_that_breaks_the_identity(cast: Cast) -> None:
    count(received(cast).dossier_id)
    with (
        pytest.raises(IntegrityError, match="fact_identity"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE oversight_fact SET resolved = resolved + 1")


def test_a_figure_opens_to_exactly_its_dossiers(cast: Cast) -> None:
    with clock.frozen(local(7, 8)):
        open_one, ended, other = in_work(cast), in_work(cast), received(cast).dossier_id
    with clock.frozen(local(9, 8)):
        dossiers.withdraw_dossier(actor=cast.hoa, dossier_id=ended, reason="Thôi")
    count(open_one, ended, other)
    every_figure_opens_to_what_it_counts()
    overdue = queries.indicator("overdue_open", DECEMBER.last)
    listed = queries.dossiers_behind(
        actor=SYSTEM, indicator=overdue, part="numerator", period=DECEMBER, agency=AN_BINH
    )
    assert {row.dossier_id for row in listed} == {open_one, other}


def test_what_came_before_the_period_and_ended_in_it_is_behind_its_figures(cast: Cast) -> None:
    """Minutes stand under the day of the end, as all that is known only then."""
    with clock.frozen(datetime(2026, 11, 26, 8, tzinfo=clock.LOCAL)):
        dossier_id = at_leader(cast)
        dossiers.approve(actor=cast.dung, dossier_id=dossier_id)
        dossiers.sign_on_paper(actor=cast.dung, dossier_id=dossier_id)
        dossiers.stamp_on_paper(actor=SYSTEM, dossier_id=dossier_id)
    with clock.frozen(local(9, 8)):
        dossiers.issue_result(actor=cast.khanh, dossier_id=dossier_id)
    count(dossier_id)
    every_figure_opens_to_what_it_counts()
    time_used = queries.indicator("time_used", DECEMBER.last)
    (row,) = queries.dossiers_behind(
        actor=SYSTEM, indicator=time_used, part="numerator", period=DECEMBER, agency=AN_BINH
    )
    assert row.dossier_id == dossier_id


def every_figure_opens_to_what_it_counts() -> None:
    for one in queries.in_force(DECEMBER.last):
        figure = queries.figures_by_agency([one], DECEMBER)[AN_BINH][one.key]
        for part, expected in (("numerator", figure.numerator), ("denominator", figure.denominator or 0)):
            behind: dict[str, Any] = {
                "actor": SYSTEM,
                "indicator": one,
                "part": part,
                "period": DECEMBER,
                "agency": AN_BINH,
            }
            assert queries.count_behind(**behind) == expected, (one.key, part)


def test_lists_are_paged_and_only_for_those_who_oversee_the_agency(cast: Cast) -> None:
    with clock.frozen(local(7, 8)):
        ids = sorted(received(cast).dossier_id for _ in range(3))
    count(*ids)
    one = queries.indicator("received", DECEMBER.last)
    ask: dict[str, Any] = {"indicator": one, "part": "numerator", "period": DECEMBER, "agency": AN_BINH}
    first = queries.dossiers_behind(actor=cast.minh, limit=2, **ask)
    rest = queries.dossiers_behind(actor=cast.minh, limit=2, after=first[-1].dossier_id, **ask)
    assert [row.dossier_id for row in (*first, *rest)] == ids
    for stranger in (cast.giang, cast.hoa):
        with pytest.raises(PermissionRefused):
            queries.dossiers_behind(actor=stranger, **ask)
