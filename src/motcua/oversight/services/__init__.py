"""Acts of oversight: absorbing what happened, rebuilding, comparing, keeping reports, exporting."""

from motcua.oversight.services.absorb import absorb, absorb_all, acquire_writer_lock, count_loaded
from motcua.oversight.services.accounts import account_of, place_of
from motcua.oversight.services.counting import Account, counted_row
from motcua.oversight.services.directives import (
    About,
    act_on_directive,
    give_directive,
    mark_overdue_directives,
    tell_of_directive,
)
from motcua.oversight.services.engines import DuckDbEngine, engine_named, figures_on
from motcua.oversight.services.export import export_facts, write_facts
from motcua.oversight.services.index import index_on, offered_on, score_row
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
from motcua.oversight.services.snapshots import (
    ChangedDossier,
    explain_difference,
    keep_report,
    report_as_of,
    reproduce_report,
)
from motcua.oversight.services.staging import (
    Stage,
    adopt_staging,
    one_by_one,
    open_staging,
    side_by_side,
    staged,
)

__all__ = [
    "About",
    "Account",
    "ChangedDossier",
    "DuckDbEngine",
    "Format",
    "Report",
    "Stage",
    "Table",
    "WrittenReport",
    "absorb",
    "absorb_all",
    "account_of",
    "acquire_writer_lock",
    "act_on_directive",
    "adopt_staging",
    "charts_of",
    "compare_facts",
    "count_loaded",
    "counted_row",
    "end_plan",
    "engine_named",
    "explain_difference",
    "export_facts",
    "facts_only",
    "figures_on",
    "give_directive",
    "index_on",
    "keep_report",
    "mark_overdue_directives",
    "note_of_report",
    "offered_on",
    "one_by_one",
    "open_staging",
    "picture_of",
    "place_of",
    "plan_report",
    "raise_alarm",
    "rebuild_facts",
    "report_as_of",
    "report_for",
    "report_title",
    "reproduce_report",
    "reproduce_sent",
    "score_row",
    "send_planned_reports",
    "side_by_side",
    "staged",
    "subject_of_report",
    "tables_of",
    "tell_of_directive",
    "write_facts",
    "write_report",
    "written",
]
