"""A form with its answers, ready to be shown: each question with its value, its fault and where the value came from."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from motcua.kernel import clock
from motcua.kernel.values import FORMATS, PartialDate, Unreadable, ValueType, show_number
from motcua.web.kit import when
from motcua.web.kit.components import Fault, Option, SummaryRow
from motcua.web.kit.forms.conditions import holds, posted, wire
from motcua.web.kit.forms.definition import FormDefinition, FormField
from motcua.web.kit.forms.parsing import CLEARED, Parsed
from motcua.web.kit.forms.paths import dotted, drop, put, value_at

_NUMBERS = frozenset({"integer", "number"})


@dataclass(frozen=True, slots=True)
class Known:
    """Something the authorities already know, and where from, in words for the person."""

    value: object
    source: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What is known for a question once its condition holds: "I am the mother" fills the mother."""

    name: str
    value: object
    condition: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BoundField:
    """A question on the page."""

    asked: FormField
    name: str
    id: str
    value: object
    error: str
    source: str
    condition: Mapping[str, Any] | None
    is_visible: bool
    is_locked: bool = False
    said: str = ""
    rows: tuple["BoundRow", ...] = ()
    may_add: bool = False
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class BoundRow:
    """One entry of a repeated question; `name` is what the remove button posts."""

    number: int
    name: str
    fields: tuple[BoundField, ...]
    may_remove: bool


@dataclass(frozen=True, slots=True)
class BoundSection:
    key: str
    title: str
    hint: str
    fields: tuple[BoundField, ...]
    condition: Mapping[str, Any] | None
    is_visible: bool

    @property
    def settled(self) -> tuple[BoundField, ...]:
        """What is known and cannot be changed here: told together, before the questions."""
        return tuple(field for field in self.fields if field.is_locked)


@dataclass(frozen=True, slots=True)
class Bound:
    """What `{% eform %}` renders; `faults` feed the error summary; `known` counts questions already answered.

    `filled` are the answers put in from what is known, by path: they travel with the page, so that what somebody typed is
    told from what was only left as it stood.
    """

    key: str
    digest: str
    sections: tuple[BoundSection, ...]
    faults: tuple[Fault, ...]
    known: int = 0
    relations: tuple[Mapping[str, Any], ...] = ()
    offers: tuple["Offer", ...] = ()
    filled: Mapping[str, Any] = field(default_factory=dict)


def bind(
    definition: FormDefinition,
    data: Mapping[str, Any],
    faults: Mapping[str, str] | None = None,
    known: Mapping[str, Known] | None = None,
    added_row: str = "",
    only: str = "",
) -> Bound:
    """Put answers, faults (dotted path or JSON pointer → message) and known values (by `prefill` name) into the form.

    Known values fill questions not yet answered. `added_row` is the repeat that gets one more blank entry, `only` shows one
    section alone (its key).
    """
    messages = {dotted(path): message for path, message in (faults or {}).items()}
    binder = _Binder(data, messages, known or {}, added_row)
    sections = tuple(
        BoundSection(
            key=section.key,
            title=section.title,
            hint=section.hint,
            fields=tuple(
                binder.field(asked, "") for asked in section.fields if not binder.is_needless(asked)
            ),
            condition=wire(section.condition) if section.condition else None,
            is_visible=holds(section.condition, binder.data),
        )
        for section in definition.sections
        if only in ("", section.key)
    )
    shown = {name: id for section in sections for name, id in _ids(section.fields)}
    listed = tuple(Fault(_nearest(path, shown), message) for path, message in messages.items())
    return Bound(
        definition.key,
        definition.digest,
        sections,
        listed,
        known=binder.known_count,
        relations=tuple(_wired(relation) for relation in definition.relations),
        offers=tuple(binder.offered),
        filled=binder.filled,
    )


def _wired(relation: Mapping[str, Any]) -> dict[str, Any]:
    """A relation as the browser judges it, with the sentence in the language of the page."""
    kept = {name: value for name, value in relation.items() if name not in ("message", "message_en")}
    return kept | ({"condition": wire(kept["condition"])} if kept.get("condition") else {})


def locked_values(definition: FormDefinition, known: Mapping[str, Known]) -> dict[str, Any]:
    """Answers that may not be changed by hand, because their source gave a value: path → value."""
    return {
        asked.path: known[asked.prefill].value
        for asked in definition.fields()
        if asked.is_lockable and asked.prefill in known
    }


