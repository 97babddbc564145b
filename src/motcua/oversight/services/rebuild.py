"""Making the facts anew from passages, and comparing what is stored with what they say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from time import monotonic
from typing import Any
from uuid import UUID

import django
from django.db import connection, transaction
from django.db.models import QuerySet

from motcua.directory import queries as directory
from motcua.dossiers import queries as dossiers
from motcua.kernel import clock
from motcua.kernel.events import mark_read, unread_entries, unread_events
from motcua.oversight.errors import FactsDiffer
from motcua.oversight.models import Comparison, CountedDossier, Fact
from motcua.oversight.rules.facts import Cell, Deltas, cells_of, gather
from motcua.oversight.rules.measures import KEYS
from motcua.oversight.rules.standing import Standing, standing_of
from motcua.oversight.services.absorb import READER, acquire_writer_lock
from motcua.oversight.services.accounts import accounts_of
from motcua.oversight.services.counting import Account, counted_row, unpacked
from motcua.oversight.services.sources import touched_by
from motcua.oversight.services.staging import (
    adopt_staging,
    one_by_one,
    open_staging,
    side_by_side,
    staged,
)

Progress = Callable[[int], None]
_SAMPLE = 50


def rebuild_facts(*, progress: Progress = lambda _: None, batch: int = 2000, workers: int = 1) -> int:
    """Forget all facts and count every dossier again; returns how many dossiers were counted.

    Pages show the old facts until it commits. What happens meanwhile is absorbed afterwards. With several workers the
    counting runs in as many processes.
    """
    with transaction.atomic():
        known = unread_entries(READER)
        acquire_writer_lock()
        places = list(_places().values())
        if workers > 1:
            counted, is_split = _stage_in_processes(places, progress, batch, workers)
        else:
            open_staging()
            counted, is_split = _gathered((stage_place(place, batch) for place in places), progress)
        adopt_staging(is_split=is_split, run=side_by_side if workers > 1 else one_by_one)
        mark_read(READER, known)
    return counted


def _places() -> dict[str, list[UUID]]:
    """Receiving agencies by their code, those with the most dossiers first: cells of different ones never meet."""
    units = dossiers.receiving_units()
    agencies = directory.agencies(unit for unit, _ in units)
    places: dict[str, list[UUID]] = {}
    for unit, _ in units:
        places.setdefault(agencies[unit].code, []).append(unit)
    return places


def stage_place(receiving: Collection[UUID], batch: int) -> tuple[int, bool]:
    """Count what some agencies received into staging; how many dossiers, and whether cells were written in parts."""
    with staged() as stage:
        for account, standing, cells in _counted(receiving, batch):
            stage.add(counted_row(account, standing, cells), cells)
    return stage.number, stage.is_split


def _counted(receiving: Collection[UUID], batch: int) -> Iterator[tuple[Account, Standing, Deltas]]:
    for unit in receiving:
        for ids in dossiers.dossier_ids_of(unit, batch=batch):
            for account in accounts_of(ids):
                standing = standing_of(account.sightings, account.traits, account.calendar)
                yield account, standing, cells_of(standing)


def _gathered(parts: Iterable[tuple[int, bool]], progress: Progress) -> tuple[int, bool]:
    counted, is_split = 0, False
    for number, was_split in parts:
        counted += number
        is_split = is_split or was_split
        progress(counted)
    return counted, is_split


def _stage_in_processes(
    places: Sequence[Collection[UUID]], progress: Progress, batch: int, workers: int
) -> tuple[int, bool]:
    """Staging tables are committed by a connection of their own, so that other processes can write to them."""
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=django.setup) as pool:
        pool.submit(open_staging).result()
        tasks = [pool.submit(stage_place, place, batch) for place in places]
        return _gathered((task.result() for task in as_completed(tasks)), progress)


def compare_facts(*, progress: Progress = lambda _: None, batch: int = 2000) -> Comparison:
    """Recompute every cell from passages, compare with the stored ones and record the result.

    Call `raise_alarm` on the result to refuse to go on. Dossiers that the facts do not know to the end are taken as stored.
    Where an agency has facts only (`facts_only`), they are compared with how each dossier was counted, for there is nothing else.
    """
    started, seen, compared = monotonic(), 0, 0
    faults: list[dict[str, Any]] = []
    with transaction.atomic():
        acquire_writer_lock()
        places = _places()
        for code, receiving in places.items():
            expected, number = _as_it_should_stand(code, receiving, batch)
            seen += number
            compared += len(expected)
            faults += _faults(expected, Fact.objects.filter(receiving=code))
            progress(seen)
        alone = _without_passages(places)
        for code in alone:
            expected = _as_counted(code)
            compared += len(expected)
            faults += _faults(expected, Fact.objects.filter(receiving=code))
        faults += _faults({}, Fact.objects.exclude(receiving__in=[*places, *alone]))
        faults += _rollup_faults()
        return Comparison.objects.create(
            at=clock.now(),
            dossiers=seen,
            cells=compared,
            differing=len(faults),
            sample=faults[:_SAMPLE],
            seconds=monotonic() - started,
        )


def facts_only() -> int:
    """How many dossiers are counted for agencies that have none: simulated provinces loaded without dossiers."""
    return CountedDossier.objects.exclude(receiving__in=_places()).count()


def _as_it_should_stand(code: str, receiving: Collection[UUID], batch: int) -> tuple[Deltas, int]:
    """The cells of an agency counted anew, and of how many dossiers.

    Facts stand still while they are compared, dossiers do not: what is written after a batch was read, or stood in the journal
    unread before, is no fault of the facts. An act is committed with its mark for the reader, so that asking for the marks after
    the batch finds every act that the batch saw and the facts do not know. Such dossiers are taken as they were counted.
    """
    cells: Deltas = {}
    number = 0
    waiting: set[UUID] = set()
    for unit in receiving:
        for ids in dossiers.dossier_ids_of(unit, batch=batch):
            accounts = accounts_of(ids)
            unread = _unread_dossiers()
            waiting |= unread.intersection(ids)
            for account in accounts:
                if account.dossier_id not in unread:
                    gather(cells, cells_of(standing_of(account.sightings, account.traits, account.calendar)))
            number += len(accounts)
    for row in CountedDossier.objects.filter(dossier_id__in=waiting, receiving=code).only("cells"):
        gather(cells, unpacked(row))
    return cells, number


def _unread_dossiers() -> set[UUID]:
    return {dossier_id for event in unread_events(READER) for dossier_id in touched_by(event)}


def _without_passages(places: Collection[str]) -> list[str]:
    """Receiving agencies with counted dossiers but none that has passages."""
    rows = CountedDossier.objects.exclude(receiving__in=places).order_by("receiving")
    return list(rows.values_list("receiving", flat=True).distinct())


def _as_counted(receiving: str) -> Deltas:
    """The cells of an agency as the sum of how its dossiers were counted."""
    cells: Deltas = {}
    for row in CountedDossier.objects.filter(receiving=receiving).only("cells").iterator(chunk_size=2000):
        gather(cells, unpacked(row))
    return cells


def raise_alarm(comparison: Comparison) -> None:
    """Raise `FactsDiffer` when the comparison found a difference."""
    if comparison.differing:
        raise FactsDiffer(cells=comparison.differing, sample=comparison.sample)


def _faults(expected: Deltas, facts: QuerySet[Fact]) -> Iterator[dict[str, object]]:
    left = {cell: counts for cell, counts in expected.items() if any(counts.values())}
    fields = [*Cell._fields, *KEYS]
    for row in facts.order_by("day").values_list(*fields).iterator(chunk_size=5000):
        cell = Cell(*row[: len(Cell._fields)])
        stored = {key: value for key, value in zip(KEYS, row[len(Cell._fields) :], strict=True) if value}
        yield from _fault(cell, stored, left.pop(cell, {}))
    for cell, counts in left.items():
        yield from _fault(cell, {}, counts)


def _fault(cell: Cell, stored: dict[str, int], expected: dict[str, int]) -> Iterable[dict[str, object]]:
    expected = {key: value for key, value in expected.items() if value}
    if stored != expected:
        wrong = sorted(key for key in stored.keys() | expected.keys() if stored.get(key) != expected.get(key))
        yield {
            "cell": [cell.day.isoformat(), *cell[1:]],
            "measures": {key: [stored.get(key, 0), expected.get(key, 0)] for key in wrong},
        }


def _rollup_faults() -> Iterator[dict[str, object]]:
    """Roll-ups must be the sums of the facts: both sides and the province, over all procedures, by year."""
    sums = ", ".join(f"sum({key}) AS {key}" for key in KEYS)
    wrong = " OR ".join(f"coalesce(a.{key}, 0) <> coalesce(b.{key}, 0)" for key in KEYS)
    for side, column in (("c", "competent"), ("r", "receiving"), ("p", "province")):
        for grain, unit in (("d", "day"), ("m", "month"), ("y", "year")):
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT coalesce(a.agency, b.agency), coalesce(a.bucket, b.bucket) FROM (SELECT {column} AS agency, "  # noqa: S608 - constants of this package
                    f"date_trunc('{unit}', day)::date AS bucket, {sums} FROM oversight_fact GROUP BY 1, 2) a "
                    f"FULL JOIN (SELECT * FROM oversight_rollup WHERE side = '{side}' AND grain = '{grain}' "
                    f"AND procedure = '') b ON a.agency = b.agency AND a.bucket = b.bucket WHERE {wrong}"
                )
                for agency, first in cursor.fetchall():
                    yield {"rollup": [side, grain, first.isoformat(), agency]}
