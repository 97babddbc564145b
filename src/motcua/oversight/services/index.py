"""The index of Decision 766 computed from facts on any engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.oversight.queries.offers import Offer
from motcua.oversight.rules import expressions
from motcua.oversight.rules.index766 import GROUPS, IndexScore, IndexVersion, inputs_of_services, score
from motcua.oversight.rules.indicators import Figure, in_force
from motcua.oversight.rules.periods import Period
from motcua.oversight.services.engines import Engine, figures_on


def index_on(
    engine: Engine,
    period: Period,
    *,
    by: str,
    version: IndexVersion,
    outside: Mapping[str, Mapping[str, Figure]] | None = None,
) -> list[tuple[str, IndexScore]]:
    """Scores of every group, best first. `outside` gives inputs that do not come from facts (transparency, petitions)."""
    wanted = {component.figure for component in version.components}
    chosen = [one for one in in_force(period.last) if one.key in wanted]
    found = figures_on(engine, chosen, period, [by])
    scores = [
        (unit, score({**figures, **(outside or {}).get(unit, {})}, version))
        for (unit,), figures in found.items()
    ]
    return sorted(scores, key=lambda item: (-item[1].exact, item[0]))


def offered_on(engine: Engine, period: Period, offers: Mapping[str, Offer]) -> dict[str, dict[str, Figure]]:
    """The inputs of 3.1 and 3.2 of each province, counted by an engine from its facts: what `index_on` takes as `outside`."""
    table = engine.table()
    found = {}
    for province, offer in offers.items():
        mine = table.filter((table.province == province) & table.procedure.isin(sorted(offer.online)))
        windows = expressions.period(mine, period.first, period.last)
        used = expressions.services_used(mine, "received_online", windows, ["province"])
        alive = sum(int(row["procedures"]) for row in engine.rows(used)) if offer.online else 0
        found[province] = inputs_of_services(len(offer.levels), len(offer.online), alive)
    return found


def score_row(unit: str, result: IndexScore) -> dict[str, Any]:
    """A score as plain values, with the two counts of every component."""
    return {
        "unit": unit,
        "version": result.version,
        "points": float(result.points),
        "attainable": result.attainable,
        "groups": [
            {
                "group": group.group,
                "name": GROUPS[group.group][0],
                "points": None if group.points is None else float(group.points),
                "attainable": group.attainable,
                "maximum": group.maximum,
            }
            for group in result.groups
        ],
        "components": [
            {
                "key": one.component.key,
                "figure": one.component.figure,
                "points": None if one.points is None else float(one.points),
                "maximum": one.component.maximum,
                "numerator": one.figure.numerator if one.figure else None,
                "denominator": one.figure.denominator if one.figure else None,
            }
            for one in result.components
        ],
    }
