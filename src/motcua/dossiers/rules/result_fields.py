"""What a result says: the dossier's fields in the order and words of its form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A label and a value as printed; a heading has no value."""

    label: str
    value: str = ""
    is_heading: bool = False


def result_lines(ui: Mapping[str, Any], content: Mapping[str, Any]) -> list[ResultLine]:
    """Lines of the result: sections and fields of the UI schema, then any content the form does not know."""
    lines: list[ResultLine] = []
    for section in ui.get("sections", []):
        told = [
            ResultLine(_words(field.get("label"), path), _printed(value))
            for field in section.get("fields", [])
            if (path := str(field.get("path", "")))
            and (value := _at(content, path)) not in (None, "", [], {})
        ]
        if told:
            lines.append(ResultLine(_words(section.get("title"), ""), is_heading=True))
            lines += told
    if not lines:
        lines = [
            ResultLine(str(key), _printed(value)) for key, value in content.items() if key != "refusal_reason"
        ]
    return lines


def _at(content: Mapping[str, Any], path: str) -> Any:
    value: Any = content
    for part in path.strip("/").replace("/", ".").split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def _words(texts: Any, otherwise: str) -> str:
    return str(texts.get("vi", otherwise)) if isinstance(texts, Mapping) else str(texts or otherwise)


def _printed(value: Any) -> str:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, list):
        return "; ".join(_printed(item) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(_printed(item) for item in value.values() if item not in (None, ""))
    text = str(value)
    try:
        return f"{date.fromisoformat(text):%d/%m/%Y}" if len(text) == 10 else text
    except ValueError:
        return text
