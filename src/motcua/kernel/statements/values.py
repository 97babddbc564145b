"""Values as the text PostgreSQL reads: one shape for all, so that a statement is planned once whatever is null in it."""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID


def as_text(value: Any) -> str | None:
    """A value for any column but JSON; lists, tuples and sets become arrays."""
    kind = type(value)
    if kind is str or value is None:
        return value  # type: ignore[no-any-return]  # just seen to be text or nothing
    writer = _WRITERS.get(kind) or next(write for base, write in _BASES if isinstance(value, base))
    return writer(value)


def as_json(value: Any) -> str | None:
    """A value for a JSON column; None is SQL's null, as Django keeps it."""
    return None if value is None else json.dumps(value)


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a moment without time zone cannot be kept")
    return value.isoformat()


def _array(values: Iterable[Any]) -> str:
    return "{" + ",".join([_element(as_text(value)) for value in values]) + "}"


def _element(text: str | None) -> str:
    if text is None:
        return "NULL"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_WRITERS: dict[type, Callable[[Any], str]] = {
    UUID: UUID.__str__,
    datetime: _moment,
    date: date.isoformat,
    bool: lambda value: "t" if value else "f",
    int: int.__repr__,
    float: repr,
    Decimal: str,
    list: _array,
    tuple: _array,
    set: _array,
    frozenset: _array,
}
#: For subclasses: an enumeration is written as the text or number it is.
_BASES: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (str, str.__str__),
    (int, int.__repr__),
    (UUID, UUID.__str__),
    (datetime, _moment),
    (object, str),
)
