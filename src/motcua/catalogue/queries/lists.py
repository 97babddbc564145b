"""Official lists for the faces: what may be chosen on a day."""

from datetime import date

from motcua.catalogue.adapters.lists import official_lists
from motcua.catalogue.rules.lists import ListEntry
from motcua.kernel import clock


def list_entries(key: str, *, on: date | None = None) -> tuple[ListEntry, ...]:
    """What the list `ethnicities`, `nationalities`, `religions`, `relations` or `occupations` offers on a day (today).
    Raises KeyError for a list there is not.
    """
    return official_lists()[key].on(on or clock.today())
