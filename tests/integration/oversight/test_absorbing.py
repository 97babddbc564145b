"""The journal read in batches by another connection: what a worker does every second."""

import pytest
from tests.cast import Cast
from tests.factories.dossiers import in_work, received

from motcua.dossiers import services as dossiers
from motcua.kernel import clock
from motcua.oversight import jobs, queries, services
from motcua.oversight.models import Fact
from motcua.oversight.rules.measures import KEYS

pytestmark = pytest.mark.django_db(transaction=True)
AN_BINH = "H99.11"


def report() -> queries.ReportRow:
    return queries.report_of(queries.parse_period(f"{clock.today():%Y-%m}"), AN_BINH)


def absorb_events(number: int) -> None:
    """As the worker does: at once, whatever other databases of the server are busy with."""
    assert services.absorb_all() == number


def facts() -> list[tuple[object, ...]]:
    rows = Fact.objects.order_by("day", "competent", "receiving", "procedure", "channel")
    return [row for row in rows.values_list("day", "competent", *KEYS) if any(row[2:])]


def test_what_happened_is_counted_once_and_a_rebuild_agrees(cast: Cast) -> None:
    first = in_work(cast)  # submitted, received, assigned
    received(cast)  # submitted, received
    absorb_events(5)
    assert (report().received, report().in_process) == (2, 2)
    assert services.absorb() == 0
    dossiers.withdraw_dossier(actor=cast.hoa, dossier_id=first, reason="Thôi")
    absorb_events(1)
    assert (report().withdrawn, report().in_process) == (1, 1)
    jobs.absorb(0)
    jobs.compare(0)  # would raise the alarm
    before = facts()
    assert services.rebuild_facts() == 2
    assert facts() == before


def test_a_rebuild_leaves_nothing_to_read_of_what_it_counted(cast: Cast) -> None:
    received(cast)
    assert services.rebuild_facts() == 1
    assert services.absorb() == 0
    assert report().received == 1
    received(cast)
    absorb_events(2)
    assert services.compare_facts().differing == 0
