"""What a province offers online by its catalogue, and what of it people used: inputs of the index that no fact holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import CompetentLevel, OnlineLevel
from motcua.kernel import clock
from motcua.oversight.queries.live import PROVINCE_SIDE, figures_by_procedure
from motcua.oversight.queries.places import for_a_minute
from motcua.oversight.queries.reasons import procedure_titles
from motcua.oversight.queries.units import lineage_of
from motcua.oversight.rules.index766 import inputs_of_services
from motcua.oversight.rules.indicators import Figure, indicator
from motcua.oversight.rules.periods import Period

_OF_PROVINCES = frozenset({CompetentLevel.PROVINCE, CompetentLevel.DISTRICT, CompetentLevel.COMMUNE})
_ONLINE = frozenset({OnlineLevel.PARTIAL, OnlineLevel.FULL})
_NOTHING = Figure(0, 0)


@dataclass(frozen=True, slots=True)
class Service:
    """A procedure of a province: `level` partial or full where it is offered online; its dossiers filed online of all."""

    code: str
    title: str
    level: OnlineLevel
    filed: Figure

    @property
    def is_online(self) -> bool:
        return self.level in _ONLINE


@dataclass(frozen=True, slots=True)
class Offer:
    """The procedures of a province on a day by their online level, and how many dossiers of each were filed online."""

    on: date
    levels: Mapping[str, OnlineLevel]
    filed: Mapping[str, Figure]

    @property
    def inputs(self) -> dict[str, Figure]:
        """The components of the index made of it, by the name of their input."""
        online = self.online
        used = sum(code in online for code, figure in self.filed.items() if figure.numerator)
        return inputs_of_services(len(self.levels), len(online), used)

    @property
    def online(self) -> frozenset[str]:
        """The codes offered online, partially or wholly."""
        return frozenset(code for code, level in self.levels.items() if level in _ONLINE)


def offer_of(province: str, period: Period) -> Offer | None:
    """What a province offers on the last day of a period (today in one that runs) and what was used in it.

    None where the catalogue is not that of the province: its agencies are not in the directory.
    """
    if not lineage_of(province).places:
        return None
    on = min(period.last, max(period.first, clock.today()))
    levels = for_a_minute(("levels", on), lambda: catalogue.online_levels(on, _OF_PROVINCES))
    one = indicator("online_share", period.last)
    found = figures_by_procedure([one], period, agencies=[province], side=PROVINCE_SIDE)
    return Offer(on, levels, {code: figures[one.key] for code, figures in found.items()})


def services_of(offer: Offer) -> Sequence[Service]:
    """The procedures of an offer with their names: online first, the most used first."""
    titles = procedure_titles(list(offer.levels), offer.on)
    rows = [
        Service(code, titles.get(code, ""), level, offer.filed.get(code, _NOTHING))
        for code, level in offer.levels.items()
    ]
    return sorted(rows, key=lambda row: (not row.is_online, -row.filed.numerator, row.code))
