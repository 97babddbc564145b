"""A simulated province as data: units, volumes by level, published figures that the simulation must meet.

Reading a pack gives a plan: for every unit how many dossiers come in, how many end, how many of those in time. Where a
figure was published for a unit, the plan takes it; the rest shares what is left, so that the province's figure is met too.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from motcua.oversight.rules.periods import Period, parse_period
from motcua.provisioning.simulation.procedures import BY_CODE, PROCEDURES

_OPEN_SHARE: Final = 0.02  # of the dossiers handled, still open at the end of the period


@dataclass(frozen=True, slots=True)
class PackUnit:
    """An agency of the pack; `gso` is the statistical code of its territory, `place` its centre (latitude, longitude)."""

    code: str
    name: str
    level: str
    gso: str
    district: str
    place: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """What one unit does in the period. `rates` are shares; those of published units differ from the province's.

    `asked` says how often each procedure is asked for in the period; `online_full` and `online_partial` are how many of
    those offered as such services come in online.
    """

    unit: PackUnit
    received: int
    resolved: int
    in_time: int
    carried: int
    exempt: int
    digitized: int
    e_results: int
    asked: Mapping[str, int]
    online_full: int
    online_partial: int
    rates: Mapping[str, float]

    def offered(self, service: str) -> int:
        """How many of the received are of procedures offered as this service."""
        return offered_in(self.asked, service)

    @property
    def still_open(self) -> int:
        return self.carried + self.received - self.resolved


@dataclass(frozen=True, slots=True)
class Pack:
    """A province to simulate."""

    key: str
    code: str
    gso: str
    name: str
    name_en: str
    period: Period
    source: str
    received: Mapping[str, int]
    rates: Mapping[str, float]
    published: Mapping[str, Mapping[str, float]]
    units: Sequence[PackUnit]

    def published_units(self) -> list[PackUnit]:
        return [unit for unit in self.units if unit.level == "district" and unit.gso in self.published]


def read_pack(text: Mapping[str, Any]) -> Pack:
    """A pack from its file."""
    code = text["code"]
    units = [
        PackUnit(f"{code}.{number:02}", name, "province", text["gso"], "", None)
        for number, name in enumerate(text["departments"], start=1)
    ]
    district_code: dict[str, str] = {}
    for number, (gso, name, lat, lon) in enumerate(text["districts"], start=len(units) + 1):
        district_code[gso] = f"{code}.{number:02}"
        units.append(PackUnit(district_code[gso], f"UBND {name}", "district", gso, gso, (lat, lon)))
    seen: dict[str, int] = {}
    for gso, name, district, lat, lon in text["communes"]:
        seen[district] = seen.get(district, 0) + 1
        units.append(
            PackUnit(
                f"{district_code[district]}.{seen[district]:02}",
                f"UBND {name}",
                "commune",
                gso,
                district,
                (lat, lon),
            )
        )
    return Pack(
        key=text["key"],
        code=code,
        gso=text["gso"],
        name=text["name"],
        name_en=text["name_en"],
        period=parse_period(text["period"]),
        source=text["source"],
        received=text["received"],
        rates=text["rates"],
        published=text["units"],
        units=units,
    )


@dataclass(slots=True)
class _Steering:
    """Keeps a running total so that the rest of the units bring the whole to the wanted share exactly."""

    wanted: Fraction
    planned: int
    done: int = 0
    hit: int = 0

    def next(self, size: int) -> int:
        """How many of the next `size` must hit."""
        left = self.planned - self.done
        need = round(self.wanted * self.planned) - self.hit
        hits = round(Fraction(need, left) * size) if left > 0 else 0
        hits = max(0, min(size, hits))
        self.note(size, hits)
        return hits

    def note(self, size: int, hits: int) -> None:
        self.done += size
        self.hit += hits


def plan_of(pack: Pack, *, dossiers: int | None = None, seed: int = 1) -> list[UnitPlan]:
    """The plan of every unit. `dossiers` scales what is received in the province; published units keep their counts."""
    fixed = {unit.gso: pack.published[unit.gso] for unit in pack.published_units()}
    volumes = _volumes(pack, fixed, dossiers, seed)
    resolved = {unit.code: _resolved(unit, volumes, fixed) for unit in pack.units}
    exempt = _spread(pack, fixed, volumes, "exempt_format")
    to_digitize = {code: volumes[code] - exempt[code] for code in volumes}
    digitized = _spread(pack, fixed, to_digitize, "digitized")
    e_results = _spread(pack, fixed, resolved, "e_result")
    in_time = _spread(pack, fixed, resolved, "on_time", counted="in_time")
    asked = {unit.code: _asked(unit.level, volumes[unit.code]) for unit in pack.units}
    online = {
        service: _spread(
            pack,
            fixed,
            {code: offered_in(of_unit, service) for code, of_unit in asked.items()},
            f"online_{service}",
        )
        for service in ("full", "partial")
    }
    plans = []
    for unit in pack.units:
        received, ended = volumes[unit.code], resolved[unit.code]
        still_open = round(_OPEN_SHARE * received)
        plans.append(
            UnitPlan(
                unit=unit,
                received=received,
                resolved=ended,
                in_time=in_time[unit.code],
                carried=max(ended + still_open - received, 0),
                exempt=exempt[unit.code],
                digitized=digitized[unit.code],
                e_results=e_results[unit.code],
                asked=asked[unit.code],
                online_full=online["full"][unit.code],
                online_partial=online["partial"][unit.code],
                rates=pack.rates,
            )
        )
    return plans


def offered_in(asked: Mapping[str, int], service: str) -> int:
    """How many of these dossiers are of procedures offered as this online service."""
    return sum(count for code, count in asked.items() if BY_CODE[code].service == service)


def _asked(level: str, received: int) -> dict[str, int]:
    """How often each procedure of a level is asked for."""
    procedures = PROCEDURES[level]
    return _shared(received, [one.code for one in procedures], {one.code: one.weight for one in procedures})


def _spread(
    pack: Pack,
    fixed: Mapping[str, Mapping[str, float]],
    sizes: Mapping[str, int],
    rate: str,
    counted: str = "",
) -> dict[str, int]:
    """Hits by unit: what was published for it, else its part of what brings the province to its published share.

    A published *count* says how that unit does beside the province's share; a published *rate* is part of it.
    """
    steering = _Steering(Fraction(str(pack.rates[rate])), sum(sizes.values()))
    result: dict[str, int] = {}
    for unit in sorted(pack.units, key=lambda unit: not _own(unit, fixed)):
        own, size = _own(unit, fixed), sizes[unit.code]
        if counted and counted in own:
            result[unit.code] = int(own[counted])
            steering.note(size, round(steering.wanted * size))
        elif rate in own:
            result[unit.code] = round(Fraction(str(own[rate])) * size)
            steering.note(size, result[unit.code])
        else:
            result[unit.code] = steering.next(size)
    return result


_COUNTS: Final = frozenset({"received", "resolved", "in_time"})


def _own(unit: PackUnit, fixed: Mapping[str, Mapping[str, float]]) -> Mapping[str, float]:
    """What was published for a unit: counts are the district committee's, rates hold for its communes too."""
    if unit.level == "commune":
        return {key: value for key, value in fixed.get(unit.district, {}).items() if key not in _COUNTS}
    return fixed.get(unit.gso, {}) if unit.level == "district" else {}


