"""Whether a question is asked. The catalogue decides (`catalogue.queries.holds`); the browser repeats it (conditions.js)."""

from collections.abc import Mapping
from typing import Any

from motcua.catalogue.queries import holds as catalogue_holds

_PARTS = ("all", "any")


def holds(condition: Mapping[str, Any] | None, data: Mapping[str, Any], item: str = "") -> bool:
    """True when the condition holds for the data; `item` is the dotted path of the row it stands in, if any."""
    place = tuple(int(part) if part.isdigit() else part for part in item.split(".")) if item else ()
    return catalogue_holds(condition, data, place)


def wire(condition: Mapping[str, Any], item: str = "") -> dict[str, Any]:
    """The condition as the browser needs it: full field names, values written the way form fields post them."""
    for word in _PARTS:
        if word in condition:
            return {word: [wire(part, item) for part in condition[word]]}
    if "not" in condition:
        return {"not": wire(condition["not"], item)}
    field = str(condition["field"])
    written: dict[str, Any] = {**condition, "field": item + field if field.startswith(".") else field}
    if "equals" in written:
        written["equals"] = posted(written["equals"])
    if "in" in written:
        written["in"] = [posted(one) for one in written["in"]]
    return written


def posted(value: object) -> str:
    """A value as a form field carries it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
