"""Components as template tags: `{% load kit %}`. Every tag renders one file of `kit/components/`.

Field tags share: `name`, `label`, `value`, `hint`, `error`, `id` (default `f-<name>`), `optional` (says so in the label).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from motcua.web.kit.components import TONE_ICONS, Clock, Fault, Page, Rows, Tone
from motcua.web.kit.tags import formats, frame

register = template.Library()
for _part_of_library in (formats, frame):
    register.tags.update(_part_of_library.register.tags)
    register.filters.update(_part_of_library.register.filters)
_Tag = TypeVar("_Tag", bound=Callable[..., dict[str, object]])
_PARTS = "kit/components/"


def _part(name: str) -> Callable[[_Tag], _Tag]:
    inclusion: Callable[[_Tag], _Tag] = register.inclusion_tag(f"{_PARTS}{name}.html", name=name)
    return inclusion


def field_id(name: str) -> str:
    """The element id of a field: what an error summary links to."""
    return "f-" + name.replace(".", "-")


def _described(id: str, hint: str, error: str) -> str:
    parts = [f"{id}-hint"] * bool(hint) + [f"{id}-error"] * bool(error)
    return " ".join(parts)


def _field(
    name: str, label: str, hint: str, error: str, id: str, optional: bool, **more: Any
) -> dict[str, Any]:
    id = id or field_id(name)
    common = {"name": name, "label": label, "hint": hint, "error": error, "id": id, "optional": optional}
    return common | {"described_by": _described(id, hint, error)} | more


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative line icon from the sprite; the word stands beside it."""
    address = f"{static('kit/icons.svg')}#{name}"
    return format_html(
        '<svg class="mc-icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>', address
    )


@_part("button")
def button(
    label: str, kind: str = "", url: str = "", name: str = "", value: str = "", key: str = "", form: str = ""
) -> dict[str, object]:
    """`kind`: empty (the one main act), `secondary` or `warning`. With `url` it is a link. `key` is its shortcut."""
    return {"label": label, "kind": kind, "url": url, "name": name, "value": value, "key": key, "form": form}


@_part("input")
def input(
    name: str,
    label: str,
    value: object = "",
    hint: str = "",
    error: str = "",
    id: str = "",
    optional: bool = False,
    type: str = "text",
    inputmode: str = "",
    autocomplete: str = "",
    width: int = 0,
    suffix: str = "",
    source: str = "",
) -> dict[str, Any]:
    """A line of text. `width` in characters (2, 3, 4, 5, 10, 20, 30); `source` says where a known value came from."""
    more = {"type": type, "inputmode": inputmode, "autocomplete": autocomplete, "width": width}
    shown = "" if value is None else value
    return _field(name, label, hint, error, id, optional, value=shown, suffix=suffix, source=source, **more)


@_part("textarea")
def textarea(
    name: str,
    label: str,
    value: object = "",
    hint: str = "",
    error: str = "",
    id: str = "",
    optional: bool = False,
    rows: int = 4,
    source: str = "",
) -> dict[str, object]:
    """Several lines of text."""
    shown = "" if value is None else value
    return _field(name, label, hint, error, id, optional, value=shown, rows=rows, source=source)


@_part("select")
def select(
    name: str,
    label: str,
    options: Iterable[Any],
    value: object = "",
    hint: str = "",
    error: str = "",
    id: str = "",
    optional: bool = False,
    empty: str = "",
    source: str = "",
    search: object = "",
) -> dict[str, Any]:
    """A drop-down; `options` are `Option`s, `empty` is the words of the empty choice. With `search` (a long list)
    scripts add a box to look for a choice in."""
    chosen = "" if value is None else str(value)
    more = {
        "options": list(options),
        "value": chosen,
        "empty": empty,
        "source": source,
        "search": bool(search),
    }
    return _field(name, label, hint, error, id, optional, **more)


@_part("radios")
def radios(
    name: str,
    label: str,
    options: Iterable[object],
    value: object = "",
    hint: str = "",
    error: str = "",
    id: str = "",
    optional: bool = False,
    inline: bool = False,
    source: str = "",
) -> dict[str, object]:
    """One of a few."""
    chosen = "" if value is None else str(value)
    more = {"options": list(options), "value": chosen, "inline": inline, "source": source}
    return _field(name, label, hint, error, id, optional, **more)


@_part("checkboxes")
def checkboxes(
    name: str,
    label: str,
    options: Iterable[object],
    values: Iterable[object] = (),
    hint: str = "",
    error: str = "",
    id: str = "",
    optional: bool = False,
) -> dict[str, object]:
    """Any of several."""
    chosen = [str(value) for value in values]
    return _field(name, label, hint, error, id, optional, options=list(options), values=chosen)


@_part("date_input")
def date_input(
    name: str,
    label: str,
    value: date | Mapping[str, str] | None = None,
    hint: str = "",
    error: str = "",
    id: str = "",
    optional: bool = False,
    source: str = "",
    birthday: bool = False,
    may_be_unknown: bool = False,
) -> dict[str, object]:
    """Day, month, year in three boxes named `<name>.d`, `.m`, `.y`. `value` is a date or what was typed, by `d`/`m`/`y`.

    `may_be_unknown` adds a box `<name>.u`: nobody knows it (`u` of `value`).
    """
    if isinstance(value, date):
        typed: Mapping[str, str] = {"d": str(value.day), "m": str(value.month), "y": str(value.year)}
    else:
        typed = value or {}
    more = {"d": typed.get("d", ""), "m": typed.get("m", ""), "y": typed.get("y", "")}
    unknown = {"may_be_unknown": may_be_unknown, "u": typed.get("u", "")}
    return _field(name, label, hint, error, id, optional, source=source, birthday=birthday, **more, **unknown)


