"""One indicator over a simulated province, without a database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from motcua.oversight.queries import indicator
from motcua.oversight.rules.indicators import Attribution
from motcua.oversight.services import DuckDbEngine, figures_on
from motcua.provisioning.simulation.facts import pack_named, plans_of, simulate_facts

_LEVEL_NAMES: Final = {"province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã"}


def pack_figures(
    pack_name: str,
    key: str,
    *,
    by: str = "unit",
    dossiers: int | None = None,
    all_units: bool = False,
    seed: int = 1,
    workers: int = 1,
    progress: Callable[[int], None] = lambda _: None,
) -> list[dict[str, object]]:
    """One indicator over a simulated pack: rows of unit, name, numerator, denominator, percent, in the order of the pack.

    Raises `PackUnknown`, `IndicatorUnknown`.
    """
    pack = pack_named(pack_name)
    one = indicator(key, pack.period.last)
    only_published = by == "unit" and not all_units and dossiers is None and bool(pack.published_units())
    plans = plans_of(pack, dossiers=dossiers, only_published=only_published, seed=seed)
    cells = simulate_facts(pack, plans, seed=seed, workers=workers, progress=progress)
    column = {
        "unit": "receiving" if one.side is Attribution.RECEIVING else "competent",
        "level": "level",
    }.get(by, "province")
    found = figures_on(DuckDbEngine(cells), [one], pack.period, [column])
    names = {unit.code: unit.name for unit in pack.units} | {pack.code: pack.name} | _LEVEL_NAMES
    gso = {unit.code: unit.gso for unit in pack.units}
    order: Sequence[str] = [plan.unit.code for plan in plans] if by == "unit" else [*_LEVEL_NAMES, pack.code]
    return [
        {
            "unit": unit,
            "name": names.get(unit, unit),
            "gso": gso.get(unit),
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "percent": figure.percent,
        }
        for unit in order
        for figure in (found.get((unit,), {}).get(key),)
        if figure is not None
    ]
