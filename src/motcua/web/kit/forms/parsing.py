"""What was posted, back into JSON: types, dates, rows, only the questions that were asked. Nothing typed is lost: what
cannot be read stays in the data as it was typed, with a fault beside it."""

import json
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.translation import gettext, gettext_noop

from motcua.kernel.values import UNKNOWN, Unreadable, date_of_boxes, read_integer, read_number
from motcua.web.kit.forms.conditions import holds, posted
from motcua.web.kit.forms.definition import FormDefinition, FormField
from motcua.web.kit.forms.paths import put

_ABSENT = object()
#: An answer known beforehand that the person took out. It is no answer when the form is sent.
CLEARED = ""
#: The hidden field in which a page says what it filled in from what was known: path → value, as JSON.
FILLED = "_filled"
_YES = {"true": True, "false": False}
_PARTIAL = frozenset({"partial-date", "partial-date-or-unknown"})
_LONGEST_KEPT, _LONGEST_PART = 1000, 20
_NUMBER_FAULTS = {
    "number": gettext_noop("%(label)s: hãy nhập một con số."),
    "integer": gettext_noop("%(label)s: hãy nhập một số nguyên."),
    "number_too_long": gettext_noop("%(label)s: số này dài quá; nhiều nhất 15 chữ số."),
}


