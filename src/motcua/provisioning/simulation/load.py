"""Loading a simulated province into the store of facts, in bulk and in processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from django.db import connections, transaction

from motcua.oversight.rules.facts import cells_of
from motcua.oversight.rules.standing import standing_of
from motcua.oversight.services import (
    Account,
    acquire_writer_lock,
    adopt_staging,
    counted_row,
    one_by_one,
    open_staging,
    side_by_side,
    staged,
)
from motcua.provisioning.simulation.facts import over_plans, simulated_dossiers, the_calendar
from motcua.provisioning.simulation.packs import Pack, UnitPlan


def load_simulation(
    pack: Pack,
    plans: Sequence[UnitPlan],
    *,
    seed: int = 1,
    workers: int = 1,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Replace a province's facts by those of its simulation; returns how many dossiers it has. Others stay untouched."""
    done = 0
    is_split = False
    open_staging()
    if workers > 1:
        connections.close_all()  # a forked process must not speak on its parent's line
    for number, was_split in over_plans(partial(stage_plans, pack, seed), plans, workers=workers):
        done += number
        is_split = is_split or was_split
        progress(done)
    with transaction.atomic():
        acquire_writer_lock()
        adopt_staging(pack.code, is_split=is_split, run=side_by_side if workers > 1 else one_by_one)
    return done


def stage_plans(pack: Pack, seed: int, plans: Sequence[UnitPlan]) -> tuple[int, bool]:
    """Count the dossiers of some units into staging; how many, and whether cells were written in parts."""
    with staged() as stage:
        for plan in plans:
            for dossier_id, made in simulated_dossiers(pack, plan, seed):
                standing = standing_of(made.sightings, made.traits, the_calendar())
                cells = cells_of(standing)
                account = Account(dossier_id, "", len(made.sightings), made.sightings, made.traits)
                stage.add(counted_row(account, standing, cells), cells)
    return stage.number, stage.is_split
