"""Simulated provinces: the packs read, their dossiers counted by the same rules, in as many processes as there are cores."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from importlib.resources import files
from multiprocessing import get_context
from typing import TypeVar
from uuid import UUID, uuid5

from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.public_holidays import national_calendar
from motcua.oversight.rules.facts import Deltas, cells_of, gather
from motcua.oversight.rules.standing import standing_of
from motcua.provisioning.errors import PackUnknown
from motcua.provisioning.simulation.dossiers import SimulatedDossier, simulate_unit
from motcua.provisioning.simulation.packs import Pack, UnitPlan, plan_of, read_pack

Progress = Callable[[int], None]
_T = TypeVar("_T")
_SPACE = UUID("6f766572-7369-6768-7400-73696d756c61")
_CHUNK = 20_000  # dossiers to a task: enough to be worth a process, few enough to show progress


def pack_names() -> list[str]:
    """The packs there are."""
    folder = files("motcua.provisioning") / "packs"
    return sorted(file.name.removesuffix(".json") for file in folder.iterdir() if file.name.endswith(".json"))


def pack_named(name: str) -> Pack:
    """A pack by name. Raises `PackUnknown`."""
    if name not in pack_names():
        raise PackUnknown(pack=name)
    text = (files("motcua.provisioning") / "packs" / f"{name}.json").read_text(encoding="utf-8")
    return read_pack(json.loads(text))


def simulate_facts(
    pack: Pack,
    plans: Sequence[UnitPlan],
    *,
    seed: int = 1,
    workers: int = 1,
    progress: Progress = lambda _: None,
) -> Deltas:
    """Facts of all dossiers of these units, made and forgotten one by one: memory holds cells, not dossiers."""
    result: Deltas = {}
    done = 0
    for part, number in over_plans(partial(_facts_of, pack, seed), plans, workers=workers):
        gather(result, part)
        done += number
        progress(done)
    return result


def simulated_dossiers(pack: Pack, plan: UnitPlan, seed: int) -> Iterator[tuple[UUID, SimulatedDossier]]:
    """Dossiers of one unit with identifiers that are the same every time."""
    for made in simulate_unit(pack, plan, the_calendar(), seed):
        yield uuid5(_SPACE, f"{pack.key}/{seed}/{plan.unit.code}/{made.number}"), made


def over_plans(
    work: Callable[[Sequence[UnitPlan]], _T], plans: Sequence[UnitPlan], *, workers: int
) -> Iterator[_T]:
    """Do a piece of work on the plans in chunks of some size; in order, in several processes if asked."""
    chunks = list(_chunks(plans))
    if workers == 1:
        yield from map(work, chunks)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        yield from pool.map(work, chunks)


def _facts_of(pack: Pack, seed: int, plans: Sequence[UnitPlan]) -> tuple[Deltas, int]:
    calendar = the_calendar()
    result: Deltas = {}
    number = 0
    for plan in plans:
        for made in simulate_unit(pack, plan, calendar, seed):
            gather(result, cells_of(standing_of(made.sightings, made.traits, calendar)))
            number += 1
    return result, number


def _chunks(plans: Iterable[UnitPlan]) -> Iterator[list[UnitPlan]]:
    chunk: list[UnitPlan] = []
    size = 0
    for plan in plans:
        chunk.append(plan)
        size += plan.received + plan.carried
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


@cache
def the_calendar() -> WorkingCalendar:
    """The national calendar, made once per process."""
    return national_calendar()


def plans_of(
    pack: Pack, *, dossiers: int | None = None, only_published: bool = False, seed: int = 1
) -> list[UnitPlan]:
    """The plans of a pack, all or only those of the units with published figures."""
    plans = plan_of(pack, dossiers=dossiers, seed=seed)
    if not only_published:
        return plans
    published = {unit.code for unit in pack.published_units()}
    return [plan for plan in plans if plan.unit.code in published]