class Post(Protocol):
    """What Django's `QueryDict` offers."""

    def get(self, key: str, /) -> Any: ...
    def getlist(self, key: str, /) -> list[Any]: ...
    def __iter__(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Parsed:
    """`data` as JSON; `faults` by dotted path; which row button was pressed, if any (then nothing is submitted yet).

    `filled` are the answers, by path, that the page had put in from what was known and that came back as they were or were
    taken out: nobody typed them. `shown` are the paths of all that it had put in.
    """

    data: dict[str, Any]
    faults: dict[str, str] = field(default_factory=dict)
    added_row: str = ""
    removed_row: str = ""
    filled: dict[str, Any] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()

    @property
    def is_changing_rows(self) -> bool:
        return bool(self.added_row or self.removed_row)


def parse(
    definition: FormDefinition,
    post: Post,
    locked: Mapping[str, Any] | None = None,
    known: Container[str] = frozenset(),
) -> Parsed:
    """Read a posted form. `_add=path` and `_remove=path.N` are the row buttons.

    `locked` (path → value) are answers that come from an authority and are not asked: whatever was posted does not count.
    `known` are the sources that have an answer to offer: what they filled in and comes back empty was cleared on purpose.
    """
    told = _filled_by(post)
    work = _Parsing(post, known, told)
    data: dict[str, Any] = {}
    for asked in definition.fields():
        value = locked[asked.path] if locked and asked.path in locked else work.value(asked, "")
        if value is not _ABSENT:
            put(data, asked.path, value)
    kept, hidden = _asked_only(definition, data)
    faults = {path: fault for path, fault in work.faults.items() if not _within(path, hidden)}
    return Parsed(
        kept,
        faults,
        added_row=_clean(post.get("_add")),
        removed_row=work.removed,
        filled=_left_as_filled(told, kept, locked or {}),
        shown=frozenset(told),
    )


def _filled_by(post: Post) -> dict[str, Any]:
    """What the page says it had filled in (`FILLED`); a damaged word says nothing."""
    try:
        told = json.loads(post.get(FILLED) or "{}")
    except (ValueError, RecursionError):
        return {}
    return {str(path): value for path, value in told.items()} if isinstance(told, dict) else {}


def _left_as_filled(
    told: Mapping[str, object], data: Mapping[str, object], locked: Mapping[str, object]
) -> dict[str, object]:
    """Of what was filled in, what stands so or was taken out; and what nobody may change."""
    stood = {path: _at(data, path) for path, value in told.items()}
    return {path: value for path, value in stood.items() if value in (told[path], CLEARED)} | dict(locked)


class _Parsing:
    def __init__(self, post: Post, known: Container[str], shown: Container[str]) -> None:
        self.post, self.known, self.shown = post, known, shown
        self.removed = _clean(post.get("_remove"))
        self.faults: dict[str, str] = {}

    def value(self, asked: FormField, prefix: str) -> Any:
        name = prefix + asked.path
        if asked.widget == "repeat":
            return self.rows(asked, name) or _ABSENT
        if asked.widget == "date":
            return self.date(asked, name)
        if asked.widget == "checkboxes":
            chosen = set(self.post.getlist(name))
            return [value for value in asked.values if posted(value) in chosen] or _ABSENT
        text = _clean(self.post.get(name))
        if asked.widget == "checkbox":
            return True if text else _ABSENT
        if not text:
            return CLEARED if self.was_offered(asked, prefix) and name in self.post else _ABSENT
        if asked.values:
            return next((value for value in asked.values if posted(value) == text), text)
        if asked.type == "boolean":
            return _YES.get(text, _ABSENT)
        if asked.type in {"integer", "number"}:
            return self.number(asked, name, text)
        return text

    def was_offered(self, asked: FormField, prefix: str) -> bool:
        """Whether an answer stood there to be taken out. What is filled in only on a condition may not have."""
        if asked.prefill not in self.known or prefix:
            return False
        return asked.prefill_if is None or asked.path in self.shown

    def number(self, asked: FormField, name: str, text: str) -> Any:
        """`15.000` and `15 000` are fifteen thousand, `2,5` is two and a half, as people write here."""
        try:
            return read_integer(text) if asked.type == "integer" else read_number(text)
        except Unreadable as fault:
            said = _NUMBER_FAULTS.get(fault.reason, _NUMBER_FAULTS["number"])
            self.faults[name] = gettext(said) % {"label": asked.label}
            return text[:_LONGEST_KEPT]

    def date(self, asked: FormField, name: str) -> Any:
        typed = [_clean(self.post.get(f"{name}.{part}"))[:_LONGEST_PART] for part in "dmy"]
        if asked.may_be_unknown and self.post.get(f"{name}.u"):
            return UNKNOWN
        if not any(typed):
            return CLEARED if self.was_offered(asked, "") and f"{name}.y" in self.post else _ABSENT
        try:
            found = date_of_boxes(typed[2], typed[1], typed[0])
            if asked.format in _PARTIAL or found.exact:
                return str(found)
        except Unreadable:
            pass
        self.faults[name] = gettext(
            "Ngày %(typed)s không có thật; hãy nhập ngày, tháng và năm đủ bốn chữ số."
        ) % {"typed": "/".join(part or "…" for part in typed)}
        return "/".join(typed)

    def rows(self, asked: FormField, name: str) -> list[dict[str, Any]]:
        pattern = re.compile(re.escape(name) + r"\.(\d{1,4})\.")
        numbers = sorted({int(match[1]) for key in self.post if (match := pattern.match(key))})
        rows: list[dict[str, Any]] = []
        for number in numbers:
            at = f"{name}.{number}."
            if self.removed == at[:-1]:
                continue
            row: dict[str, Any] = {}
            faults_before = set(self.faults)
            for inner in asked.fields:
                value = self.value(inner, at)
                if value is not _ABSENT:
                    put(row, inner.path, value)
            if row:
                self.renumber(faults_before, at, f"{name}.{len(rows)}.")
                rows.append(row)
        return rows

    def renumber(self, before: set[str], old: str, new: str) -> None:
        for path in [path for path in self.faults if path not in before and path.startswith(old)]:
            self.faults[new + path[len(old) :]] = self.faults.pop(path)


def _asked_only(definition: FormDefinition, data: dict[str, object]) -> tuple[dict[str, object], set[str]]:
    """The answers to visible questions; hiding one may hide another, so until nothing changes."""
    kept, dropped = data, set[str]()
    while True:
        hidden = {
            asked.path
            for section in definition.sections
            for asked in section.fields
            if not (holds(section.condition, kept) and holds(asked.condition, kept))
        }
        if hidden == dropped:
            return kept, hidden
        dropped = hidden
        kept = {}
        for asked in definition.fields():
            value = _at(data, asked.path)
            if value is not _ABSENT and asked.path not in hidden:
                put(kept, asked.path, value)


def _within(path: str, parents: set[str]) -> bool:
    return any(path == parent or path.startswith(parent + ".") for parent in parents)


def _at(data: Mapping[str, object], path: str) -> object:
    at: Any = data
    for part in path.split("."):
        if not isinstance(at, Mapping) or part not in at:
            return _ABSENT
        at = at[part]
    return at


def _clean(value: object) -> str:
    return str(value or "").replace("\r\n", "\n").replace("\r", "\n").strip()
