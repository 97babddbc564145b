"""Conditions: which fields are asked, given what has been answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.catalogue.rules.forms.layout import Place, places, split, value_at

EMPTY: tuple[object, ...] = (None, "", [], {})


def holds(condition: Mapping[str, Any] | None, data: Any, item: tuple[str | int, ...] = ()) -> bool:
    """Whether a condition holds; no condition always does."""
    if not condition:
        return True
    if "all" in condition:
        return all(holds(part, data, item) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, data, item) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], data, item)
    value = value_at(data, _place(condition["field"], item))
    answers = value if isinstance(value, list) else [value]  # of several boxes, one is enough
    if "equals" in condition:
        return condition["equals"] in answers
    if "in" in condition:
        return any(answer in condition["in"] for answer in answers)
    return (value not in EMPTY) is bool(condition.get("filled", True))


def is_asked(place: Place, data: Any) -> bool:
    conditions = (place.section.get("condition"), place.field.get("condition"))
    return all(holds(condition, data, place.item) for condition in conditions if condition)


def without_hidden(
    ui: Mapping[str, Any], data: dict[str, Any]
) -> tuple[dict[str, Any], frozenset[tuple[str | int, ...]]]:
    """The data without what is not asked, and the paths not asked. Hiding one field may hide others that hang on it."""
    hidden: set[tuple[str | int, ...]] = set()
    while True:
        newly = {
            place.parts
            for place in places(ui, data, _has_condition)
            if place.parts not in hidden and not is_asked(place, data)
        }
        newly |= {
            split(section["repeat"]["path"])
            for section in ui.get("sections", ())
            if section.get("repeat") and not holds(section.get("condition"), data)
        } - hidden
        if not newly:
            break
        hidden |= newly
        for parts in sorted(newly, key=len, reverse=True):
            data = _dropped(data, parts)
    for group in _groups_not_asked(ui, data, hidden):
        hidden.add(group)
        data = _dropped(data, group)
    return data, frozenset(hidden)


def _groups_not_asked(
    ui: Mapping[str, Any], data: Any, hidden: set[tuple[str | int, ...]]
) -> list[tuple[str | int, ...]]:
    """Groups none of whose fields are asked: whatever was sent in their place goes as well."""
    if not hidden:
        return []
    asked: set[tuple[str | int, ...]] = set()
    groups: set[tuple[str | int, ...]] = set()
    for place in places(ui, data):
        above = groups if place.parts in hidden else asked
        above.update([place.parts[:length] for length in range(1, len(place.parts))])
    return sorted(groups - asked, key=len)


def _has_condition(section: Mapping[str, object], field: Mapping[str, object]) -> bool:
    return "condition" in section or "condition" in field


def _place(field: str, item: tuple[str | int, ...]) -> tuple[str | int, ...]:
    return (*item, *split(field[1:])) if field.startswith(".") else split(field)


def _dropped(data: Any, parts: tuple[str | int, ...]) -> Any:
    """A copy of the data without the value at a path; an object left empty by it goes too."""
    head, rest = parts[0], parts[1:]
    if isinstance(data, list) and isinstance(head, int) and head < len(data):
        return [_dropped(value, rest) if at == head and rest else value for at, value in enumerate(data)]
    if not isinstance(data, Mapping) or head not in data:
        return data
    kept = dict(data)
    if rest:
        kept[str(head)] = _dropped(data[head], rest)
    if not rest or kept[str(head)] == {}:
        del kept[str(head)]
    return kept
