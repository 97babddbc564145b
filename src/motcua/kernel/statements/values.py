"""Values as the text PostgreSQL reads: one shape for all, so that a statement is planned once whatever is null in it."""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID


def as_text(value: Any) -> str | None:
    """A value for any column but JSON; lists, tuples and sets become arrays.

    A value whose text PostgreSQL may read otherwise than Django would have written it is refused: `ValueUnknown`.
    """
    kind = type(value)
    if kind is str or value is None:
        return value  # type: ignore[no-any-return]  # just seen to be text or nothing
    return (_WRITERS.get(kind) or _writer_of(kind))(value)


def as_json(value: Any) -> str | None:
    """A value for a JSON column; None is SQL's null, as Django keeps it. What JSON does not know raises `TypeError`."""
    return None if value is None else json.dumps(value)


class ValueUnknown(TypeError):
    """A value of a type that these statements were never shown to write as Django does (a default of the database, a
    range, bytes, an expression): write that row with Django, or teach `values` the type and its test."""


def _writer_of(kind: type) -> Callable[[Any], str]:
    for base, write in _BASES:
        if issubclass(kind, base):
            _WRITERS[kind] = write
            return write
    raise ValueUnknown(f"{kind.__module__}.{kind.__qualname__}")


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
    time: time.isoformat,
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
)
