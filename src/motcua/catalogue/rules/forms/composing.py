"""Forms as people write them: every question once, with its kind; the schema and the screen are made of it.

A written form is `{"sections": [section], "relations": [...], "applicants": {...}}`. Sections are those of the screen, their
texts as pairs `[Vietnamese, English]`. A question has `at` (its path, in a repeated section inside the item), `kind`
(`KINDS`), `label` and, where it needs them, `hint`, `optional`, `when` (a condition), `from` (what it is prefilled from),
`lock`, `fill_when` (the condition of `prefill_if`), `list` or `options` (`[value, Vietnamese, English]`), `default`, `min`,
`max`, `longest`, `pattern`, `widget` (another than its kind has), `not_after`, `not_before`, `unless_known`. A line
`{"block": name, "at": …, "of": […]}` stands for the questions of a block (`blocks.BLOCKS`). `example` is what somebody might
answer: for demonstrations and tests, no part of the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from motcua.catalogue.rules.codec import form_digest
from motcua.catalogue.rules.forms.blocks import expanded
from motcua.catalogue.rules.forms.layout import split
from motcua.catalogue.rules.types import Form

#: Kind → the schema of its answer and the widget that asks it.
KINDS: Mapping[str, tuple[Mapping[str, Any], str]] = {
    "name": ({"type": "string", "maxLength": 100, "format": "person-name"}, "text"),
    "personal-number": ({"type": "string", "format": "personal-number"}, "identity"),
    "old-identity-number": ({"type": "string", "format": "old-identity-number"}, "identity"),
    "passport-number": ({"type": "string", "format": "passport-number"}, "identity"),
    "date": ({"type": "string", "format": "date"}, "date"),
    "partial-date": ({"type": "string", "format": "partial-date"}, "date"),
    "partial-date-or-unknown": ({"type": "string", "format": "partial-date-or-unknown"}, "date"),
    "address": ({"type": "string", "maxLength": 200, "format": "address"}, "text"),
    "phone": ({"type": "string", "format": "phone"}, "phone"),
    "email": ({"type": "string", "format": "email", "maxLength": 120}, "email"),
    "line": ({"type": "string", "minLength": 1, "maxLength": 150}, "text"),
    "note": ({"type": "string", "minLength": 1, "maxLength": 1000}, "textarea"),
    "whole": ({"type": "integer"}, "number"),
    "number": ({"type": "number", "exclusiveMinimum": 0}, "number"),
    "money": ({"type": "integer", "minimum": 0}, "money"),
    "yes": ({"type": "boolean"}, "checkbox"),
    "promise": ({"type": "boolean", "const": True}, "checkbox"),
    "choice": ({"type": "string"}, "radios"),
    "several": ({"type": "array", "uniqueItems": True}, "checkboxes"),
    "list": ({"type": "string", "minLength": 1, "maxLength": 120}, "select"),
}
_RADIOS_UP_TO = 5
#: Words of a question that the screen takes over under its own name.
_TAKEN = {
    "when": "condition",
    "from": "prefill",
    "lock": "locked",
    "fill_when": "prefill_if",
    "list": "list",
    "default": "default",
    "not_after": "not_after",
    "not_before": "not_before",
    "unless_known": "unless_known",
    "autocomplete": "autocomplete",
    "width": "width",
}
_OWN = frozenset(
    {
        "at",
        "kind",
        "label",
        "hint",
        "optional",
        "options",
        "min",
        "max",
        "longest",
        "pattern",
        "widget",
        "example",
    }
)
_OF_SECTION = frozenset({"key", "title", "hint", "condition", "repeat", "optional", "fields", "examples"})


def composed(key: str, written: Mapping[str, Any]) -> Form:
    """The form that was written. Raises ValueError for a word that nobody understands, KeyError for a missing one."""
    written = expanded(written)
    if strange := sorted(written.keys() - {"sections", "relations", "applicants", "is_generic"}):
        raise ValueError(f"{key}: {', '.join(strange)}")
    schema = _object()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    sections = [_section(schema, section) for section in written["sections"]]
    ui: dict[str, Any] = {"sections": sections}
    for word in ("relations", "applicants", "is_generic"):
        if word in written:
            ui[word] = deepcopy(written[word])
    return Form(key, schema, ui, form_digest(schema, ui))


def example_of(written: Mapping[str, Any]) -> dict[str, Any]:
    """What somebody might answer in a written form."""
    data: dict[str, Any] = {}
    for section in expanded(written)["sections"]:
        if section.get("repeat"):
            if section.get("examples"):
                _put(data, section["repeat"]["path"], deepcopy(section["examples"]))
            continue
        for question in section["fields"]:
            if "example" in question:
                _put(data, question["at"], deepcopy(question["example"]))
    return data


def _put(data: dict[str, Any], path: str, value: Any) -> None:
    *groups, last = split(path)
    for group in groups:
        data = data.setdefault(group, {})
    data[last] = value


def _section(schema: dict[str, Any], section: Mapping[str, Any]) -> dict[str, Any]:
    if strange := sorted(section.keys() - _OF_SECTION):
        raise ValueError(f"{section.get('key')}: {', '.join(strange)}")
    here = schema
    shown: dict[str, Any] = {"key": section["key"], **_pair("title", section["title"])}
    if section.get("hint"):
        shown |= _pair("hint", section["hint"])
    if section.get("condition"):
        shown["condition"] = section["condition"]
    if section.get("repeat"):
        repeat = section["repeat"]
        shown["repeat"] = {
            "path": repeat["path"],
            "min": repeat.get("min", 1),
            "max": repeat["max"],
            **_pair("item", repeat["item"]),
        }
        *groups, last = split(repeat["path"])
        here = _within(schema, tuple(groups), is_required=not section.get("optional"))
        items = _object()
        here["properties"][last] = {
            "type": "array",
            "minItems": repeat.get("min", 1),
            "maxItems": repeat["max"],
            "items": items,
        }
        if not section.get("optional"):
            here["required"].append(last)
        here = items
    shown["fields"] = [_question(here, question) for question in section["fields"]]
    return shown


def _question(schema: dict[str, Any], question: Mapping[str, Any]) -> dict[str, Any]:
    if strange := sorted(question.keys() - _OWN - _TAKEN.keys()):
        raise ValueError(f"{question.get('at')}: {', '.join(strange)}")
    described, widget = KINDS[question["kind"]]
    described = {**described, **dict(_bounds(question))}
    if "min" in question:
        described.pop("exclusiveMinimum", None)
    is_required = not question.get("optional") and question["kind"] != "yes"
    *groups, last = split(question["at"])
    here = _within(schema, tuple(groups), is_required=is_required)
    here["properties"][last] = described
    if is_required:
        here["required"].append(last)
    options = question.get("options", ())
    if question["kind"] == "choice" and len(options) > _RADIOS_UP_TO:
        widget = "select"
    widget = question.get("widget", widget)
    shown: dict[str, Any] = {"path": question["at"], **_pair("label", question["label"]), "widget": widget}
    if question.get("hint"):
        shown |= _pair("hint", question["hint"])
    if options:
        shown["options"] = [{"value": value, "label": vi, "label_en": en} for value, vi, en in options]
    return shown | {name: question[word] for word, name in _TAKEN.items() if word in question}


def _bounds(question: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    values = [value for value, _, _ in question.get("options", ())]
    if question["kind"] == "choice":
        yield "enum", values
    if question["kind"] == "several":
        yield "items", {"type": "string", "enum": values}
        yield "minItems", 0 if question.get("optional") else 1
    for word, name in (
        ("min", "minimum"),
        ("max", "maximum"),
        ("longest", "maxLength"),
        ("pattern", "pattern"),
    ):
        if word in question:
            yield name, question[word]


def _within(schema: dict[str, Any], groups: tuple[str, ...], *, is_required: bool) -> dict[str, Any]:
    """The object at a path, made where there is none; required as soon as anything in it is."""
    for group in groups:
        inner = schema["properties"].setdefault(group, _object())
        if is_required and group not in schema["required"]:
            schema["required"].append(group)
        schema = inner
    return schema


def _object() -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": [], "properties": {}}


def _pair(name: str, said: Any) -> dict[str, str]:
    vietnamese, english = said
    return {name: vietnamese, f"{name}_en": english}
