"""Answers to a form as a browser posts them."""

import re
from collections.abc import Mapping
from typing import Any

_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def posted(data: Mapping[str, Any], dates: frozenset[str], prefix: str = "") -> dict[str, Any]:
    """Names and values; a day goes into its three boxes (`dates` are the paths of days, `*` for any item of a list), ticked
    boxes of a group are several values of one name, what is not ticked is not posted at all.
    """
    flat: dict[str, Any] = {}
    for key, value in data.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            flat |= posted(value, dates, f"{name}.")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            for at, item in enumerate(value):
                flat |= posted(item, dates, f"{name}.{at}.")
        elif re.sub(r"\.\d+\.", ".*.", name) in dates and (day := _DAY.fullmatch(str(value))):
            flat |= {f"{name}.{part}": said for part, said in zip("ymd", day.groups(), strict=True) if said}
        elif value is True:
            flat[name] = "true"
        elif value is not False:
            flat[name] = (
                value
                if isinstance(value, list)
                else str(value).replace(".", ",")
                if isinstance(value, float)
                else str(value)
            )
    return flat


def days_of(ui: Mapping[str, Any]) -> frozenset[str]:
    """The paths of the days that a form asks for."""
    found = set()
    for section in ui["sections"]:
        base = f"{section['repeat']['path']}.*." if section.get("repeat") else ""
        found |= {base + field["path"] for field in section["fields"] if field["widget"] == "date"}
    return frozenset(found)
