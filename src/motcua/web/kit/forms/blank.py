"""A form to print and fill in by hand: every question once, with room for the answer, and when it is asked in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from motcua.web.kit.forms.conditions import posted
from motcua.web.kit.forms.definition import FormDefinition, FormField, Section

#: So many choices stand as boxes to tick; of more, the answer is written.
_MOST_BOXES = 12


@dataclass(frozen=True, slots=True)
class BlankField:
    """A question on paper. `boxes` are to be ticked; `room` is `line`, `lines`, `date` or `tick` otherwise."""

    label: str
    hint: str
    room: str
    boxes: tuple[str, ...] = ()
    when: str = ""


@dataclass(frozen=True, slots=True)
class BlankSection:
    """Questions that belong together; with `item` they are asked once for each of several."""

    title: str
    hint: str
    fields: tuple[BlankField, ...]
    when: str = ""
    item: str = ""


def blank(definition: FormDefinition) -> tuple[BlankSection, ...]:
    """The form as it stands on paper, in the language of its definition."""
    labels = {asked.path: asked for asked in definition.fields()}
    return tuple(_section(section, labels) for section in definition.sections)


def _section(section: Section, labels: Mapping[str, FormField]) -> BlankSection:
    fields, item, known = section.fields, "", dict(labels)
    if len(fields) == 1 and fields[0].widget == "repeat":
        item = fields[0].row_label or fields[0].label
        fields = fields[0].fields
        known |= {f".{asked.path}": asked for asked in fields}
    return BlankSection(
        section.title,
        section.hint,
        tuple(_field(asked, known) for asked in fields),
        _when(section.condition, known),
        item,
    )


def _field(asked: FormField, known: Mapping[str, FormField]) -> BlankField:
    boxes: tuple[str, ...] = ()
    if asked.widget in ("radios", "checkboxes", "select") and len(asked.options) <= _MOST_BOXES:
        boxes = tuple(option.label for option in asked.options)
    elif asked.widget == "boolean":
        boxes = (gettext("Có"), gettext("Không"))
    room = {"date": "date", "textarea": "lines", "checkbox": "tick"}.get(asked.widget, "line")
    return BlankField(asked.label, asked.hint, room, boxes, _when(asked.condition, known))


def _when(condition: Mapping[str, object] | None, known: Mapping[str, FormField]) -> str:
    """`Chỉ điền khi “Bạn là bên nào?” là “Bên nữ”`; nothing where it is always asked."""
    if not condition:
        return ""
    said = "; ".join(one for one in _parts(condition, known, is_denied=False) if one)
    return gettext("Chỉ điền khi %(when)s") % {"when": said} if said else ""


def _parts(condition: Mapping[str, Any], known: Mapping[str, FormField], *, is_denied: bool) -> Iterator[str]:
    for word in ("all", "any"):
        if word in condition:
            for part in condition[word]:
                yield from _parts(part, known, is_denied=is_denied)
            return
    if "not" in condition:
        yield from _parts(condition["not"], known, is_denied=not is_denied)
        return
    asked = known.get(condition["field"])
    if asked is None:
        return
    values = condition["in"] if "in" in condition else [condition["equals"]] if "equals" in condition else []
    yield _said(asked, values, is_denied=is_denied)


def _said(asked: FormField, values: list[Any], *, is_denied: bool) -> str:
    if asked.type == "boolean" or not values:
        ticked = (values in ([True], [])) is not is_denied
        said = gettext("đánh dấu “%(label)s”") if ticked else gettext("không đánh dấu “%(label)s”")
        return said % {"label": asked.label}
    options = {option.value: option.label for option in asked.options}
    named = ", ".join(f"“{options.get(posted(value), posted(value))}”" for value in values)
    said = gettext("“%(label)s” không phải %(values)s") if is_denied else gettext("“%(label)s” là %(values)s")
    return said % {"label": asked.label, "values": named}