def repeating_known(
    definition: FormDefinition, data: Mapping[str, object], known: Mapping[str, Known]
) -> dict[str, object]:
    """The answers, by place, that only repeat what was known (or took it out): they go when what is known becomes that of
    another person, and what somebody typed stays.
    """
    return {
        asked.path: value
        for asked in definition.fields()
        if asked.prefill in known
        and (value := value_at(data, asked.path)) in (CLEARED, known[asked.prefill].value)
    }


def without_filled(data: Mapping[str, object], filled: Mapping[str, object]) -> dict[str, object]:
    """The answers without those that a page put in from what was known (`Parsed.filled`) and nobody changed: for the form
    of another person. What was typed stays, whatever is known of either.
    """
    kept: dict[str, Any] = deepcopy(dict(data))
    for path, value in filled.items():
        if value_at(kept, path) == value:
            drop(kept, path)
    return kept


def without_defaults(
    definition: FormDefinition, data: Mapping[str, Any], before: Mapping[str, Any]
) -> dict[str, Any]:
    """The answers without the defaults a page shows where nothing had been answered: looking at a form changes nothing."""
    kept: dict[str, Any] = deepcopy(dict(data))
    for asked in definition.fields():
        is_new = asked.default and value_at(before, asked.path) is None
        if is_new and str(value_at(kept, asked.path)) == asked.default:
            drop(kept, asked.path)
    return kept


def with_offers(definition: FormDefinition, parsed: Parsed, known: Mapping[str, Known]) -> dict[str, Any]:
    """The answers with what is known for those left open whose condition (`prefill_if`) holds now, except what the page had
    shown and came back empty: that was taken out on purpose. What was filled in while another condition held goes. So a
    page without scripts does it too.
    """
    kept: dict[str, Any] = deepcopy(parsed.data)
    for asked in definition.fields():
        if asked.prefill_if is None:
            continue
        source, is_meant = known.get(asked.prefill), holds(asked.prefill_if, kept)
        if not is_meant and asked.path in parsed.filled:
            drop(kept, asked.path)
        elif is_meant and source and asked.path not in parsed.shown and value_at(kept, asked.path) is None:
            put(kept, asked.path, source.value)
    return kept


def summary(
    definition: FormDefinition, data: Mapping[str, Any], change_url: str = "", only: str = ""
) -> list[tuple[str, list[SummaryRow]]]:
    """The answers as people read them, section by section; `change_url` gets `#field` appended."""
    result = []
    for section in definition.sections:
        if not holds(section.condition, data) or only not in ("", section.key):
            continue
        rows = []
        for asked in section.fields:
            if not holds(asked.condition, data) or _went_unasked(asked, data):
                continue
            url = f"{change_url}#{field_id(asked.path)}" if change_url else ""
            rows.append(SummaryRow(asked.label, said(asked, value_at(data, asked.path)), url))
        result.append((section.title, rows))
    return result


def _went_unasked(asked: FormField, data: Mapping[str, object]) -> bool:
    return bool(asked.unless_known) and value_at(data, asked.path) is None


def said(asked: FormField, value: Any) -> str:
    """An answer in words: the label of an option, `dd/mm/yyyy`, yes or no; empty when unanswered."""
    if value in (None, "", [], {}):
        return ""
    if asked.widget == "repeat":
        return "\n".join(_said_row(asked, row) for row in value)
    if isinstance(value, bool):
        return gettext("Có") if value else gettext("Không")
    if isinstance(value, list):
        return ", ".join(_label(asked, one) for one in value)
    if asked.widget == "date":
        return when.known_day(value)
    if asked.type in _NUMBERS and not asked.options:
        return shown_number(value)
    kind = FORMATS.get(asked.format)
    return (
        kind.show(value)
        if kind and isinstance(value, str) and _is_read(kind, value)
        else _label(asked, value)
    )


