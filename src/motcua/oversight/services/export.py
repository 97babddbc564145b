"""Facts as Parquet for the nation: one folder per province and day. Cells are counts; nothing in them names a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

from motcua.oversight.models import Fact
from motcua.oversight.rules.facts import Cell, Deltas
from motcua.oversight.rules.measures import KEYS
from motcua.oversight.rules.periods import Period, bucket
from motcua.oversight.services.engines import arrow_table
from motcua.oversight.words import Grain


def export_facts(folder: Path, *, span: Period | None = None, grain: Grain = Grain.DAY) -> int:
    """Write the stored facts to `folder/province=…/day=…/facts.parquet`; returns how many cells were written.

    Writing the same days again replaces their files. `grain` month or year makes fewer, larger files.
    """
    rows = Fact.objects.order_by("province", "day")
    if span is not None:
        rows = rows.filter(day__range=(span.first, span.last))
    fields = [*Cell._fields, *KEYS]
    cells = (
        (Cell(*row[: len(Cell._fields)]), dict(zip(KEYS, row[len(Cell._fields) :], strict=True)))
        for row in rows.values_list(*fields).iterator(chunk_size=5000)
    )
    total = 0
    for (province, first), group in groupby(
        cells, key=lambda item: (item[0].province, bucket(item[0].day, grain))
    ):
        total += write_part(folder, province, first, grain, dict(group))
    return total


def write_facts(folder: Path, cells: Deltas, *, grain: Grain = Grain.DAY) -> int:
    """Write facts held in memory in the same layout."""
    total = 0
    for (province, first), part in _parts(cells, grain):
        total += write_part(folder, province, first, grain, part)
    return total


def write_part(folder: Path, province: str, first: date, grain: Grain, cells: Deltas) -> int:
    """One file of the layout, written beside and moved into place."""
    import pyarrow.parquet as pq

    name = {Grain.DAY: f"day={first}", Grain.MONTH: f"month={first:%Y-%m}", Grain.YEAR: f"year={first.year}"}[
        grain
    ]
    target = folder / f"province={province}" / name / "facts.parquet"
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".part")
    pq.write_table(arrow_table(cells), half, compression="zstd")
    half.replace(target)
    return len(cells)


def _parts(cells: Deltas, grain: Grain) -> Iterator[tuple[tuple[str, date], Deltas]]:
    ordered = sorted(cells.items(), key=lambda item: (item[0].province, item[0].day))
    for key, group in groupby(ordered, key=lambda item: (item[0].province, bucket(item[0].day, grain))):
        yield key, dict(group)
