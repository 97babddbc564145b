"""From what a browser sends to what the schema speaks of: texts trimmed, numbers and dates read, blanks left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

_DAY_FIRST = re.compile(r"^\s*(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\s*$")
_GROUPED = re.compile(r"^-?\d{1,3}(?:[.  ]\d{3})+$")
_TRUE = frozenset({"true", "on", "1", "yes", "có"})
_FALSE = frozenset({"false", "off", "0", "no", "không"})
_NOTHING: Mapping[str, Any] = {}


def cleaned(schema: Mapping[str, Any], data: Any) -> dict[str, Any]:
    """The data normalised along the schema. What cannot be read as its type stays as typed, for the validator to say so."""
    value = _clean(schema, data)
    return value if isinstance(value, dict) else {}


def _clean(schema: Any, value: Any) -> Any:
    if isinstance(value, str):  # most values are texts
        text = value if value.isascii() else unicodedata.normalize("NFC", value)
        return _read(schema, text.strip())
    if isinstance(value, dict | Mapping):  # a plain dict is seen at once
        properties = schema.get("properties", _NOTHING) if isinstance(schema, dict | Mapping) else _NOTHING
        pairs = ((str(key), _clean(properties.get(key, _NOTHING), inner)) for key, inner in value.items())
        return {key: inner for key, inner in pairs if inner not in (None, "", {})}
    if isinstance(value, list):
        items = schema.get("items", _NOTHING) if isinstance(schema, dict | Mapping) else _NOTHING
        return [inner for inner in (_clean(items, inner) for inner in value) if inner not in (None, "", {})]
    return value


def _read(schema: Any, text: str) -> Any:
    if not isinstance(schema, dict | Mapping):
        return text
    kind = schema.get("type")
    if kind == "integer":
        return _integer(text)
    if kind == "number":
        return _number(text)
    if kind == "boolean":
        return True if text.lower() in _TRUE else False if text.lower() in _FALSE else text
    if kind == "array":  # one ticked box of a group arrives as a single text
        return [text] if text else []
    if schema.get("format") == "date":
        return _date(text)
    return text


def _integer(text: str) -> int | str:
    plain = re.sub(r"[.  ]", "", text) if _GROUPED.match(text) else text
    return int(plain) if re.fullmatch(r"-?\d{1,18}", plain) else text


def _number(text: str) -> int | float | str:
    whole = _integer(text)
    if isinstance(whole, int):
        return whole
    plain = text.replace(".", "").replace(",", ".") if "," in text else text
    return float(plain) if re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", plain) else text


def _date(text: str) -> str:
    """31/12/2026 as people write it becomes 2026-12-31; an impossible day stays for the validator to refuse."""
    found = _DAY_FIRST.match(text)
    return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else text
