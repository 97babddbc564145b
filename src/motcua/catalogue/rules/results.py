"""What the documents that procedures end in are made of: versioned templates, their fields and where each comes from.

A template is data (`catalogue/packs/results/*.json`) and a layout (a file of `dossiers/templates/dossiers/results`). Its
fields become a form for the officer; the content filled into it is the result's own, never the application.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from motcua.catalogue.rules.forms.layout import split, value_at
from motcua.catalogue.rules.types import Form
from motcua.catalogue.words import ResultSource
from motcua.kernel.values import FORMATS, show_number

_SOURCES = {
    ResultSource.FORM: ("tờ khai", "application form"),
    ResultSource.REGISTER: ("cơ sở dữ liệu", "register"),
    ResultSource.OFFICER: ("cán bộ ghi", "filled in by the officer"),
    ResultSource.COMPUTED: ("hệ thống ghi", "filled in by the system"),
}
_UNVERIFIED = ("chưa đối chiếu với mẫu chính thức", "not yet compared with the official form")
_WIDGETS = {
    "line": "text",
    "text": "textarea",
    "person-name": "text",
    "address": "text",
    "date": "date",
    "partial-date": "date",
    "partial-date-or-unknown": "date",
    "personal-number": "identity",
    "integer": "number",
    "number": "number",
    "money": "money",
    "choice": "select",
}
_LONGEST = {"text": 4000}
Choices = Mapping[str, Mapping[str, tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class ResultField:
    """One field: `at` is where its value comes from in the source, `pending` what the paper says while a register owes it."""

    path: str
    label: str
    label_en: str
    type: str
    source: ResultSource
    at: str = ""
    is_required: bool = False
    is_verified: bool = False
    choices: str = ""
    default: Any = None
    words: Mapping[str, str] = field(default_factory=dict)
    pending: str = ""
    not_after: str = ""
    not_before: str = ""


@dataclass(frozen=True, slots=True)
class ResultSection:
    """Fields that belong together; `rows` is the path of a list, whose items the fields describe."""

    title: str
    title_en: str
    fields: tuple[ResultField, ...]
    rows: str = ""
    rows_at: str = ""
    rows_min: int = 0


@dataclass(frozen=True, slots=True)
class ResultTemplate:
    """One version of one kind of document. `types` are national result codes; `symbol` the pattern of its number."""

    key: str
    title: str
    title_en: str
    effective_from: date
    effective_to: date | None
    types: tuple[str, ...]
    layout: str
    source: str
    is_verified: bool
    symbol: str
    sections: tuple[ResultSection, ...]
    form: Form
    when: Mapping[str, str]
    choices: Choices

    @property
    def name(self) -> str:
        """The key with the first day in force: what a result remembers of its template."""
        return f"{self.key}@{self.effective_from.isoformat()}"

    def number_of(self, number: str, year: int) -> str:
        """Number and kind as they stand on the paper: `12/2026`, `12/QĐ-UBND`."""
        return self.symbol.replace("{number}", number).replace("{year}", str(year))

    def holds_on(self, day: date) -> bool:
        return self.effective_from <= day and (self.effective_to is None or day < self.effective_to)

    def suits(self, application: Mapping[str, object]) -> bool:
        """Whether the application asks for this document: one kind of result may be several documents."""
        return all(value_at(application, split(path)) == value for path, value in self.when.items())

    def fields(self) -> Iterator[tuple[ResultSection, ResultField]]:
        return ((section, one) for section in self.sections for one in section.fields)

    def pending_paths(self) -> tuple[str, ...]:
        """Fields that a register may still owe when the document is made."""
        return tuple(one.path for _, one in self.fields() if one.pending)


def read_template(raw: Mapping[str, Any], choices: Choices) -> ResultTemplate:
    """A template from its file. Raises KeyError or ValueError when the file is wrong."""
    sections = tuple(_section(part) for part in raw["sections"])
    schema, ui = _schema(sections, choices), _ui(sections, choices)
    digest = hashlib.sha256(json.dumps([schema, ui], sort_keys=True).encode()).hexdigest()
    return ResultTemplate(
        key=raw["key"],
        title=raw["title"],
        title_en=raw["title_en"],
        effective_from=date.fromisoformat(raw["effective_from"]),
        effective_to=date.fromisoformat(raw["effective_to"]) if raw.get("effective_to") else None,
        types=tuple(raw.get("types", ())),
        layout=raw["layout"],
        source=raw["source"],
        is_verified=bool(raw.get("is_verified", False)),
        symbol=raw["symbol"],
        sections=sections,
        form=Form(f"result-{raw['key']}", schema, ui, digest),
        when=raw.get("when", {}),
        choices=choices,
    )


def assembled(
    template: ResultTemplate,
    application: Mapping[str, Any],
    application_form: Form | None,
    computed: Mapping[str, Any],
) -> dict[str, Any]:
    """A first content: each field from its source. Codes of the application become words where the field is a text."""
    words = _option_words(application_form)
    content: dict[str, Any] = {}
    for section in template.sections:
        if section.rows:
            rows = value_at(application, split(section.rows_at)) if section.rows_at else None
            made = [_values(section, row, computed, words, section.rows_at) for row in rows or ()]
            if made:
                _put(content, section.rows, made)
        else:
            for path, value in _values(section, application, computed, words, "").items():
                _put(content, path, value)
    return content


def presented(template: ResultTemplate, content: Mapping[str, Any], language: str = "vi") -> dict[str, Any]:
    """The content as it is printed: every value in words of the language, days also spelt out (`…_words`)."""
    shown: dict[str, Any] = {}
    for section in template.sections:
        if section.rows:
            rows = value_at(content, split(section.rows)) or ()
            _put(shown, section.rows, [_shown(template, section, row, language) for row in rows])
        else:
            for path, value in _shown_pairs(template, section, content, language):
                _put(shown, path, value)
    return shown


def _values(
    section: ResultSection,
    given: Mapping[str, object],
    computed: Mapping[str, object],
    words: Mapping[str, Mapping[object, str]],
    base: str,
) -> dict[str, object]:
    found = {}
    for one in section.fields:
        value: object = None
        for at in one.at.split("|"):
            if one.source is ResultSource.COMPUTED:
                value = computed.get(at)
            elif at:
                value = value_at(given, split(at))
            if value not in (None, "", []):
                if one.type != "choice":
                    value = words.get(f"{base}.{at}".strip("."), {}).get(_key(value), value)
                break
        if value in (None, "", []):
            value = one.default
        if isinstance(value, bool):
            value = None  # a tick of the application is no text of a document
        if value not in (None, "", []):
            found[one.path] = one.words.get(str(value), value)
    return found


def _key(value: object) -> object:
    return value if isinstance(value, str | int | float) else None


def _option_words(form: Form | None) -> dict[str, dict[Any, str]]:
    found: dict[str, dict[Any, str]] = {}
    for section in form.ui.get("sections", ()) if form else ():
        base = section["repeat"]["path"] + "." if section.get("repeat") else ""
        for asked in section.get("fields", ()):
            if asked.get("options"):
                found[base + asked["path"]] = {
                    option["value"]: option["label"] for option in asked["options"]
                }
    return found


def _shown(
    template: ResultTemplate, section: ResultSection, row: Mapping[str, Any], language: str
) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for path, value in _shown_pairs(template, section, row, language):
        _put(shown, path, value)
    return shown


def _shown_pairs(
    template: ResultTemplate, section: ResultSection, given: Mapping[str, object], language: str
) -> Iterator[tuple[str, object]]:
    for one in section.fields:
        value = value_at(given, split(one.path))
        if value in (None, ""):
            yield one.path, one.pending
            continue
        yield one.path, _words(template, one, value, language)
        if one.type.startswith(("date", "partial-date")):
            yield f"{one.path}_iso", str(value)


def _words(template: ResultTemplate, one: ResultField, value: Any, language: str) -> str:
    if one.type == "choice":
        vietnamese, english = template.choices[one.choices].get(str(value), (str(value), str(value)))
        return english if language == "en" else vietnamese
    if one.type in ("integer", "number", "money"):
        return show_number(value)
    known = FORMATS.get(one.type)
    return known.show(str(value)) if known else str(value)


def _put(target: dict[str, Any], path: str, value: Any) -> None:
    *before, last = split(path)
    for part in before:
        target = target.setdefault(part, {})
    target[last] = value


def _section(part: Mapping[str, Any]) -> ResultSection:
    return ResultSection(
        title=part["title"],
        title_en=part["title_en"],
        fields=tuple(_field(one) for one in part["fields"]),
        rows=part.get("rows", ""),
        rows_at=part.get("rows_at", ""),
        rows_min=int(part.get("rows_min", 0)),
    )


def _field(raw: Mapping[str, Any]) -> ResultField:
    source = ResultSource(raw["from"])
    return ResultField(
        path=raw["path"],
        label=raw["label"],
        label_en=raw["label_en"],
        type=raw["type"],
        source=source,
        at=raw.get("at", ""),
        is_required=bool(raw.get("required", False)),
        is_verified=bool(raw.get("verified", False)),
        choices=raw.get("choices", ""),
        default=raw.get("default"),
        words=raw.get("words", {}),
        pending=raw.get("pending", ""),
        not_after=raw.get("not_after", ""),
        not_before=raw.get("not_before", ""),
    )


def _schema(sections: tuple[ResultSection, ...], choices: Choices) -> dict[str, Any]:
    root = _object()
    for section in sections:
        if not section.rows:
            for one in section.fields:
                _describe(root, one.path, _value_schema(one, choices), is_required=one.is_required)
            continue
        item = _object()
        for one in section.fields:
            _describe(item, one.path, _value_schema(one, choices), is_required=one.is_required)
        rows = {"type": "array", "items": item, "minItems": section.rows_min, "maxItems": 100}
        _describe(root, section.rows, rows, is_required=section.rows_min > 0)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **root}


def _object() -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": [], "properties": {}}


def _describe(schema: dict[str, Any], path: str, value: Mapping[str, Any], *, is_required: bool) -> None:
    *before, last = split(path)
    for part in before:
        if is_required and part not in schema["required"]:
            schema["required"].append(part)
        schema = schema["properties"].setdefault(part, _object())
    schema["properties"][last] = value
    if is_required:
        schema["required"].append(last)


def _value_schema(one: ResultField, choices: Choices) -> dict[str, Any]:
    match one.type:
        case "integer" | "money":
            return {"type": "integer", "minimum": 0}
        case "number":
            return {"type": "number", "minimum": 0}
        case "choice":
            return {"type": "string", "enum": list(choices[one.choices])}
        case "line" | "text":
            return {"type": "string", "minLength": 1, "maxLength": _LONGEST.get(one.type, 400)}
        case known if known in FORMATS:
            return {"type": "string", "format": known, "maxLength": 400}
        case other:
            raise ValueError(f"unknown type of field: {other}")


def _ui(sections: tuple[ResultSection, ...], choices: Choices) -> dict[str, Any]:
    shown = []
    for number, section in enumerate(sections):
        part: dict[str, Any] = {
            "key": f"part-{number}",
            "title": section.title,
            "title_en": section.title_en,
            "fields": [_asked(one, choices) for one in section.fields],
        }
        if section.rows:
            part["repeat"] = {"path": section.rows, "min": section.rows_min, "max": 100}
        shown.append(part)
    return {"sections": shown}


def _asked(one: ResultField, choices: Choices) -> dict[str, Any]:
    vietnamese, english = _SOURCES[one.source]
    unverified = "" if one.is_verified else f" · {_UNVERIFIED[0]}"
    unverified_en = "" if one.is_verified else f" · {_UNVERIFIED[1]}"
    asked: dict[str, Any] = {
        "path": one.path,
        "label": one.label,
        "label_en": one.label_en,
        "widget": _WIDGETS[one.type],
        "hint": f"Nguồn: {vietnamese}{unverified}",
        "hint_en": f"Source: {english}{unverified_en}",
    }
    for bound in ("not_after", "not_before"):
        if getattr(one, bound):
            asked[bound] = getattr(one, bound)
    if one.type == "choice":
        asked["options"] = [
            {"value": value, "label": words[0], "label_en": words[1]}
            for value, words in choices[one.choices].items()
        ]
    return asked