@_part("file_upload")
def file_upload(
    name: str,
    label: str,
    hint: str = "",
    error: str = "",
    id: str = "",
    optional: bool = False,
    accept: str = "application/pdf,image/*,.heic,.heif,.docx,.xlsx,.odt",
    upload_url: str = "",
    upload_key: str = "",
    capture: bool = False,
    is_multiple: bool = False,
    is_later: bool = False,
) -> dict[str, object]:
    """A file. With `upload_url` (and scripts) any number is sent in pieces that survive a dropped line; without, whole.

    What was sent becomes a row of the list `data-attached` of its `data-line`, where the server writes one; else it comes
    back in a hidden field `kept` = `<upload_key>:<file id>:<name>`. `is_later`: a script of the page says when and where to.
    """
    more = {"accept": accept, "upload_url": upload_url, "upload_key": upload_key, "capture": capture}
    is_sent = bool(upload_url) or is_later
    more |= {
        "is_sent": is_sent,
        "is_multiple": is_multiple or is_sent,
        "most": settings.MOTCUA_UPLOAD_MAX_BYTES,
    }
    return _field(name, label, hint, error, id, optional, **more)


@_part("error_summary")
def error_summary(faults: Sequence[Fault] | Mapping[str, str] | None) -> dict[str, object]:
    """The list of what to put right, on top of the page; a mapping is field name → message."""
    if isinstance(faults, Mapping):
        faults = [Fault(field_id(name), message) for name, message in faults.items()]
    return {"faults": faults or ()}


@register.simple_block_tag(takes_context=False)
def notice(content: str, title: str = "", tone: str = "plain", live: bool = False) -> SafeString:
    """A message on the page: `tone` plain, done, soon or late. `live` announces it to screen readers at once."""
    body = get_template(f"{_PARTS}notice.html")
    icon_name = {"plain": "info"}.get(tone, TONE_ICONS[Tone(tone)])
    return SafeString(
        body.render({"content": content, "title": title, "tone": tone, "live": live, "icon": icon_name})
    )


@register.simple_block_tag(takes_context=False)
def details(content: str, summary: str, open: bool = False) -> SafeString:
    """Something folded away until asked for."""
    body = get_template(f"{_PARTS}details.html")
    return SafeString(body.render({"content": content, "summary": summary, "open": open}))


@_part("summary_list")
def summary_list(rows: Sequence[object]) -> dict[str, object]:
    """Questions and answers (`SummaryRow`), each with its "sửa"."""
    return {"rows": rows}


@_part("task_list")
def task_list(tasks: Sequence[Any]) -> dict[str, Any]:
    """The parts of something longer (`Task`), with what is done."""
    return {
        "tasks": [
            {"task": task, "icon": TONE_ICONS[task.tone], "id": f"task-{n}"} for n, task in enumerate(tasks)
        ]
    }


@_part("data_table")
def data_table(table: Rows, cards: bool = True) -> dict[str, object]:
    """A table (`Rows`); with `cards` each row becomes a card on a narrow screen. j/k walk its rows."""
    rows = [[(column, cell) for column, cell in zip(table.columns, row, strict=True)] for row in table.rows]
    return {
        "table": table,
        "rows": rows,
        "cards": cards,
        "sortable": any(c.is_sortable for c in table.columns),
    }


@_part("tag")
def tag(label: str, tone: str = "plain") -> dict[str, object]:
    """A state: word, icon and colour together."""
    return {"label": label, "tone": str(tone), "icon": TONE_ICONS[Tone(tone)]}


@_part("timeline")
def timeline(moments: Sequence[Any], level: int = 3) -> dict[str, Any]:
    """What happened (`Moment`), newest first."""
    return {"moments": moments, "level": level}


@_part("clock_bar")
def clock_bar(clock: Clock, summary: str = "") -> dict[str, object]:
    """The promised moment, what is left, and on a click how it was reckoned."""
    icons = {Tone.DONE: "check", Tone.LATE: "alert"}
    name = "pause" if clock.is_paused else icons.get(clock.tone, "clock")
    return {"clock": clock, "icon": name, "share": min(max(clock.share, 0), 100), "summary": summary}


@_part("pager")
def pager(page: Page) -> dict[str, object]:
    """Keyset pagination: next, and back to the first."""
    return {"page": page}


@_part("empty_state")
def empty_state(
    title: str, text: str = "", url: str = "", action: str = "", icon: str = "inbox"
) -> dict[str, object]:
    """Nothing here, said kindly, with what to do next."""
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon}


@_part("progress_bar")
def progress_bar(label: str, value: int, maximum: int = 100, words: str = "") -> dict[str, object]:
    """True progress: `value` of `maximum`, with words beside the bar."""
    return {"label": label, "value": value, "maximum": maximum, "words": words or f"{value}/{maximum}"}


@_part("breadcrumbs")
def breadcrumbs(crumbs: Sequence[object]) -> dict[str, object]:
    """The path to this page (`Crumb`)."""
    return {"crumbs": crumbs}


@_part("tabs")
def tabs(tabs: Sequence[object], label: str) -> dict[str, object]:
    """Views of one thing (`Tab`), each a link with its own address."""
    return {"tabs": tabs, "label": label}
