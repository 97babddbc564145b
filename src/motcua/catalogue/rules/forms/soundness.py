"""Whether a form can be filled in at all: checked when the version that carries it is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from motcua.catalogue.errors import FormInvalid
from motcua.catalogue.rules.forms.layout import schema_at, split
from motcua.catalogue.rules.forms.plausibility import applicant_faults, relation_faults
from motcua.kernel.values import FORMATS

#: Official lists a field may choose from (`catalogue/packs/lists`; communes are those that the directory serves).
LISTS = frozenset(
    {"ethnicities", "nationalities", "religions", "relations", "occupations", "provinces", "communes"}
)
_CHOICES = ("select", "radios", "checkboxes")

WIDGETS = frozenset(
    {
        "text", "textarea", "date", "number", "money", "select", "radios", "checkbox", "checkboxes", "phone", "email",
        "identity",
    }
)  # fmt: skip
# What a form may be prefilled from: the person who applies, who acts for them, the organisation, the day. How to reach
# whoever applies is none of it: that is asked with the dossier, once, and a form that asks again gets another answer.
PREFILL_SOURCES = frozenset(
    {
        *(
            f"{who}.{what}"
            for who in ("applicant", "submitter")
            for what in (
                "full_name", "personal_number", "birth_on", "sex", "nationality", "ethnicity", "address",
            )
        ),
        *(f"organisation.{what}" for what in ("name", "enterprise_number", "tax_code", "address")),
        "today",
    }
)  # fmt: skip


def check_form(schema: Mapping[str, object], ui: Mapping[str, object]) -> None:
    """Refuses (FormInvalid, all reasons at once) a schema that is none, and a screen that does not fit its schema."""
    reasons = list(form_faults(schema, ui))
    if reasons:
        raise FormInvalid(reason="; ".join(reasons), reasons=tuple(reasons))


def form_faults(schema: Mapping[str, Any], ui: Mapping[str, Any]) -> Iterator[str]:
    if not jsonschema_rs.meta.is_valid(dict(schema)):
        yield "lược đồ không đúng JSON Schema 2020-12"
        return
    asked: set[tuple[str | int, ...]] = set()
    for section in ui.get("sections", ()):
        base = _item_path(section)
        if base is not None and schema_at(schema, base[:-1]) is None:
            yield f"mục lặp {section['repeat']['path']} không có trong lược đồ"
            continue
        if not section.get("title"):
            yield f"phần {section.get('key', '?')} chưa có tiêu đề"
        for field in section.get("fields", ()):
            parts = (*(base or ()), *split(field.get("path", "")))
            yield from _field_faults(schema, parts, field)
            asked.add(parts)
        yield from _condition_faults(schema, section.get("condition"), base or ())
        for field in section.get("fields", ()):
            yield from _condition_faults(schema, field.get("condition"), base or ())
            yield from _condition_faults(schema, field.get("prefill_if"), base or ())
    for parts in _required(schema, ()):
        if parts not in asked:
            yield f"trường bắt buộc {_dotted(parts)} không có trên màn hình"
    yield from relation_faults(schema, ui)
    yield from applicant_faults(ui)
    for relation in ui.get("relations", ()):
        yield from _condition_faults(schema, relation.get("condition"), ())


#: Formats that JSON Schema itself knows and people do not write in several ways.
_OTHER_FORMATS = frozenset({"uuid", "uri", "time", "date-time"})
#: A screen promises a kind of value by its widget; the schema has to check that kind.
FORMATS_OF = {
    "date": frozenset({"date", "partial-date", "partial-date-or-unknown"}),
    "phone": frozenset({"phone"}),
    "email": frozenset({"email"}),
    "identity": frozenset({"personal-number", "old-identity-number", "passport-number"}),
}


def _item_path(section: Mapping[str, Any]) -> tuple[str | int, ...] | None:
    return (*split(section["repeat"]["path"]), 0) if section.get("repeat") else None


def _field_faults(
    schema: Mapping[str, Any], parts: tuple[str | int, ...], field: Mapping[str, Any]
) -> Iterator[str]:
    name = _dotted(parts)
    described = schema_at(schema, parts)
    if described is None:
        yield f"trường {name} không có trong lược đồ"
    else:
        yield from _format_faults(name, field.get("widget", ""), described.get("format", ""))
    if not field.get("label"):
        yield f"trường {name} chưa có nhãn"
    if field.get("widget") not in WIDGETS:
        yield f"trường {name} dùng kiểu nhập không có: {field.get('widget')}"
    if field.get("prefill") and field["prefill"] not in PREFILL_SOURCES:
        yield f"trường {name} lấy dữ liệu từ nguồn không có: {field['prefill']}"
    if field.get("unless_known") and field["unless_known"] not in PREFILL_SOURCES:
        yield f"trường {name} nhắc tới nguồn không có: {field['unless_known']}"
    if field.get("list") and field["list"] not in LISTS:
        yield f"trường {name} chọn từ danh mục không có: {field['list']}"
    if field.get("widget") in _CHOICES and not (field.get("options") or field.get("list")):
        yield f"trường {name} chưa có lựa chọn"


def _format_faults(name: str, widget: str, format: str) -> Iterator[str]:
    """A misspelt or missing format would check nothing, in silence."""
    wanted = FORMATS_OF.get(widget)
    if format and format not in FORMATS and format not in _OTHER_FORMATS:
        yield f"trường {name} dùng định dạng không có: {format}"
    elif wanted is not None and format not in wanted:
        yield f"trường {name} có kiểu nhập {widget} thì định dạng là {' hoặc '.join(sorted(wanted))}"


def _condition_faults(
    schema: Mapping[str, Any], condition: Mapping[str, Any] | None, item: tuple[str | int, ...]
) -> Iterator[str]:
    if not condition:
        return
    for part in [
        *condition.get("all", ()),
        *condition.get("any", ()),
        *([condition["not"]] if "not" in condition else ()),
    ]:
        yield from _condition_faults(schema, part, item)
    named = condition.get("field")
    if named is not None:
        parts = (*item, *split(named[1:])) if named.startswith(".") else split(named)
        if schema_at(schema, parts) is None:
            yield f"điều kiện nhắc tới trường không có: {named}"
    elif not any(word in condition for word in ("all", "any", "not")):
        yield "điều kiện không nhắc tới trường nào"


def _required(schema: Mapping[str, Any], parts: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """Paths of the values (not the groups) that the schema requires."""
    for name, inner in schema.get("properties", {}).items():
        here = (*parts, name)
        if inner.get("type") == "object":
            yield from _required(inner, here)
        elif inner.get("type") == "array" and inner.get("items", {}).get("type") == "object":
            yield from _required(inner["items"], (*here, 0))
        elif name in schema.get("required", ()):
            yield here
    for name in schema.get("required", ()):
        if name not in schema.get("properties", {}):
            yield (*parts, name)  # nobody could ever answer it


def _dotted(parts: tuple[str | int, ...]) -> str:
    return ".".join("*" if isinstance(part, int) else part for part in parts)
