"""The values that components show. Faces build these; templates only place them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Tone(StrEnum):
    """What a colour means; always beside an icon and a word."""

    PLAIN = "plain"
    QUIET = "quiet"
    DONE = "done"
    SOON = "soon"
    LATE = "late"


TONE_ICONS = {
    Tone.PLAIN: "dot",
    Tone.QUIET: "pause",
    Tone.DONE: "check",
    Tone.SOON: "clock",
    Tone.LATE: "alert",
}


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list; `language` where its label is in a language other than the page's."""

    value: str
    label: str
    hint: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right, and the field it belongs to (element id, without `#`)."""

    field_id: str
    message: str


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the path to this page; the last one has no address."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A view of the same thing with its own address."""

    label: str
    url: str
    is_current: bool = False
    count: int | str | None = None


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A question and its answer; `change_url` leads to where it can be changed."""

    key: str
    value: str
    change_url: str = ""
    change_label: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A part of something longer."""

    label: str
    url: str
    status: str
    tone: Tone = Tone.QUIET
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """An entry of a timeline, newest first: what happened, when, who, and (for what is still to come) nothing yet."""

    title: str
    at: datetime | None = None
    by: str = ""
    text: str = ""
    is_now: bool = False
    is_ahead: bool = False
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A line of the reckoning in plain words."""

    what: str
    amount: str


@dataclass(frozen=True, slots=True)
class Clock:
    """How much of the promised time has run. `share` is 0–100; `left` is already said like a person says it."""

    due: str
    left: str
    share: int
    tone: Tone = Tone.PLAIN
    is_paused: bool = False
    lines: tuple[ClockLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `is_number` aligns right, `is_code` never breaks within a cell."""

    label: str
    is_number: bool = False
    is_sortable: bool = False
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: text, optionally a link, optionally a tag."""

    text: str
    url: str = ""
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Where keyset pagination can go from here; addresses keep the filters."""

    next_url: str = ""
    first_url: str = ""
    shown: int = 0


@dataclass(frozen=True, slots=True)
class Key:
    """A key of this page, for the `?` dialog."""

    key: str
    does: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: columns and rows of cells, with the words for screen readers."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]] = field(default_factory=tuple)
