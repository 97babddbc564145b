"""Reading what administrators type: days in three boxes, hours as people write them."""

import re
from collections.abc import Mapping
from datetime import date, time

from django.utils.translation import gettext

_HOURS = re.compile(r"(\d{1,2})[:hg.](\d{2})?\s*[-–—]\s*(\d{1,2})[:hg.](\d{2})?")
_OPEN_ENDED = re.compile(r"[\s,;]*")


def text_of(post: Mapping[str, object], name: str) -> str:
    """A posted text without its edges."""
    return str(post.get(name) or "").strip()


def day_of(
    post: Mapping[str, object], name: str, faults: dict[str, str], *, optional: bool = False
) -> date | None:
    """A day typed in three boxes; a fault beside the field where there is none."""
    typed = [text_of(post, f"{name}.{part}") for part in "ymd"]
    if optional and not any(typed):
        return None
    try:
        return date(*(int(part[:4]) for part in typed))
    except ValueError:
        faults[name] = gettext("Nhập ngày, tháng và năm đủ bốn chữ số.")
        return None


def typed_day(post: Mapping[str, object], name: str) -> dict[str, str]:
    """The three boxes as typed, to be shown again."""
    return {part: text_of(post, f"{name}.{part}") for part in "dmy"}


def hours_of(text: str) -> list[tuple[time, time]] | None:
    """`07:30–11:30, 13:30–17:30` → pairs; empty means closed; None where it is not readable."""
    found = [
        (int(begin), int(begin_minute or 0), int(end), int(end_minute or 0))
        for begin, begin_minute, end, end_minute in _HOURS.findall(text)
    ]
    if not _OPEN_ENDED.fullmatch(_HOURS.sub("", text)):
        return None
    try:
        return [(time(a, b), time(c, d)) for a, b, c, d in found]
    except ValueError:
        return None


def hours_words(intervals: tuple[tuple[time, time], ...]) -> str:
    """`07:30–11:30, 13:30–17:30`; a closed day says so."""
    written = ", ".join(f"{begin:%H:%M}–{end:%H:%M}" for begin, end in intervals)
    return written or gettext("Không làm việc")
