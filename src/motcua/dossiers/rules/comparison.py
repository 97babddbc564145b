"""What a scanned paper says against what is known already: the dossier's form, the register of persons, other papers.

Only what surely speaks of the same thing is compared; how a value is written (tone marks, dots, order of a date) is no
difference. Source: Decree 107/2021 art. 21a, Circular 01/2023/TT-VPCP art. 8–9 (the copy is compared when it is made).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from motcua.dossiers.words import KnownFrom
from motcua.kernel.text import composed, fold, same_tone_place


@dataclass(frozen=True, slots=True)
class ReadValue:
    """A value of a scanned paper. `paper` tells the papers apart, `kind` is the recognised kind, `key` the field."""

    paper: str
    kind: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the register who has to do with the dossier; `born` as `YYYY-MM-DD`."""

    full_name: str
    number: str = ""
    born: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """The paper says `read`, the other place `known`; `other_kind` is the kind of the other paper, if it is one."""

    paper: str
    key: str
    read: str
    known: str
    source: KnownFrom
    other_kind: str = ""


_PERSONS = ("child", "mother", "father", "wife", "husband", "owner", "requester")
#: What a field key says of a person → the form's name for it.
_TRAITS = MappingProxyType(
    {"name": "full_name", "number": "personal_number", "born": "birth_on", "residence": "address"}
)
#: Of whom a paper speaks, by kind; the first the form knows is meant.
_SPOUSES = MappingProxyType({"wife": ("wife", "mother"), "husband": ("husband", "father")})
_CHILD = MappingProxyType(
    {
        "full_name": "full_name",
        "born_on": "birth_on",
        "gender": "sex",
        "birth_place": "birth_place",
        "personal_number": "personal_number",
        "home_place": "hometown",
    }
)
#: Fields that speak of a thing: (kind, key) → place in the form.
_THINGS = MappingProxyType(
    {
        ("marriage_certificate", "symbol"): "marriage.number",
        ("marriage_certificate", "registered_on"): "marriage.issued_on",
        ("land_certificate", "parcel"): "plot.plot_number",
        ("land_certificate", "map_sheet"): "plot.map_sheet",
        ("land_certificate", "area"): "plot.area_m2",
        ("land_certificate", "serial"): "plot.certificate_number",
        ("household_business_certificate", "business_name"): "business.name",
        ("household_business_certificate", "capital"): "business.capital",
    }
)
#: Places are written in too many ways to be held against each other.
_FREE = ("address", "residence", "birth_place", "hometown")


def differences(
    read: Sequence[ReadValue], form: Mapping[str, Any], people: Iterable[Person] = ()
) -> tuple[Difference, ...]:
    """Every value that differs from a known one, each against each place once, in the order of `read`."""
    registered = _by_place(form, people)
    placed = [(value, _place(value, form, read)) for value in read if value.value.strip()]
    found: list[Difference] = []
    for value, place in placed:
        if not place:
            continue
        for known, source in (
            (_at(form, place), KnownFrom.FORM),
            (registered.get(place, ""), KnownFrom.REGISTER),
        ):
            if known and not same(place, value.value, known):
                found.append(Difference(value.paper, value.key, value.value, known, source))
        for other, other_place in placed:
            if (
                other.paper != value.paper
                and other_place == place
                and not same(place, value.value, other.value)
            ):
                found.append(
                    Difference(value.paper, value.key, value.value, other.value, KnownFrom.PAPER, other.kind)
                )
    return tuple(found)


def same(place: str, one: str, other: str) -> bool:
    """Whether two writings mean the same, by what stands at this place of a form."""
    trait = place.rpartition(".")[2]
    if trait in _FREE:
        return True
    if trait.endswith("_on"):
        return _same_day(one, other)
    if trait == "sex":
        return _sex(one) == _sex(other)
    if trait in ("area_m2", "capital"):
        return _amount(one) == _amount(other)
    if trait in ("personal_number", "number", "certificate_number", "plot_number", "map_sheet"):
        return _signs(one) == _signs(other)
    return _words(one) == _words(other)


