"""Validation of filled forms: `jsonschema-rs` finds the faults, this file says them kindly and at the right field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import jsonschema_rs

from motcua.catalogue.rules.forms.cleaning import cleaned, unreadable
from motcua.catalogue.rules.forms.conditions import without_hidden
from motcua.catalogue.rules.forms.layout import Place, places, pointer, split, value_at
from motcua.catalogue.rules.forms.listed import NO_LISTS, named_by_lists
from motcua.catalogue.rules.forms.readings import READINGS
from motcua.catalogue.rules.forms.relations import broken
from motcua.catalogue.rules.lists import OfficialList
from motcua.catalogue.rules.types import Form, FormFault
from motcua.kernel.values import PartialDate, Unreadable, show_date

# Vietnamese source texts; {label} is the field's label, other places come from the rule that was broken.
MESSAGES = {
    "required": "Chưa nhập “{label}”.",
    "choose": "Chưa chọn “{label}”.",
    "enum": "“{label}” không có trong danh sách lựa chọn.",
    "const": "Cần xác nhận “{label}”.",
    "pattern": "“{label}” chưa đúng định dạng.",
    "format": "“{label}” chưa đúng định dạng.",
    "maxLength": "“{label}” dài quá {limit} ký tự.",
    "minLength": "“{label}” ngắn hơn {limit} ký tự.",
    "minimum": "“{label}” phải từ {limit} trở lên.",
    "maximum": "“{label}” không được quá {limit}.",
    "exclusiveMinimum": "“{label}” phải lớn hơn {limit}.",
    "exclusiveMaximum": "“{label}” phải nhỏ hơn {limit}.",
    "type": "“{label}” không đúng kiểu dữ liệu.",
    "minItems": "“{label}” cần ít nhất {limit} mục.",
    "maxItems": "“{label}” có nhiều nhất {limit} mục.",
    "uniqueItems": "“{label}” có mục trùng nhau.",
    "additionalProperties": "Biểu mẫu không có trường “{label}”.",
    "not_after_today": "“{label}” không được sau ngày hôm nay.",
    "not_after": "“{label}” không được sau “{other}”.",
    "not_before": "“{label}” không được trước “{other}”.",
    "requester": "“{label}” phải là của người đứng tên hồ sơ: {other}.",
    "other": "“{label}” chưa hợp lệ.",
    **READINGS,
}
_CHOICES = frozenset({"select", "radios", "checkboxes", "checkbox"})


@dataclass(frozen=True, slots=True)
class FilledForm:
    """Data ready to be kept (normalised, nothing hidden in it) and what is wrong with it, in the order of the form."""

    data: dict[str, Any]
    faults: tuple[FormFault, ...]

    @property
    def is_valid(self) -> bool:
        return not self.faults


def fill(
    form: Form, data: Mapping[str, Any], *, today: date, lists: Mapping[str, OfficialList] = NO_LISTS
) -> FilledForm:
    """Normalises what was typed, drops what is not asked, validates the rest."""
    shaped = cleaned(form.schema, data, today)
    shaped, hidden = without_hidden(form.ui, shaped)
    shaped, unlisted = named_by_lists(form.ui, shaped, lists, today)
    shaped = _with_required_objects(form.schema, shaped)
    faults = {
        fault.path: fault
        for fault in [
            *_relation_faults(form, shaped, today),
            *_date_faults(form, shaped, today),
            *(_fault("enum", place.parts, place, {}) for place in unlisted),
            *_schema_faults(form, shaped, hidden),
            *_value_faults(form, shaped, today),
        ]
    }  # the schema's word wins over the comparison of dates, and why a value cannot be read over its broken pattern
    kept = _without_empty(shaped)
    return FilledForm(
        data=kept if isinstance(kept, dict) else {},
        faults=_in_order_of(form, shaped, faults.values()) if faults else (),
    )


def _in_order_of(form: Form, data: dict[str, object], faults: Iterable[FormFault]) -> tuple[FormFault, ...]:
    order = {place.pointer: at for at, place in enumerate(places(form.ui, data))}
    return tuple(sorted(faults, key=lambda fault: (order.get(fault.path, len(order)), fault.path)))


# Compiled once per form: the digest of a form names its schema.
_validators: dict[str, object] = {}


def _validator(form: Form) -> Any:
    known = _validators.get(form.digest)
    if known is None:
        if len(_validators) >= 256:
            _validators.clear()
        known = jsonschema_rs.Draft202012Validator(form.schema, validate_formats=True)
        _validators[form.digest] = known
    return known


def _schema_faults(
    form: Form, data: dict[str, Any], hidden: frozenset[tuple[str | int, ...]]
) -> Iterator[FormFault]:
    errors = list(_validator(form).iter_errors(data))
    known = {place.parts: place for place in places(form.ui, data)} if errors else {}
    for error in errors:
        detail = error.kind.as_dict()
        name = error.kind.name
        parts: tuple[str | int, ...] = tuple(error.instance_path)
        if name == "required":
            parts = (*parts, detail["property"])
            if _is_hidden(parts, hidden):
                continue
        if name == "additionalProperties":
            for unexpected in detail["unexpected"]:
                yield _fault("additionalProperties", (*parts, unexpected), None, {"label": unexpected})
            continue
        yield _told(name, detail, parts, known.get(parts), form)


def _value_faults(form: Form, data: dict[str, object], today: date) -> Iterator[FormFault]:
    found = list(unreadable(form.schema, data, today))
    known = {place.parts: place for place in places(form.ui, data)} if found else {}
    for parts, reason in found:
        yield _fault(reason if reason in MESSAGES else "other", parts, known.get(parts), {}, form)


def _told(
    name: str, detail: Mapping[str, Any], parts: tuple[str | int, ...], place: Place | None, form: Form
) -> FormFault:
    kind = name if name in MESSAGES else "other"
    if name == "required" and place is not None and place.field.get("widget") in _CHOICES:
        kind = "choose"
    elif name == "format":
        kind = detail["format"] if detail["format"] in MESSAGES else "format"
    elif name == "type":
        expected = [wanted for wanted in detail["types"] if wanted in ("integer", "number")]
        kind = expected[0] if expected else "type"
    elif name in ("constant", "const"):
        kind = "const"
    params = {"limit": detail["limit"]} if "limit" in detail else {}
    return _fault(kind, parts, place, params, form)


def _fault(
    kind: str,
    parts: tuple[str | int, ...],
    place: Place | None,
    params: Mapping[str, object],
    form: Form | None = None,
) -> FormFault:
    label, label_en = _labels(parts, place, form)
    values = {"label": label, "label_en": label_en, **params}
    return FormFault(pointer(parts), MESSAGES[kind].format_map(values), kind, values)


def _labels(parts: tuple[str | int, ...], place: Place | None, form: Form | None) -> tuple[str, str]:
    if place is not None:
        return place.field["label"], place.field.get("label_en") or place.field["label"]
    for section in form.ui.get("sections", ()) if form else ():
        repeat = section.get("repeat")
        if repeat and split(repeat["path"]) == parts:
            return section["title"], section.get("title_en") or section["title"]
    name = str(parts[-1]) if parts else ""
    return name, name


def _date_faults(form: Form, data: dict[str, Any], today: date) -> Iterator[FormFault]:
    """A day of which only the year is known is wrong only where every day of that year would be."""
    for place in places(form.ui, data, _has_bound):
        value = _as_date(value_at(data, place.parts))
        if value is None or value.earliest is None or value.latest is None:
            continue
        for rule in ("not_after", "not_before"):
            bound = place.field.get(rule)
            other, label = _bound(bound, data, place, today, form) if bound else (None, "")
            if other is None or other.earliest is None or other.latest is None:
                continue
            is_wrong = value.earliest > other.latest if rule == "not_after" else value.latest < other.earliest
            if is_wrong:
                kind = "not_after_today" if rule == "not_after" and bound == "today" else rule
                yield _fault(kind, place.parts, place, {"other": label})


def _relation_faults(form: Form, data: dict[str, Any], today: date) -> Iterator[FormFault]:
    """What is said of a relation is its own sentence, in both languages."""
    for relation in form.ui.get("relations", ()):
        parts = broken(relation, data, today)
        if parts is not None:
            said = {"said_en": relation.get("message_en") or relation["message"]}
            yield FormFault(pointer(parts), relation["message"], "relation", said)


def _has_bound(section: Mapping[str, object], field: Mapping[str, object]) -> bool:
    return "not_after" in field or "not_before" in field


def _bound(bound: str, data: Any, place: Place, today: date, form: Form) -> tuple[PartialDate | None, str]:
    if bound == "today":
        return PartialDate.of(today), today.strftime("%d/%m/%Y")
    fixed = _as_date(bound)
    if fixed is not None:
        return fixed, show_date(bound)
    parts = (*place.item, *split(bound[1:])) if bound.startswith(".") else split(bound)
    labels = {other.parts: other.field["label"] for other in places(form.ui, data)}
    return _as_date(value_at(data, parts)), labels.get(parts, bound)


def _as_date(value: object) -> PartialDate | None:
    """What is known of a day; None for nothing."""
    try:
        return PartialDate.kept(value) if isinstance(value, str) and value else None
    except Unreadable:
        return None


def _is_hidden(parts: tuple[str | int, ...], hidden: frozenset[tuple[str | int, ...]]) -> bool:
    """A missing value is no fault when it is not asked, or when it only held values that are not asked."""
    if parts in hidden or any(parts[: len(path)] == path for path in hidden):
        return True
    return any(path[: len(parts)] == parts for path in hidden)


def _with_required_objects(schema: Mapping[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """Adds the empty objects that the schema requires, so that a missing field is named itself and not its group."""
    shaped = dict(data)
    for name, inner in schema.get("properties", {}).items():
        if inner.get("type") != "object":
            continue
        if name in shaped and isinstance(shaped[name], dict):
            shaped[name] = _with_required_objects(inner, shaped[name])
        elif name in schema.get("required", ()) and name not in shaped:
            shaped[name] = _with_required_objects(inner, {})
    return shaped


def _without_empty(value: object) -> object:
    if isinstance(value, dict):
        pairs = {key: _without_empty(inner) for key, inner in value.items()}
        return {key: inner for key, inner in pairs.items() if inner != {}}
    return value
