"""Reports of closed periods kept as they were, made again from the passages of then, and their difference explained."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.dossiers import queries as dossiers
from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise
from motcua.kernel.errors import OutOfScope
from motcua.oversight.models import Snapshot
from motcua.oversight.rules.facts import Counts, Deltas, cells_of, difference, gather
from motcua.oversight.rules.periods import Period, parse_period
from motcua.oversight.rules.report import report_row
from motcua.oversight.rules.standing import standing_of
from motcua.oversight.services.accounts import accounts_of

Figures = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class ChangedDossier:
    """One dossier by which today's report of the period differs: measure to (then, now)."""

    dossier_id: UUID
    code: str
    measures: Mapping[str, tuple[int, int]]


@transaction.atomic
def keep_report(*, actor: Actor, period: Period) -> Snapshot:
    """Keep the report of a period by competent agency, as of now. Needs `oversight.read`."""
    authorise(actor, "oversight.read")
    as_of = clock.now()
    figures = report_as_of(period, as_of)
    return Snapshot.objects.create(
        period=period.key, as_of=as_of, figures=figures, digest=_digest(figures), made_by_id=actor.account_id
    )


def report_as_of(period: Period, as_of: datetime, *, batch: int = 2000) -> Figures:
    """The report of every competent agency from the passages up to a moment: exactly what it was then."""
    before: dict[str, Counts] = {}
    within: dict[str, Counts] = {}
    for ids in dossiers.dossier_ids(batch=batch):
        cells = _cells(ids, as_of)
        for cell, counts in cells.items():
            if cell.day <= period.last:
                target = (before if cell.day < period.first else within).setdefault(cell.competent, {})
                for key, value in counts.items():
                    target[key] = target.get(key, 0) + value
    return {
        agency: asdict(report_row(before.get(agency, {}), within.get(agency, {})))
        for agency in sorted(before.keys() | within.keys())
    }


def reproduce_report(*, actor: Actor, snapshot_id: UUID) -> tuple[Snapshot, bool]:
    """Make a kept report again from the passages of then; tells whether it is the same to the last figure."""
    authorise(actor, "oversight.read")
    kept = Snapshot.objects.filter(pk=snapshot_id).first()
    if kept is None:
        raise OutOfScope
    return kept, _digest(report_as_of(parse_period(kept.period), kept.as_of)) == kept.digest


def explain_difference(*, actor: Actor, snapshot_id: UUID) -> list[ChangedDossier]:
    """Dossier by dossier, why today's report of the period is not the one kept: only those that moved since can differ."""
    authorise(actor, "oversight.read")
    kept = Snapshot.objects.filter(pk=snapshot_id).first()
    if kept is None:
        raise OutOfScope
    period = parse_period(kept.period)
    moved = dossiers.dossiers_moved_after(kept.as_of)
    then = {account.dossier_id: account for account in accounts_of(moved, until=kept.as_of)}
    result = []
    for account in accounts_of(moved):
        old = then.get(account.dossier_id)
        past = cells_of(standing_of(old.sightings, old.traits, old.calendar)) if old else {}
        now = cells_of(standing_of(account.sightings, account.traits, account.calendar))
        measures = _measures(period, past, now)
        if measures:
            result.append(ChangedDossier(account.dossier_id, account.code, measures))
    return sorted(result, key=lambda changed: changed.code)


def _cells(ids: Iterable[UUID], as_of: datetime) -> Deltas:
    cells: Deltas = {}
    for account in accounts_of(list(ids), until=as_of):
        gather(cells, cells_of(standing_of(account.sightings, account.traits, account.calendar)))
    return cells


def _measures(period: Period, past: Deltas, now: Deltas) -> dict[str, tuple[int, int]]:
    """Measures of the days up to the end of the period that differ, as sums then and now."""
    keys = {
        key for cell, counts in difference(now, past).items() if cell.day <= period.last for key in counts
    }
    return {key: (_sum(past, period, key), _sum(now, period, key)) for key in sorted(keys)}


def _sum(cells: Deltas, period: Period, key: str) -> int:
    return sum(counts.get(key, 0) for cell, counts in cells.items() if cell.day <= period.last)


def _digest(figures: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(figures, sort_keys=True).encode()).hexdigest()
