"""The list of measures is frozen where stored figures depend on it: bits, counting days, what each is made of."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from motcua.dossiers.words import Ending
from motcua.kernel import clock
from motcua.oversight.rules.facts import cells_of
from motcua.oversight.rules.measures import BY_KEY, FLAG, KEYS, MEASURES, CountingDay, Nature, Source
from motcua.oversight.rules.standing import Sighting, Traits, standing_of

#: Bits as they stand in the flags of counted dossiers of every installation. Add at the end; never change, never reuse.
BITS: Final = re.findall(
    r"\w+",
    """
received received_counter received_online received_postal received_online_full received_online_partial of_online_full
of_online_partial accepted_late refused_at_door resolved early on_time late late_statutory resolved_in_time_national
refused_on_merits withdrawn stopped handed_over extended supplemented supplemented_again minutes_spent minutes_allowed
to_digitize components_digitized digitized exempt_format exempt_shared exempt_copy exempt_shown exempt_secret reusable
reused from_population of_population resolved_written e_result result_shared online_complete with_fee fee_paid
fee_paid_online taken_over given_over
""",
)


def test_no_bit_was_moved_or_given_twice() -> None:
    kept = {measure.bit: measure.key for measure in MEASURES if measure.bit is not None}
    assert [kept[bit] for bit in range(len(BITS))] == BITS
    assert len(kept) == sum(measure.nature is Nature.FLOW for measure in MEASURES)
    assert all(measure.bit is None for measure in MEASURES if measure.nature is Nature.BALANCE)


def test_every_bit_fits_into_the_column() -> None:
    assert max(FLAG.values()) < 1 << 63, "flags is a bigint: see docs/adr on subjects of measures"


def test_keys_are_used_once() -> None:
    assert len(set(KEYS)) == len(KEYS)


MORNING = datetime(2026, 11, 16, 8, tzinfo=clock.LOCAL)


class Office:
    """Every hour is office time, times a factor."""

    def __init__(self, factor: float) -> None:
        self.factor = factor

    def office_time_between(self, start: datetime, end: datetime) -> timedelta:
        return (end - start) * self.factor


_ENDS = {7: Ending.WITHDRAWN, 8: Ending.STOPPED, 9: Ending.RESOLVED}


def life(status: int = 9, due: datetime | None = MORNING + timedelta(days=4)) -> list[Sighting]:
    return [
        Sighting(MORNING, 1, None, "H99.11"),
        Sighting(MORNING + timedelta(hours=5), 2, due, "H99.11"),
        Sighting(MORNING + timedelta(days=2), 4, due, "H99.11"),
        Sighting(MORNING + timedelta(days=3), status, due, "H99.11", _ENDS[status]),
    ]


#: What each trait is known from; a trait left out is a key of the cell or the passages themselves.
TRAITS: Final[dict[str, tuple[Source, object]]] = {
    "service": (Source.VERSION, "partial"),
    "has_written_result": (Source.VERSION, False),
    "is_population_connected": (Source.VERSION, True),
    "has_electronic_result": (Source.RESULT, True),
    "has_result_file": (Source.RESULT, False),
    "is_result_shared": (Source.RESULT, True),
    "must_digitize": (Source.PAPERS, False),
    "has_component_files": (Source.PAPERS, False),
    "exemption": (Source.PAPERS, "secret"),
    "is_reusable": (Source.PAPERS, True),
    "is_reused": (Source.PAPERS, True),
    "uses_population": (Source.PAPERS, True),
    "has_fee": (Source.MONEY, False),
    "is_fee_paid": (Source.MONEY, False),
    "is_fee_paid_online": (Source.MONEY, False),
    "longest_limit_minutes": (Source.VERSION, 60),
}
FULL: Final = Traits(
    province="H99",
    receiving="H99.11",
    procedure="1.001193",
    channel="online",
    service="full",
    has_written_result=True,
    has_result_file=True,
    must_digitize=True,
    has_component_files=True,
    has_fee=True,
    is_fee_paid=True,
    is_fee_paid_online=True,
)
VARIANTS: Final = (
    FULL,
    replace(FULL, exemption="copy"),
    replace(FULL, has_electronic_result=True, is_result_shared=True),
    replace(FULL, has_result_file=False, longest_limit_minutes=6000),
)
_KEYS_OF_CELLS: Final = {"province", "receiving", "procedure", "channel", "level"}


def counts(traits: Traits, sightings: list[Sighting], office: Office) -> dict[str, int]:
    total: dict[str, int] = {}
    for cell in cells_of(standing_of(sightings, traits, office)).values():
        for key, value in cell.items():
            total[key] = total.get(key, 0) + value
    return total


def changed(before: dict[str, int], after: dict[str, int]) -> set[str]:
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def test_a_measure_names_all_and_only_what_it_is_made_of() -> None:
    """Each trait is changed by itself, and the calendar too: whatever count moves must have named that source."""
    moved: dict[str, set[Source]] = {key: set() for key in KEYS}
    for due in (MORNING + timedelta(days=4), None):
        for traits in VARIANTS:
            before = counts(traits, life(due=due), Office(0.5))
            for key in changed(before, counts(traits, life(due=due), Office(3))):
                moved[key].add(Source.CALENDAR)
            for trait, (source, value) in TRAITS.items():
                changes: dict[str, Any] = {trait: value}
                after = counts(replace(traits, **changes), life(due=due), Office(0.5))
                for key in changed(before, after):
                    moved[key].add(source)
    for ground in ("format", "shared", "shown"):
        for key in counts(replace(FULL, exemption=ground), life(), Office(1)):
            if key.startswith("exempt_"):
                moved[key].add(Source.PAPERS)
    assert {key: set(BY_KEY[key].of) for key in KEYS} == moved


def test_every_trait_has_a_source() -> None:
    assert TRAITS.keys() | _KEYS_OF_CELLS == {*Traits.__dataclass_fields__}


@pytest.mark.parametrize("day", [CountingDay.RECEPTION, CountingDay.END, CountingDay.RETURN])
def test_a_measure_is_counted_on_its_day(day: CountingDay) -> None:
    """The cells themselves say on which day each flow stands: received on the 16th, ended on the 19th, returned on the 21st."""
    sightings = [*life(), Sighting(MORNING + timedelta(days=5), 10, None, "H99.11", Ending.RESOLVED)]
    on = {CountingDay.RECEPTION: 16, CountingDay.END: 19, CountingDay.RETURN: 21}[day]
    cells = cells_of(standing_of(sightings, replace(FULL, has_electronic_result=True), Office(1)))
    found = {key for cell, held in cells.items() if cell.day.day == on for key in held}
    flows = {key for key in found if BY_KEY[key].nature is Nature.FLOW}
    assert flows
    assert {BY_KEY[key].counted_on for key in flows} == {day}
