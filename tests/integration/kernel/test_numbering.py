"""Running numbers: no gap, no number twice, whoever asks at the same time."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, models, transaction

from motcua.kernel.numbering import next_number


class Tally(models.Model):
    """A counter of this test: a number by place and day."""

    place = models.TextField()
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "kernel"
        managed = False
        constraints = [models.UniqueConstraint(fields=["place", "day"], name="tally_once")]


@pytest.fixture
def tally(transactional_db: None) -> Iterator[type[Tally]]:
    with connection.schema_editor() as editor:
        editor.create_model(Tally)
    yield Tally
    with connection.schema_editor() as editor:
        editor.delete_model(Tally)


def test_each_series_runs_from_one(tally: type[Tally]) -> None:
    monday, tuesday = date(2026, 11, 2), date(2026, 11, 3)
    taken = [next_number(tally, place=place, day=day) for place, day in [("A", monday)] * 3 + [("B", monday)]]
    assert taken == [1, 2, 3, 1]
    assert next_number(tally, place="A", day=tuesday) == 1


def test_a_number_taken_in_vain_is_given_again(tally: type[Tally]) -> None:
    day = date(2026, 11, 2)
    with transaction.atomic():
        assert next_number(tally, place="A", day=day) == 1
        transaction.set_rollback(True)
    assert next_number(tally, place="A", day=day) == 1


def test_takers_at_the_same_time_never_share_or_skip(tally: type[Tally]) -> None:
    def take(_: int) -> int:
        try:
            with transaction.atomic():
                return next_number(tally, place="A", day=date(2026, 11, 2))
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as takers:
        assert sorted(takers.map(take, range(24))) == list(range(1, 25))
