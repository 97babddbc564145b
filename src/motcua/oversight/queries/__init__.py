"""Reads of oversight: figures, reports, index, map and the lists behind every count."""

from motcua.catalogue.queries import OnlineLevel
from motcua.oversight.queries.behind import CountedRow, count_behind, dossiers_behind
from motcua.oversight.queries.board import (
    Board,
    BoardRow,
    RestRow,
    all_figures,
    board,
    index_of_province,
    procedures_of,
    report_of,
    report_of_province,
    report_rows,
)
from motcua.oversight.queries.calendar import daily, months_until, periods_with_facts
from motcua.oversight.queries.compiling import compile_statements
from motcua.oversight.queries.directives import (
    DirectivePage,
    DirectiveView,
    EntryView,
    assignable,
    directive,
    directive_counts,
    directives,
)
from motcua.oversight.queries.gazetteer import Gazetteer, Place, offer_gazetteer
from motcua.oversight.queries.headline import Headline, headline
from motcua.oversight.queries.live import figures_by_agency, figures_by_procedure, sums_by_agency
from motcua.oversight.queries.offers import Offer, Service, offer_of, services_of
from motcua.oversight.queries.outlook import (
    HolderTime,
    Outlook,
    holders,
    outlook_of,
    slow_steps,
    troubles,
)
from motcua.oversight.queries.places import Drawing, Shape, forget_places, places_of, provinces
from motcua.oversight.queries.plans import (
    PlanView,
    SentView,
    open_sent_file,
    plans,
    sent_report,
    sent_reports,
)
from motcua.oversight.queries.reasons import (
    ListedService,
    evaluation_of,
    facts_begin,
    parts_of_changes,
    priority_services,
    procedure_titles,
    run_of_months,
)
from motcua.oversight.queries.rights import authorise_unit, is_province, overseen_agencies, sees_everything
from motcua.oversight.queries.units import (
    MERGED_ON,
    Units,
    day_before,
    layer_on,
    reorganisation_days,
    units_of,
)
from motcua.oversight.queries.wording import (
    NOTHING,
    Numbers,
    count_text,
    excluded_of,
    figure_text,
    formula_of,
    grouped,
    in_english,
    numbers,
    period_name,
    terms_of,
    title_of,
)
from motcua.oversight.rules.charts import WIDTH as CHART_WIDTH
from motcua.oversight.rules.charts import Chart, ChartKind, Series, height_of, svg_of
from motcua.oversight.rules.evaluation import NINE, UnitEvaluation
from motcua.oversight.rules.folding import Fate, together
from motcua.oversight.rules.index766 import GROUPS as INDEX_GROUPS
from motcua.oversight.rules.index766 import (
    SERVICES_ONLINE,
    SERVICES_USED,
    Change,
    ComponentScore,
    IndexScore,
    Part,
    on_hundred,
)
from motcua.oversight.rules.index766 import VERSIONS as INDEX_VERSIONS
from motcua.oversight.rules.index766 import version_on as index_version_on
from motcua.oversight.rules.indicators import (
    Attribution,
    Figure,
    Indicator,
    Wish,
    in_force,
    indicator,
    measures_of,
)
from motcua.oversight.rules.indicators import Shape as FigureShape
from motcua.oversight.rules.linear import Linear, Window
from motcua.oversight.rules.measures import BY_KEY as MEASURES_BY_KEY
from motcua.oversight.rules.periods import Period, parse_period
from motcua.oversight.rules.report import ReportRow, rows_together
from motcua.oversight.rules.shading import SMALL, Shade, shade_of
from motcua.oversight.rules.waits import StepTime
from motcua.oversight.words import Act as DirectiveAct
from motcua.oversight.words import DirectiveState, Grain, Rhythm, Subject

__all__ = [
    "CHART_WIDTH",
    "INDEX_GROUPS",
    "INDEX_VERSIONS",
    "MEASURES_BY_KEY",
    "MERGED_ON",
    "NINE",
    "NOTHING",
    "SERVICES_ONLINE",
    "SERVICES_USED",
    "SMALL",
    "Attribution",
    "Board",
    "BoardRow",
    "Change",
    "Chart",
    "ChartKind",
    "ComponentScore",
    "CountedRow",
    "DirectiveAct",
    "DirectivePage",
    "DirectiveState",
    "DirectiveView",
    "Drawing",
    "EntryView",
    "Fate",
    "Figure",
    "FigureShape",
    "Gazetteer",
    "Grain",
    "Headline",
    "HolderTime",
    "IndexScore",
    "Indicator",
    "Linear",
    "ListedService",
    "Numbers",
    "Offer",
    "OnlineLevel",
    "Outlook",
    "Part",
    "Period",
    "Place",
    "PlanView",
    "ReportRow",
    "RestRow",
    "Rhythm",
    "SentView",
    "Series",
    "Service",
    "Shade",
    "Shape",
    "StepTime",
    "Subject",
    "UnitEvaluation",
    "Units",
    "Window",
    "Wish",
    "all_figures",
    "assignable",
    "authorise_unit",
    "board",
    "compile_statements",
    "count_behind",
    "count_text",
    "daily",
    "day_before",
    "directive",
    "directive_counts",
    "directives",
    "dossiers_behind",
    "evaluation_of",
    "excluded_of",
    "facts_begin",
    "figure_text",
    "figures_by_agency",
    "figures_by_procedure",
    "forget_places",
    "formula_of",
    "grouped",
    "headline",
    "height_of",
    "holders",
    "in_english",
    "in_force",
    "index_of_province",
    "index_version_on",
    "indicator",
    "is_province",
    "layer_on",
    "measures_of",
    "months_until",
    "numbers",
    "offer_gazetteer",
    "offer_of",
    "on_hundred",
    "open_sent_file",
    "outlook_of",
    "overseen_agencies",
    "parse_period",
    "parts_of_changes",
    "period_name",
    "periods_with_facts",
    "places_of",
    "plans",
    "priority_services",
    "procedure_titles",
    "procedures_of",
    "provinces",
    "reorganisation_days",
    "report_of",
    "report_of_province",
    "report_rows",
    "rows_together",
    "run_of_months",
    "sees_everything",
    "sent_report",
    "sent_reports",
    "services_of",
    "shade_of",
    "slow_steps",
    "sums_by_agency",
    "svg_of",
    "terms_of",
    "title_of",
    "together",
    "troubles",
    "units_of",
]
