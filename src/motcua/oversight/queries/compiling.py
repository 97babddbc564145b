"""The statements of the public pages, compiled before anybody asks."""

from __future__ import annotations

from datetime import date

from motcua.oversight.queries.live import by_side, compiled, compiled_sums
from motcua.oversight.queries.reasons import EVALUATED, OFFERED
from motcua.oversight.rules.index766 import inputs_on
from motcua.oversight.rules.indicators import in_force, indicator, measures_of
from motcua.oversight.rules.measures import KEYS


def compile_statements(on: date) -> None:
    """Compile what the pages of a day ask, those of the first page first.

    The first statement of a process loads Ibis; a web worker does this beside its first requests, so that no reader waits.
    """
    every = in_force(on)
    for one in every:
        for by, is_some in (("agency", False), ("agency", True), ("procedure", True)):
            compiled((one,), by, is_some)
        if one is every[0]:
            _compile_pages(on)
    for one in every:
        compiled_sums(measures_of(one), True)


def _compile_pages(on: date) -> None:
    """What the pages of the index, of a unit and of its report ask, whatever the indicator."""
    every = in_force(on)
    for by in ("agency", "procedure"):
        compiled(inputs_on(on), by, True)
    compiled(every, "agency", True)
    for group in by_side(every, None).values():
        compiled(tuple(group), "agency", True)
    compiled(tuple(indicator(key, on) for key in OFFERED), "procedure", True)
    for keys in (KEYS, EVALUATED):
        compiled_sums(keys, True)
    compiled_sums(KEYS, False)
