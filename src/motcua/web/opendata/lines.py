"""Hundreds of units as map and table: every row is put into words once, then written without a template.

What is written here is escaped here; names come from the directory, everything else is a number or a word of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from motcua.oversight import queries
from motcua.oversight.queries import Board, BoardRow, Numbers, Place
from motcua.web.opendata import words
from motcua.web.opendata.choice import Choice

#: Names are written on a map of so many units at most.
_NAMED = 30
#: How wide a letter of a name is, about, in the units of the drawing; a name that does not fit is left to the table.
_LETTER = 9.0
_PLACE = "unit"


@dataclass(frozen=True, slots=True)
class Line:
    """One unit in words, everything escaped. `notes` follow its name in the table, `later` its figure on the map."""

    code: str
    link: str
    name: str
    short: str
    rank: str
    numerator: str
    denominator: str
    share: str
    change: str
    notes: str
    later: str
    shade: int
    is_small: bool
    has_parts: bool


def lines_of(rows: Iterable[BoardRow], choice: Choice) -> list[Line]:
    """The rows in words of the reader's language, with the address each one opens at."""
    said = _Said(choice)
    return [said.line(row) for row in rows]


def map_of(board: Board, lines: Iterable[Line]) -> SafeString:
    """The shapes of the units as links, out of the order of tabs: the table beside them has the same; then their names."""
    shapes = board.drawing.shapes
    drawn = [(line, shapes[line.code]) for line in lines if line.code in shapes]
    parts = [_shape(line, shape.path) for line, shape in drawn]
    if len(shapes) <= _NAMED:
        parts += [
            f'<text class="od-name od-on{line.shade}" x="{shape.middle[0]:.0f}" y="{shape.middle[1]:.0f}" '
            f'aria-hidden="true">{line.short}</text>'
            for line, shape in drawn
            if shape.middle is not None and len(line.short) * _LETTER <= shape.room
        ]
    return mark_safe("".join(parts))  # noqa: S308 - every line is escaped where it is made


def rows_of(lines: Iterable[Line]) -> SafeString:
    """The rows of the ranked table."""
    small = escape(gettext("mẫu số nhỏ"))
    mark = f' <abbr title="{small}">*</abbr>'
    return mark_safe(  # noqa: S308 - every line is escaped where it is made
        "".join(
            f'<tr><td class="od-rank">{line.rank}</td><th scope="row"><a class="govuk-link" href="{line.link}">'
            f"{line.name}</a>{mark if line.is_small else ''}{line.notes}</th>"
            f'<td class="mc-table__number od-count">{line.numerator}</td>'
            f'<td class="mc-table__number od-count od-of">{line.denominator}</td>'
            f'<td class="mc-table__number od-share"><strong>{line.share}</strong></td>'
            f'<td class="mc-table__number od-change">{line.change}</td></tr>\n'
            for line in lines
        )
    )


def _shape(line: Line, path: str) -> str:
    marked = " od-small" if line.is_small or line.later else ""
    counts = f" ({line.numerator}/{line.denominator})" if line.has_parts else ""
    return (
        f'<a href="{line.link}" tabindex="-1"><path class="od-s{line.shade}{marked}" d="{path}">'
        f"<title>{line.name}: {line.share}{counts}{line.later}</title></path></a>\n"
    )


class _Said:
    """What all rows of a page have in common, asked once: language, address, words."""

    def __init__(self, choice: Choice) -> None:
        self._numbers: Numbers = queries.numbers()
        self._head, _, tail = reverse("opendata:explain", args=[_PLACE]).rpartition(_PLACE)
        self._tail = escape(f"{tail}?{choice.query}")
        self._is_comparable = choice.is_comparable
        self._folded, self._widened = gettext("gồm cả"), gettext("từ sau ngày của bản đồ gồm cả")
        self._shared = gettext("sau sắp xếp chung số với %(name)s: %(value)s")

    def line(self, row: BoardRow) -> Line:
        figure, number = row.figure, self._numbers
        later = [
            escape(self._shared % {"name": left.place.name, "value": number.figure(left.figure)})
            for left in row.shared
            if left.place is not None
        ]
        return Line(
            code=row.place.code,
            link=f"{escape(self._head)}{quote(row.place.code)}{self._tail}",
            name=escape(row.place.name),
            short=escape(words.short_place(row.place.name)),
            rank=str(row.rank or queries.NOTHING),
            numerator=number.count(figure.numerator),
            denominator=number.count(figure.denominator),
            share=number.figure(figure),
            change=number.signed(row.change) if self._is_comparable else queries.NOTHING,
            notes=self._notes(row, later),
            later="".join(f"; {one}" for one in later),
            shade=row.shade,
            is_small=row.is_small,
            has_parts=figure.denominator is not None,
        )

    def _notes(self, row: BoardRow, later: Sequence[str]) -> str:
        notes = list(later)
        for lead, places in ((self._widened, row.widened), (self._folded, row.folded)):
            if places:
                notes.insert(0, f"{escape(lead)} {_names(places)}")
        return "".join(f'<br><span class="mc-muted">{note}</span>' for note in notes)


def _names(places: Iterable[Place]) -> str:
    return escape(", ".join(place.name for place in places))
