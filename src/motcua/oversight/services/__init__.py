"""Acts of oversight: absorbing what happened, rebuilding, comparing, keeping reports, exporting."""

from motcua.oversight.services.absorb import absorb, absorb_all
from motcua.oversight.services.rebuild import compare_facts, raise_alarm, rebuild_facts

__all__ = ["absorb", "absorb_all", "compare_facts", "raise_alarm", "rebuild_facts"]
