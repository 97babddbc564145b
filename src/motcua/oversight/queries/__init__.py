"""Reads of oversight: figures, reports, index, map and the lists behind every count."""

from motcua.oversight.queries.behind import CountedRow, count_behind, dossiers_behind
from motcua.oversight.queries.board import (
    MERGED_ON,
    Board,
    BoardRow,
    all_figures,
    board,
    index_of_province,
    layer_on,
    members_of,
    procedures_of,
    report_of,
    report_of_province,
)
from motcua.oversight.queries.calendar import daily, periods_with_facts
from motcua.oversight.queries.live import figures_by_agency, figures_by_procedure, sums_by_agency
from motcua.oversight.queries.places import Drawing, Place, Shape, forget_places, places_of, provinces
from motcua.oversight.rules.index766 import GROUPS as INDEX_GROUPS
from motcua.oversight.rules.index766 import VERSIONS as INDEX_VERSIONS
from motcua.oversight.rules.index766 import Change, ComponentScore, IndexScore
from motcua.oversight.rules.index766 import version_on as index_version_on
from motcua.oversight.rules.indicators import Figure, Indicator, Side, Wish, in_force, indicator
from motcua.oversight.rules.indicators import Shape as FigureShape
from motcua.oversight.rules.linear import Linear, Window
from motcua.oversight.rules.measures import BY_KEY as MEASURES_BY_KEY
from motcua.oversight.rules.periods import Grain, Period, parse_period
from motcua.oversight.rules.report import ReportRow
from motcua.oversight.rules.shading import SMALL, Shade, shade_of

__all__ = [
    "INDEX_GROUPS",
    "INDEX_VERSIONS",
    "MEASURES_BY_KEY",
    "MERGED_ON",
    "SMALL",
    "Board",
    "BoardRow",
    "Change",
    "ComponentScore",
    "CountedRow",
    "Drawing",
    "Figure",
    "FigureShape",
    "Grain",
    "IndexScore",
    "Indicator",
    "Linear",
    "Period",
    "Place",
    "ReportRow",
    "Shade",
    "Shape",
    "Side",
    "Window",
    "Wish",
    "all_figures",
    "board",
    "count_behind",
    "daily",
    "dossiers_behind",
    "figures_by_agency",
    "figures_by_procedure",
    "forget_places",
    "in_force",
    "index_of_province",
    "index_version_on",
    "indicator",
    "layer_on",
    "members_of",
    "parse_period",
    "periods_with_facts",
    "places_of",
    "procedures_of",
    "provinces",
    "report_of",
    "report_of_province",
    "shade_of",
    "sums_by_agency",
]
