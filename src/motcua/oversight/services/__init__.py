"""Acts of oversight: absorbing what happened, rebuilding, comparing, keeping reports, exporting, simulating."""

from motcua.oversight.services.absorb import absorb, absorb_all, count_loaded
from motcua.oversight.services.directives import (
    About,
    act_on_directive,
    give_directive,
    mark_overdue_directives,
    tell_of_directive,
)
from motcua.oversight.services.engines import engine_named, figures_on
from motcua.oversight.services.export import export_facts, write_facts
from motcua.oversight.services.index import index_on, offered_on, pack_figures, score_row
from motcua.oversight.services.load import load_simulation
from motcua.oversight.services.plans import end_plan, plan_report, reproduce_sent, send_planned_reports
from motcua.oversight.services.rebuild import compare_facts, facts_only, raise_alarm, rebuild_facts
from motcua.oversight.services.report_files import Format, WrittenReport, picture_of, write_report, written
from motcua.oversight.services.reports import (
    Report,
    Table,
    charts_of,
    note_of_report,
    report_for,
    report_title,
    subject_of_report,
    tables_of,
)
from motcua.oversight.services.simulate import pack_named, pack_names, plans_of, simulate_facts
from motcua.oversight.services.snapshots import (
    ChangedDossier,
    explain_difference,
    keep_report,
    report_as_of,
    reproduce_report,
)
from motcua.oversight.services.year import load_year

__all__ = [
    "About",
    "ChangedDossier",
    "Format",
    "Report",
    "Table",
    "WrittenReport",
    "absorb",
    "absorb_all",
    "act_on_directive",
    "charts_of",
    "compare_facts",
    "count_loaded",
    "end_plan",
    "engine_named",
    "explain_difference",
    "export_facts",
    "facts_only",
    "figures_on",
    "give_directive",
    "index_on",
    "keep_report",
    "load_simulation",
    "load_year",
    "mark_overdue_directives",
    "note_of_report",
    "offered_on",
    "pack_figures",
    "pack_named",
    "pack_names",
    "picture_of",
    "plan_report",
    "plans_of",
    "raise_alarm",
    "rebuild_facts",
    "report_as_of",
    "report_for",
    "report_title",
    "reproduce_report",
    "reproduce_sent",
    "score_row",
    "send_planned_reports",
    "simulate_facts",
    "subject_of_report",
    "tables_of",
    "tell_of_directive",
    "write_facts",
    "write_report",
    "written",
]
