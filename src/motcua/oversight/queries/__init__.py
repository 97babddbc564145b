"""Reads of oversight: figures, reports, index, map and the lists behind every count."""

from motcua.oversight.queries.live import figures_by_agency, figures_by_procedure, sums_by_agency
from motcua.oversight.rules.index766 import VERSIONS as INDEX_VERSIONS
from motcua.oversight.rules.index766 import version_on as index_version_on
from motcua.oversight.rules.indicators import Figure, Indicator, Side, in_force, indicator
from motcua.oversight.rules.periods import Period, parse_period

__all__ = [
    "INDEX_VERSIONS",
    "Figure",
    "Indicator",
    "Period",
    "Side",
    "figures_by_agency",
    "figures_by_procedure",
    "in_force",
    "index_version_on",
    "indicator",
    "parse_period",
    "sums_by_agency",
]
