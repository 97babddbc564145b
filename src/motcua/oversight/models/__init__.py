"""Tables of oversight: facts at day grain, their roll-ups, how each dossier was counted, what was found amiss, directives,
planned reports."""

from motcua.oversight.models.directives import Directive, DirectiveEntry
from motcua.oversight.models.facts import Fact, Rollup
from motcua.oversight.models.papers import Comparison, Snapshot
from motcua.oversight.models.reports import ReportPlan, SentReport
from motcua.oversight.models.standing import CountedDossier

__all__ = [
    "Comparison",
    "CountedDossier",
    "Directive",
    "DirectiveEntry",
    "Fact",
    "ReportPlan",
    "Rollup",
    "SentReport",
    "Snapshot",
]
