"""From what a browser sends to what the schema speaks of: texts trimmed, numbers and dates read, blanks left out."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from motcua.kernel.values import FORMATS, Unreadable, is_exact, read_integer, read_number

_TRUE = frozenset({"true", "on", "1", "yes", "có"})
_FALSE = frozenset({"false", "off", "0", "no", "không"})
_NOTHING: Mapping[str, object] = {}

Path = tuple[str | int, ...]


def cleaned(schema: Mapping[str, object], data: object, today: date) -> dict[str, object]:
    """The data normalised along the schema. What cannot be read as its type stays as typed, for the validator to say so."""
    value = _clean(schema, data, today)
    return value if isinstance(value, dict) else {}


def _clean(schema: object, value: object, today: date) -> object:
    if isinstance(value, str):  # most values are texts
        text = value if value.isascii() else unicodedata.normalize("NFC", value)
        return _read(schema, text.strip(), today)
    if isinstance(value, dict | Mapping):  # a plain dict is seen at once
        properties = schema.get("properties", _NOTHING) if isinstance(schema, dict | Mapping) else _NOTHING
        pairs = (
            (str(key), _clean(properties.get(key, _NOTHING), inner, today)) for key, inner in value.items()
        )
        return {key: inner for key, inner in pairs if inner not in (None, "", {})}
    if isinstance(value, list):
        items = schema.get("items", _NOTHING) if isinstance(schema, dict | Mapping) else _NOTHING
        return [
            inner for inner in (_clean(items, inner, today) for inner in value) if inner not in (None, "", {})
        ]
    return value


def unreadable(schema: object, value: object, today: date, at: Path = ()) -> Iterator[tuple[Path, str]]:
    """Values that are none of their kind, by path, each with the reason (`kernel.values.Unreadable`).

    A number of a program is looked at too: what cannot be kept exactly would come back as another.
    """
    if isinstance(value, dict | Mapping):
        properties = schema.get("properties", _NOTHING) if isinstance(schema, dict | Mapping) else _NOTHING
        for key, inner in value.items():
            yield from unreadable(properties.get(key, _NOTHING), inner, today, (*at, str(key)))
    elif isinstance(value, list):
        items = schema.get("items", _NOTHING) if isinstance(schema, dict | Mapping) else _NOTHING
        for number, inner in enumerate(value):
            yield from unreadable(items, inner, today, (*at, number))
    elif not isinstance(value, str):
        if not is_exact(value):
            yield at, "number_too_long"
    elif isinstance(schema, dict | Mapping):
        try:
            _reading(schema, value, today)
        except Unreadable as fault:
            yield at, fault.reason


def _read(schema: Any, text: str, today: date) -> Any:
    if not isinstance(schema, dict | Mapping):
        return text
    try:
        return _reading(schema, text, today) if text else text
    except Unreadable:
        return text


def _reading(schema: Mapping[str, Any], text: str, today: date) -> Any:
    """The value a text stands for. Raises Unreadable."""
    kind = schema.get("type")
    if kind == "integer":
        return read_integer(text)
    if kind == "number":
        return read_number(text)
    if kind == "boolean":
        return True if text.lower() in _TRUE else False if text.lower() in _FALSE else text
    if kind == "array":  # one ticked box of a group arrives as a single text
        return [text] if text else []
    format = FORMATS.get(schema.get("format", ""))
    return format.read(text, today) if format else text
