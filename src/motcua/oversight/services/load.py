"""Loading a simulated province into the store of facts, in bulk and in processes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from django.db import connections, transaction

from motcua.oversight.models import CountedDossier
from motcua.oversight.rules.facts import Deltas, cells_of
from motcua.oversight.rules.packs import Pack, UnitPlan
from motcua.oversight.rules.standing import standing_of
from motcua.oversight.services.absorb import hold_the_pen
from motcua.oversight.services.counting import Account, counted_row
from motcua.oversight.services.simulate import over_plans, simulated_dossiers, the_calendar
from motcua.oversight.services.staging import adopt_staging, close_staging, open_staging, stage

_BATCH = 5000


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
    open_staging()
    if workers > 1:
        connections.close_all()  # a forked process must not speak on its parent's line
    for number in over_plans(partial(stage_plans, pack, seed), plans, workers=workers):
        done += number
        progress(done)
    with transaction.atomic():
        hold_the_pen()
        adopt_staging(pack.code)
    close_staging()
    return done


def stage_plans(pack: Pack, seed: int, plans: Sequence[UnitPlan]) -> int:
    """Count the dossiers of some units into staging."""
    rows: list[tuple[CountedDossier, Deltas]] = []
    number = 0
    for plan in plans:
        for dossier_id, made in simulated_dossiers(pack, plan, seed):
            standing = standing_of(made.sightings, made.traits, the_calendar())
            cells = cells_of(standing)
            code = ""
            account = Account(dossier_id, code, len(made.sightings), made.sightings, made.traits)
            rows.append((counted_row(account, standing, cells), cells))
            if len(rows) == _BATCH:
                number += stage(rows)
                rows = []
    return number + stage(rows)
