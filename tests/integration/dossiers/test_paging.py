"""Lists by cursor: every row once, in one order, for one agency and several; the cost does not grow with depth."""

from datetime import timedelta
from types import MappingProxyType
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast

from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.words import NATIONAL, State
from motcua.kernel import clock
from motcua.kernel.authority import ANONYMOUS, EVERYWHERE, Actor, ActorKind

pytestmark = pytest.mark.django_db


def _reader(*agencies: UUID) -> Actor:
    grants = MappingProxyType({"dossier.read": frozenset(agencies)})
    return Actor(kind=ActorKind.OFFICER, name="Đọc", agency_ids=frozenset(agencies), grants=grants)


@pytest.fixture
def agencies(cast: Cast) -> tuple[UUID, UUID]:
    """Two agencies with open dossiers: some due at the same moment, some without a due moment."""
    both = (cast.directory.agencies["H99.11"], cast.directory.agencies["H99.12"])
    version = catalogue.version_in_force("1.001193", clock.today())
    at = clock.now()
    Dossier.objects.bulk_create(
        Dossier(
            version_id=version.id,
            procedure_code=version.code,
            procedure_title=version.title,
            case_key=version.cases[0].key,
            channel="counter",
            receiving_id=agency,
            competent_id=agency,
            returning_id=agency,
            applicant_id=cast.hoa_party,
            submitter_id=cast.hoa_party,
            applicant_name="Nguyễn Thị Hoa",
            state=State.PROCESSING,
            national_status=NATIONAL[State.PROCESSING],
            is_open=True,
            submitted_at=at,
            changed_at=at,
            due_at=at + timedelta(hours=number // 3) if number % 4 else None,
        )
        for number in range(23)
        for agency in both
    )
    return both


def _walk(actor: Actor, box: queries.Box, limit: int) -> list[UUID]:
    seen: list[UUID] = []
    after: str | None = None
    while True:
        page = queries.inbox(actor=actor, box=box, after=after, limit=limit)
        seen += [row.id for row in page.rows]
        after = page.after
        if after is None:
            return seen


@pytest.mark.parametrize("limit", [1, 4, 7, 100])
def test_work_comes_by_due_moment_and_undated_last(agencies: tuple[UUID, UUID], limit: int) -> None:
    rows = list(Dossier.objects.all())
    latest = max(row.due_at for row in rows if row.due_at)
    for actor, mine in (
        (_reader(agencies[0]), [row for row in rows if row.competent_id == agencies[0]]),
        (_reader(*agencies), rows),
        (_reader(EVERYWHERE), rows),
    ):
        expected = sorted(mine, key=lambda row: (row.due_at is None, row.due_at or latest, row.id))
        assert _walk(actor, queries.Box.WORK, limit) == [row.id for row in expected]


@pytest.mark.parametrize("limit", [1, 5, 100])
def test_reception_comes_newest_first(agencies: tuple[UUID, UUID], limit: int) -> None:
    rows = Dossier.objects.order_by("-id").values_list("id", flat=True)
    assert _walk(_reader(*agencies), queries.Box.RECEPTION, limit) == list(rows)
    own = rows.filter(receiving_id=agencies[1])
    assert _walk(_reader(agencies[1]), queries.Box.RECEPTION, limit) == list(own)


@pytest.mark.parametrize("limit", [1, 5, 100])
def test_own_dossiers_come_once_though_applicant_and_submitter_are_the_same(
    agencies: tuple[UUID, UUID], cast: Cast, limit: int
) -> None:
    parties = frozenset({cast.hoa_party, cast.directory.parties["anphat"]})
    hoa = Actor(kind=ActorKind.PERSON, name="Hoa", party_ids=parties)
    seen: list[UUID] = []
    after: str | None = None
    while not seen or after:
        page = queries.own_dossiers(actor=hoa, after=after, limit=limit)
        seen += [row.id for row in page.rows]
        after = page.after
    assert seen == list(Dossier.objects.order_by("-id").values_list("id", flat=True))


def test_counts_are_those_of_the_own_agencies(agencies: tuple[UUID, UUID]) -> None:
    assert sum(queries.box_counts(actor=_reader(agencies[0])).values()) == 23
    assert sum(queries.box_counts(actor=_reader(*agencies)).values()) == 46


def test_counts_stop_where_nobody_reads_on(agencies: tuple[UUID, UUID]) -> None:
    actor = _reader(*agencies)
    whole = queries.box_counts(actor=actor)
    with CaptureQueriesContext(connection) as asked:
        bounded = queries.box_counts(actor=actor, most=5)
    assert len(asked) == 1
    assert bounded == {group: min(count, 5) for group, count in whole.items()}
    assert max(whole.values()) > 5
    assert set(queries.box_counts(actor=ANONYMOUS).values()) == {0}


def test_a_page_costs_one_statement_at_any_depth(agencies: tuple[UUID, UUID]) -> None:
    actor = _reader(*agencies)
    first = queries.inbox(actor=actor, limit=10)
    for after in (None, first.after):
        with CaptureQueriesContext(connection) as asked:
            queries.inbox(actor=actor, after=after, limit=10)
        assert len(asked) == 1
