"""The fields of an e-form as values, and where they are in the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A field of the form at a place of the data: `parts` is its path, list positions included."""

    parts: tuple[str | int, ...]
    field: Mapping[str, Any]
    section: Mapping[str, Any]
    item: tuple[str | int, ...] = ()

    @property
    def pointer(self) -> str:
        return pointer(self.parts)


def pointer(parts: tuple[str | int, ...]) -> str:
    """JSON pointer: `("child", "names", 0)` is `/child/names/0`."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


@lru_cache(maxsize=4096)  # the paths of forms are few and asked for at every check
def split(path: str) -> tuple[str, ...]:
    return tuple(path.split(".")) if path else ()


def value_at(data: Any, parts: tuple[str | int, ...]) -> Any:
    """The value at a path, or None where something on the way is missing."""
    for part in parts:
        if isinstance(data, dict | Mapping) and isinstance(part, str):  # a plain dict is seen at once
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data


def places(
    ui: Mapping[str, Any],
    data: Any,
    among: Callable[[Mapping[str, Any], Mapping[str, Any]], object] | None = None,
) -> Iterator[Place]:
    """Every field of the form; fields of repeated sections once for each item there is. `among` the sections and fields
    for which it is true, where not all are wanted.
    """
    for section in ui.get("sections", ()):
        fields = section.get("fields", ())
        if among is not None:
            fields = [field for field in fields if among(section, field)]
        if not fields:
            continue
        repeat = section.get("repeat")
        if repeat is None:
            items: list[tuple[str | int, ...]] = [()]
        else:
            base = split(repeat["path"])
            rows = value_at(data, base)
            items = [(*base, at) for at in range(len(rows))] if isinstance(rows, list) else []
        for item in items:
            for field in fields:
                yield Place((*item, *split(field["path"])), field, section, item)


def schema_at(schema: Mapping[str, Any], parts: tuple[str | int, ...]) -> Mapping[str, Any] | None:
    """The part of the schema for a path (through `properties` and `items`), or None."""
    here: Any = schema
    for part in parts:
        if not isinstance(here, Mapping):
            return None
        here = here.get("items") if isinstance(part, int) else here.get("properties", {}).get(part)
    return here if isinstance(here, Mapping) else None
