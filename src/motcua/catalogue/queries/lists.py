"""Official lists for the faces: what may be chosen on a day."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from motcua.catalogue.adapters.lists import official_lists
from motcua.catalogue.rules.lists import ListEntry, OfficialList
from motcua.directory import queries as directory
from motcua.kernel import clock


class Lists(Mapping[str, OfficialList]):
    """Every list by key: those of the pack, and the communes and the province that the directory knows, read when asked."""

    def __getitem__(self, key: str) -> OfficialList:
        if key == "communes":
            return OfficialList.of(key, _units(directory.served_communes()))
        if key == "provinces":
            return _with_own(official_lists()[key])
        return official_lists()[key]

    def __iter__(self) -> Iterator[str]:
        yield from (*official_lists(), "communes")

    def __len__(self) -> int:
        return len(official_lists()) + 1


LISTS = Lists()


def list_entries(key: str, *, on: date | None = None) -> tuple[ListEntry, ...]:
    """What the list `ethnicities`, `nationalities`, `religions`, `relations`, `occupations`, `provinces` or `communes` (those of
    this province) offers on a day (today). Raises KeyError for a list there is not.
    """
    return LISTS[key].on(on or clock.today())


def _with_own(provinces: OfficialList) -> OfficialList:
    """With a province of the directory that the national list has not: that of a trial, which exists nowhere else."""
    listed = {entry.name for entry in provinces.entries}
    own = tuple(one for one in _units(directory.provinces_known()) if one.name not in listed)
    return OfficialList.of(provinces.key, (*provinces.entries, *own)) if own else provinces


def _units(units: tuple[directory.TerritoryView, ...]) -> tuple[ListEntry, ...]:
    return tuple(
        ListEntry(
            unit.code,
            unit.full_name,
            unit.full_name_en,
            unit.begins_on,
            unit.ends_on - timedelta(days=1) if unit.ends_on else None,
            (unit.name,),
        )
        for unit in units
    )