def _place(value: ReadValue, form: Mapping[str, Any], read: Sequence[ReadValue]) -> str:
    """Where the form would say the same; empty if it is not known of whom or what the field speaks."""
    if (value.kind, value.key) in _THINGS:
        return _THINGS[value.kind, value.key]
    who, _, what = value.key.partition("_")
    if who in _PERSONS and what in _TRAITS:
        person = next((name for name in _SPOUSES.get(who, (who,)) if name in form), who)
        return f"{person}.{_TRAITS[what]}"
    if value.kind in ("birth_notification", "birth_certificate") and value.key in _CHILD:
        person = "child" if "child" in form or "owner" not in form else "owner"
        return f"{person}.{_CHILD[value.key]}"
    if value.kind == "identity_card" and value.key in _CHILD:
        person = _holder(value.paper, form, read)
        return f"{person}.{_CHILD[value.key]}" if person else ""
    return ""


def _holder(paper: str, form: Mapping[str, object], read: Sequence[ReadValue]) -> str:
    """Whose card it is: the person of the form with its number, else the one with its name."""
    said = {value.key: value.value for value in read if value.paper == paper}
    for key, trait in (("personal_number", "personal_number"), ("full_name", "full_name")):
        for name in _PERSONS:
            known = _at(form, f"{name}.{trait}")
            if known and said.get(key) and same(f"{name}.{trait}", said[key], known):
                return name
    return ""


def _by_place(form: Mapping[str, object], people: Iterable[Person]) -> dict[str, str]:
    """What the register says of the form's persons: found by number, or by name and day of birth together."""
    known: dict[str, str] = {}
    for name in _PERSONS:
        number, full_name = _at(form, f"{name}.personal_number"), _at(form, f"{name}.full_name")
        born = _at(form, f"{name}.birth_on")
        for person in people:
            by_number = bool(number) and _signs(number) == _signs(person.number)
            by_name = bool(full_name and born) and _words(full_name) == _words(person.full_name)
            if by_number or (by_name and person.born and _same_day(born, person.born)):
                known |= {
                    f"{name}.full_name": person.full_name,
                    f"{name}.personal_number": person.number,
                    f"{name}.birth_on": person.born,
                }
    return known


def _at(form: Mapping[str, object], place: str) -> str:
    value: object = form
    for step in place.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return "" if value is None or isinstance(value, Mapping | list) else str(value)


def _words(text: str) -> str:
    """A name with its tone marks, wherever on the syllable they stand: Hòa is Hoà but not Hoa."""
    return same_tone_place(composed(text)).casefold()


def _signs(text: str) -> str:
    return re.sub(r"[^0-9a-z/]", "", fold(text)).lstrip("0")


def _sex(text: str) -> str:
    return {"nam": "male", "nu": "female"}.get(fold(text), fold(text))


def _amount(text: str) -> float | str:
    """`356,8 m²` and `356.8`; `15.000.000` and `15000000`."""
    plain = re.sub(r"\s*(m2|m²|đồng|đ|vnd)\s*$", "", text.strip().lower())
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", plain):
        plain = re.sub(r"[.,]", "", plain)
    try:
        return float(plain.replace(",", "."))
    except ValueError:
        return plain


def _same_day(one: str, other: str) -> bool:
    """A paper that only says the year agrees with any day of that year."""
    first, second = _day(one), _day(other)
    return all(a == b for a, b in zip(first, second, strict=False)) if first and second else one == other


def _day(text: str) -> tuple[int, ...]:
    """Year, month, day as far as they are said; of `2026-11-02`, `02/11/2026`, `1998`."""
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    if len(numbers) == 3 and numbers[2] > 31:
        numbers.reverse()
    return tuple(numbers) if numbers and numbers[0] > 31 else ()
