"""What must be true between the answers of a form. The browser repeats it (kit/assets/js/relations.js); both are tried on
one table of cases, tests/js/relations.json.

A relation is one of (paths are dotted; `*` stands for every item of a list):

* `{"older": path, "younger": path, "years": n}`: the first was born at least n years before the second;
* `{"order": [path, path, …]}`: days that follow one another, or are the same;
* `{"age": path, "min": n, "max": n}`: whole years of age on the day of applying;
* `{"distinct": [path, …]}`: one number (or name) is not that of two;
* `{"total": [path, …], "most": path or number}`, or `"equals"`: what the answers add up to.

Besides it has `message` and `message_en`, `at` (the field that is told; by default the last one named) and perhaps a
`condition`. A relation over something that was not answered, or of which too little is known, is not broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any

from motcua.catalogue.rules.forms.conditions import holds
from motcua.catalogue.rules.forms.layout import split
from motcua.kernel.values import PartialDate, Unreadable

Path = tuple[str | int, ...]
#: The word by which a kind is known, and the words that go with it.
KINDS: Mapping[str, frozenset[str]] = {
    "older": frozenset({"younger", "years"}),
    "order": frozenset(),
    "age": frozenset({"min", "max"}),
    "distinct": frozenset(),
    "total": frozenset({"most", "equals"}),
}
_YEAR = 10_000
#: Sums of numbers as people write them (15 digits at most) differ by less than this where they are the same.
_SAME = 1e-6


def broken(relation: Mapping[str, Any], data: Mapping[str, Any], today: date) -> Path | None:
    """Where a broken relation is told, or None where it holds or cannot be judged."""
    if not holds(relation.get("condition"), data):
        return None
    match next((kind for kind in KINDS if kind in relation), ""):
        case "older":
            older, younger = _span(data, relation["older"]), _span(data, relation["younger"])
            is_broken = bool(older and younger and older[0] + relation["years"] * _YEAR > younger[1])
        case "order":
            spans = [span for path in relation["order"] if (span := _span(data, path))]
            is_broken = any(one[0] > two[1] for one, two in pairwise(spans))
        case "age":
            is_broken = _is_of_wrong_age(relation, _span(data, relation["age"]), today)
        case "distinct":
            return _repeated(relation, data)
        case "total":
            is_broken = _is_wrong_total(relation, data)
        case _:
            is_broken = False
    return split(told_at(relation)) if is_broken else None


def told_at(relation: Mapping[str, object]) -> str:
    """The dotted path of the field that is told."""
    return str(relation.get("at") or paths_of(relation)[-1])


def paths_of(relation: Mapping[str, Any]) -> list[str]:
    """Every field a relation speaks of."""
    named: list[str] = []
    for word in ("older", "younger", "order", "age", "distinct", "total"):
        value = relation.get(word, ())
        named += [value] if isinstance(value, str) else list(value)
    return named


def values_at(data: Any, path: str) -> Iterator[tuple[Path, Any]]:
    """Every answer that a path with `*` names, with its place."""
    yield from _walk(data, split(path), ())


def _walk(data: object, parts: tuple[str, ...], at: Path) -> Iterator[tuple[Path, object]]:
    if not parts:
        if data not in (None, ""):
            yield at, data
    elif parts[0] == "*":
        for number, item in enumerate(data if isinstance(data, list) else ()):
            yield from _walk(item, parts[1:], (*at, number))
    elif isinstance(data, Mapping) and parts[0] in data:
        yield from _walk(data[parts[0]], parts[1:], (*at, parts[0]))


def _span(data: Any, path: str) -> tuple[int, int] | None:
    """The first and the last day that an answer may mean, as yyyymmdd."""
    value = next((value for _, value in values_at(data, path)), None)
    try:
        day = PartialDate.kept(value) if isinstance(value, str) else None
    except Unreadable:
        return None
    if day is None or day.year is None:
        return None
    month, first = day.month or 1, day.day or 1
    return _number(day.year, month, first), _number(day.year, day.month or 12, day.day or 31)


def _number(year: int, month: int, day: int) -> int:
    return year * _YEAR + month * 100 + day


def _is_of_wrong_age(relation: Mapping[str, Any], span: tuple[int, int] | None, today: date) -> bool:
    if span is None:
        return False
    now = _number(today.year, today.month, today.day)
    least, most = relation.get("min"), relation.get("max")
    is_young = least is not None and span[0] + least * _YEAR > now
    return is_young or (most is not None and span[1] + (most + 1) * _YEAR <= now)


def _repeated(relation: Mapping[str, Any], data: Any) -> Path | None:
    """The second place of an answer that is given twice; what is written in capitals or with spaces is the same."""
    seen: set[str] = set()
    for path in relation["distinct"]:
        for place, value in values_at(data, path):
            written = "".join(str(value).split()).casefold()
            if written in seen:
                return place
            seen.add(written)
    return None


def _is_wrong_total(relation: Mapping[str, Any], data: Any) -> bool:
    found = [value for path in relation["total"] for _, value in values_at(data, path) if _is_number(value)]
    word = "most" if "most" in relation else "equals"
    wanted = relation[word]
    bound = next((value for _, value in values_at(data, wanted)), None) if isinstance(wanted, str) else wanted
    if not found or bound is None or not _is_number(bound):
        return False
    surplus = float(sum(found)) - float(bound)
    return surplus > _SAME or (word == "equals" and surplus < -_SAME)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
