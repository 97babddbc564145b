"""Tables of oversight: facts at day grain, their roll-ups, how each dossier was counted, and what was found amiss."""

from motcua.oversight.models.facts import Fact, Rollup
from motcua.oversight.models.papers import Comparison, Snapshot
from motcua.oversight.models.standing import CountedDossier

__all__ = ["Comparison", "CountedDossier", "Fact", "Rollup", "Snapshot"]