def _resolved(unit: PackUnit, volumes: Mapping[str, int], fixed: Mapping[str, Mapping[str, float]]) -> int:
    return int(_own(unit, fixed).get("resolved", volumes[unit.code]))


def _volumes(
    pack: Pack, fixed: Mapping[str, Mapping[str, float]], dossiers: int | None, seed: int
) -> dict[str, int]:
    """Dossiers received by unit: exact for published units, the level's rest by seeded unequal weights."""
    chance = random.Random(f"{pack.key}/{seed}/volumes")  # noqa: S311 - a repeatable simulation, not a secret
    whole = sum(pack.received.values())
    scale = Fraction(dossiers, whole) if dossiers is not None else Fraction(1)
    result: dict[str, int] = {}
    for level, total in _scaled(pack.received, scale).items():
        units = [unit for unit in pack.units if unit.level == level]
        weights = {unit.code: chance.lognormvariate(0, 0.6) for unit in units}
        own = {
            unit.code: int(fixed[unit.gso]["received"])
            for unit in units
            if level == "district" and "received" in fixed.get(unit.gso, {})
        }
        rest = [unit for unit in units if unit.code not in own]
        result |= own | _shared(max(total - sum(own.values()), 0), [unit.code for unit in rest], weights)
    return result


def _scaled(received: Mapping[str, int], scale: Fraction) -> dict[str, int]:
    """Totals by level that add up exactly to the scaled whole."""
    whole = round(sum(received.values()) * scale)
    levels = list(received)
    scaled = {level: int(received[level] * scale) for level in levels}
    scaled[levels[-1]] += whole - sum(scaled.values())
    return scaled


def _shared(total: int, codes: Sequence[str], weights: Mapping[str, float]) -> dict[str, int]:
    """A total divided by weight into whole numbers that add up to it."""
    if not codes:
        return {}
    sum_of_weights = sum(weights[code] for code in codes)
    result = {code: int(total * weights[code] / sum_of_weights) for code in codes}
    for code in sorted(codes, key=lambda code: -weights[code])[: total - sum(result.values())]:
        result[code] += 1
    return result


@dataclass(slots=True)
class Quota:
    """Whole hits spread evenly over a known number of draws: exactly `hits` of `size`."""

    hits: int
    size: int
    drawn: int = field(default=0)

    def draw(self) -> bool:
        self.drawn += 1
        return self.drawn * self.hits // self.size > (self.drawn - 1) * self.hits // self.size
