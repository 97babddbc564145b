"""Dotted paths into the answers: `child.full_name`, `children.0.full_name`; and JSON pointers to and from them."""

from collections.abc import Mapping, Sequence
from typing import Any


def value_at(data: Mapping[str, Any], path: str) -> Any:
    """The answer at the path, or None."""
    at: Any = data
    for part in path.split("."):
        if isinstance(at, Mapping):
            at = at.get(part)
        elif isinstance(at, Sequence) and not isinstance(at, str) and part.isdigit() and int(part) < len(at):
            at = at[int(part)]
        else:
            return None
    return at


def put(data: dict[str, Any], path: str, value: Any) -> None:
    """Set the answer at a path of objects, making the objects on the way."""
    *parents, last = path.split(".")
    for part in parents:
        data = data.setdefault(part, {})
    data[last] = value


def drop(data: dict[str, Any], path: str) -> None:
    """Take out the answer at a path of objects; nothing happens where there is none."""
    *parents, last = path.split(".")
    for part in parents:
        data = data.get(part, {})
    data.pop(last, None)


def dotted(pointer: str) -> str:
    """`/child/birth_on` → `child.birth_on`; dotted paths pass through."""
    return pointer.strip("/").replace("/", ".") if pointer.startswith("/") else pointer
