"""Counting dossiers: what the store holds of each, what it should hold, and the difference applied at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from motcua.oversight.models import CountedDossier
from motcua.oversight.rules.facts import Cell, Deltas, cells_of, difference, gather
from motcua.oversight.rules.measures import FLAG
from motcua.oversight.rules.standing import (
    OfficeTime,
    Outcome,
    Phase,
    Sighting,
    Standing,
    Traits,
    local_day,
    standing_of,
)
from motcua.oversight.services.counted import COUNTED_COLUMNS, Counted, replace_counted
from motcua.oversight.services.store import add_to_store


@dataclass(frozen=True, slots=True)
class Account:
    """Everything oversight knows of one dossier: its passages so far and its traits."""

    dossier_id: UUID
    code: str
    seq: int
    sightings: Sequence[Sighting]
    traits: Traits
    calendar: OfficeTime | None = None


_MANY: Final = 100
_FIELDS: Final = tuple(field.name for field in CountedDossier._meta.concrete_fields if not field.primary_key)


def count_dossiers(accounts: Iterable[Account]) -> int:
    """Bring the store to what the accounts say; returns how many dossiers changed. The caller holds the transaction.

    Repeating it changes nothing: the difference to what the store already holds of each dossier is what is added.
    """
    held_by_id = {account.dossier_id: account for account in accounts}
    stored = {
        row.dossier_id: row
        for row in CountedDossier.objects.select_for_update()
        .filter(dossier_id__in=held_by_id)
        .order_by("dossier_id")
    }
    deltas: Deltas = {}
    rows: list[Counted] = []
    for dossier_id, account in held_by_id.items():
        old = stored.get(dossier_id)
        standing = standing_of(account.sightings, account.traits, account.calendar)
        cells = cells_of(standing)
        change = difference(cells, unpacked(old) if old is not None else {})
        if change or old is None or old.seq != account.seq:
            gather(deltas, change)
            rows.append(counted_row(account, standing, cells))
    add_to_store({cell: counts for cell, counts in deltas.items() if any(counts.values())})
    _save(rows)
    return len(rows)


def _save(rows: list[Counted]) -> None:
    """Write what the store now holds of each; many by COPY, which costs a fraction of as many values in a statement."""
    if len(rows) >= _MANY:
        replace_counted(rows)
        return
    CountedDossier.objects.bulk_create(
        [CountedDossier(**dict(zip(COUNTED_COLUMNS, row, strict=True))) for row in rows],
        update_conflicts=True,
        unique_fields=["dossier_id"],
        update_fields=list(_FIELDS),
        batch_size=2000,
    )


def counted_row(account: Account, standing: Standing, cells: Deltas) -> Counted:
    """The row that remembers how a dossier was counted: values in the order of the model's columns."""
    traits, last = standing.traits, standing.trail[-1] if standing.trail else None
    is_open = standing.outcome is Outcome.OPEN
    return (
        account.dossier_id,
        account.seq,
        account.code,
        traits.province,
        traits.receiving,
        standing.competent,
        traits.procedure,
        traits.channel,
        traits.level,
        standing.outcome.value,
        standing.verdict.value if standing.verdict is not None else "",
        _day(standing.received_at),
        _day(standing.due_at),
        _day(standing.ended_at),
        _day(standing.handed_over_at),
        is_open,
        is_open and last is not None and last.phase is Phase.PAUSED,
        account.sightings[-1].at,
        flags_of(cells),
        packed(cells),
    )


def flags_of(cells: Deltas) -> int:
    """One bit per flow the dossier is counted in."""
    flags = 0
    for counts in cells.values():
        for key, value in counts.items():
            if value > 0:
                flags |= FLAG[key]
    return flags


def packed(cells: Deltas) -> list[list[object]]:
    """Cells as JSON: what does not repeat from one cell of a dossier to the next, and the counts."""
    return [[cell.day.isoformat(), *cell[1:], counts] for cell, counts in sorted(cells.items())]


def unpacked(row: CountedDossier) -> Deltas:
    """What the store holds of a dossier."""
    return {Cell(date.fromisoformat(day), *rest[:-1]): rest[-1] for day, *rest in row.cells}


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else local_day(moment)
