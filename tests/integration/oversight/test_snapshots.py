"""A report of a closed period is made again exactly, and what changed since is told dossier by dossier."""

from datetime import datetime

import pytest
from tests.cast import Cast
from tests.factories.dossiers import in_work, received

from motcua.dossiers import services as dossiers
from motcua.kernel import clock
from motcua.kernel.errors import OutOfScope, PermissionRefused
from motcua.kernel.ids import new_id
from motcua.oversight import queries, services

pytestmark = pytest.mark.django_db
DECEMBER = queries.parse_period("2026-12")
AN_BINH = "H99.11"


def at(month: int, day: int, hour: int) -> datetime:
    return datetime(2026 + month // 13, (month - 1) % 12 + 1, day, hour, tzinfo=clock.LOCAL)


def test_a_kept_report_is_reproduced_and_its_difference_explained(cast: Cast) -> None:
    with clock.frozen(at(12, 7, 8)):
        late = in_work(cast)
        in_work(cast)
    with clock.frozen(at(12, 31, 18)):
        kept = services.keep_report(actor=cast.minh, period=DECEMBER)
    assert kept.figures[AN_BINH]["in_process"] == kept.figures[AN_BINH]["in_process_overdue"] == 2
    # What happens after the period does not touch it.
    with clock.frozen(at(13, 4, 8)):
        dossiers.withdraw_dossier(actor=cast.hoa, dossier_id=late, reason="Thôi")
        received(cast)
    same, is_same = services.reproduce_report(actor=cast.minh, snapshot_id=kept.pk)
    assert (same.pk, is_same) == (kept.pk, True)
    assert services.explain_difference(actor=cast.minh, snapshot_id=kept.pk) == []


def test_a_dossier_that_moved_inside_the_period_after_the_report_is_named(cast: Cast) -> None:
    with clock.frozen(at(12, 7, 8)):
        moved, untouched = in_work(cast), in_work(cast)
    with clock.frozen(at(12, 7, 9)):
        kept = services.keep_report(actor=cast.minh, period=DECEMBER)
    with clock.frozen(at(12, 7, 10)):
        dossiers.withdraw_dossier(actor=cast.hoa, dossier_id=moved, reason="Thôi")
    (changed,) = services.explain_difference(actor=cast.minh, snapshot_id=kept.pk)
    assert changed.dossier_id == moved != untouched
    assert changed.measures["withdrawn"] == (0, 1)
    assert changed.measures["open"] == (1, 0)
    now = services.report_as_of(DECEMBER, at(12, 8, 8))
    assert (kept.figures[AN_BINH]["withdrawn"], now[AN_BINH]["withdrawn"]) == (0, 1)


def test_kept_reports_are_for_those_who_oversee(cast: Cast) -> None:
    with pytest.raises(PermissionRefused):
        services.keep_report(actor=cast.giang, period=DECEMBER)
    for act in (services.reproduce_report, services.explain_difference):
        with pytest.raises(OutOfScope):
            act(actor=cast.minh, snapshot_id=new_id())