def shown_number(value: Any) -> str:
    """A number as people here write it, and as it is read again; what was typed and is none, as typed."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return show_number(value) if is_number else posted(value)


def _is_read(kind: ValueType, value: str) -> bool:
    """Whether a text is what its kind keeps, so that it can be shown as its kind is."""
    try:
        return kind.read(value, clock.today()) == value
    except Unreadable:
        return False


def field_id(name: str) -> str:
    """The element id of a question."""
    return "f-" + name.replace(".", "-")


class _Binder:
    def __init__(
        self, data: Mapping[str, Any], faults: Mapping[str, str], known: Mapping[str, Known], added_row: str
    ) -> None:
        self.data, self.faults, self.known, self.added_row = data, faults, known, added_row
        self.known_count = 0
        self.filled: dict[str, Any] = {}
        self.offered: list[Offer] = []

    def is_needless(self, asked: FormField) -> bool:
        """Whether what is known already answers it, and nobody answered it otherwise."""
        known = asked.unless_known in self.known
        return known and value_at(self.data, asked.path) in (None, asked.default)

    def field(self, asked: FormField, prefix: str) -> BoundField:
        name = prefix + asked.path
        value = value_at(self.data, name)
        source = ""
        known = self.known.get(asked.prefill) if asked.prefill and not prefix else None
        if known is not None and asked.prefill_if is not None and not holds(asked.prefill_if, self.data):
            self.offered.append(Offer(name, known.value, wire(asked.prefill_if)))
            known = None
        is_locked = known is not None and asked.is_lockable
        if known is not None and (is_locked or value in (None, known.value)):
            value, source = known.value, known.source
            self.known_count += 1
            if not is_locked:
                self.filled[name] = value
        rows = self.rows(asked, name, value) if asked.widget == "repeat" else ()
        return BoundField(
            asked=asked,
            name=name,
            id=field_id(name),
            value=self.shown(asked, value),
            error=self.faults.get(name, ""),
            source=source,
            condition=wire(asked.condition, prefix.rstrip(".")) if asked.condition else None,
            is_visible=holds(asked.condition, self.data, prefix.rstrip(".")),
            is_locked=is_locked,
            said=said(asked, value) if is_locked else "",
            rows=rows,
            may_add=len(rows) < asked.rows_max,
            options=_options(asked, value),
        )

    def rows(self, asked: FormField, name: str, value: Any) -> tuple[BoundRow, ...]:
        filled = len(value) if isinstance(value, list) else 0
        count = max(filled + (1 if self.added_row == name else 0), asked.rows_min, 1)
        return tuple(
            BoundRow(
                number=n + 1,
                name=f"{name}.{n}",
                fields=tuple(self.field(inner, f"{name}.{n}.") for inner in asked.fields),
                may_remove=count > max(asked.rows_min, 1) or n < filled > asked.rows_min,
            )
            for n in range(min(count, max(asked.rows_max, filled)))
        )

    def shown(self, asked: FormField, value: Any) -> Any:
        if asked.widget == "date":
            return _date(value)
        if asked.widget == "checkboxes":
            return value if isinstance(value, list) else []
        if asked.type in _NUMBERS and not asked.options:
            return shown_number(value)
        return posted(asked.default if value is None else value) if asked.widget != "repeat" else ""


def _options(asked: FormField, value: object) -> tuple[Option, ...]:
    """What may be chosen; an answer that the list does not have (any more) stays to be seen."""
    if not asked.list_key or not isinstance(value, str) or not value:
        return asked.options
    if any(option.value == value for option in asked.options):
        return asked.options
    return (*asked.options, Option(value, gettext("%(value)s (không có trong danh mục)") % {"value": value}))


def _date(value: object) -> dict[str, str] | None:
    """A date, or what is known or was typed of one (`31/2/2026`), by its three boxes; `u` that nobody knows it."""
    if not value:
        return None
    try:
        found = PartialDate.kept(str(value))
    except Unreadable:
        iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", str(value))
        typed = list(iso.groups()[::-1]) if iso else str(value).split("/")
        return dict(zip("dmy", [*typed, "", "", ""], strict=False))
    if found.year is None:
        return {"u": "1"}
    return {
        part: str(known or "")
        for part, known in zip("dmy", (found.day, found.month, found.year), strict=True)
    }


def _label(asked: FormField, value: Any) -> str:
    for option in asked.options:
        if option.value == str(value):
            return option.label
    return str(value)


def _said_row(asked: FormField, row: Mapping[str, Any]) -> str:
    answers = [said(inner, value_at(row, inner.path)) for inner in asked.fields]
    return " · ".join(answer for answer in answers if answer)


def _ids(fields: tuple[BoundField, ...]) -> list[tuple[str, str]]:
    found = []
    for one in fields:
        found.append((one.name, one.id if one.asked.widget != "repeat" else f"{one.id}-group"))
        for row in one.rows:
            found += _ids(row.fields)
    return found


def _nearest(path: str, ids: Mapping[str, str]) -> str:
    """The element of the path, or of its nearest parent on the page."""
    while path:
        if path in ids:
            return ids[path]
        path = path.rpartition(".")[0]
    return ""
