"""What differs between two versions of a procedure: kept with the newer one, shown to the catalogue manager."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Changes between two JSON contents as `{"path", "before", "after"}`; a missing side is null. Lists of things
    with a `key`, `code` or `number` are compared by it, so that a moved row is no change."""
    return list(_changes("", before, after))


def _changes(path: str, before: object, after: object) -> Iterator[dict[str, object]]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in [*before, *(key for key in after if key not in before)]:
            yield from _changes(f"{path}/{key}", before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list) and (named := _named(before, after)):
        yield from _changes(path, *named)
    else:
        yield {"path": path or "/", "before": before, "after": after}


def _named(before: list[Any], after: list[Any]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    for name in ("key", "code", "number"):
        if all(_is_keyed(side, name) for side in (before, after)):
            return {str(row[name]): row for row in before}, {str(row[name]): row for row in after}
    return None


def _is_keyed(rows: list[Any], name: str) -> bool:
    if not all(isinstance(row, Mapping) and row.get(name) is not None for row in rows):
        return False
    return len({row[name] for row in rows}) == len(rows)
