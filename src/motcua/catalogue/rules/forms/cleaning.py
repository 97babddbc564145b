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


def cleaned(schema: Mapping[str, Any], data: Any) -> dict[str, Any]:
    """The data normalised along the schema. What cannot be read as its type stays as typed, for the validator to say so."""
    value = _clean(schema, data)
    return value if isinstance(value, dict) else {}


def _clean(schema: Any, value: Any) -> Any:
    kind = schema.get("type") if isinstance(schema, Mapping) else None
    if isinstance(value, Mapping):
        properties = schema.get("properties", {}) if isinstance(schema, Mapping) else {}
        pairs = ((str(key), _clean(properties.get(key, {}), inner)) for key, inner in value.items())
        return {key: inner for key, inner in pairs if inner not in (None, "", {})}
    if isinstance(value, list):
        items = schema.get("items", {}) if isinstance(schema, Mapping) else {}
        return [inner for inner in (_clean(items, inner) for inner in value) if inner not in (None, "", {})]
    if isinstance(value, str):
        return _read(kind, schema, unicodedata.normalize("NFC", value).strip())
    return value


def _read(kind: Any, schema: Any, text: str) -> Any:
    if kind == "integer":
        return _integer(text)
    if kind == "number":
        return _number(text)
    if kind == "boolean":
        return True if text.lower() in _TRUE else False if text.lower() in _FALSE else text
    if kind == "array":  # one ticked box of a group arrives as a single text
        return [text] if text else []
    if isinstance(schema, Mapping) and schema.get("format") == "date":
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
