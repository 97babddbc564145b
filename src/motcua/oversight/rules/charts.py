"""Charts as values and as SVG: drawn here, so that page, PDF and DOCX show one picture of the numbers of one table.

No colour alone: every bar carries its number, every series its name and its own lightness. Presentation attributes only,
for our pages forbid inline styles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Final

WIDTH: Final = 640
_BAR: Final = 22
_GAP: Final = 10
_LABELS: Final = 246  # 32 letters of the page's font, as many as `_short` leaves
_NUMBERS: Final = 76
_INK, _SOFT, _LINE = "#1d2730", "#4a5866", "#cfd6dc"
_SERIES: Final = ("#00285e", "#8f8d78")
_LATE: Final = "#b3261e"
_TALL: Final = 180


class ChartKind(StrEnum):
    """Bars lie, one per label, for names; columns stand side by side, for time."""

    BARS = "bars"
    COLUMNS = "columns"


@dataclass(frozen=True, slots=True)
class Series:
    """A row of numbers (None: nothing to show) and the words printed for each."""

    name: str
    values: Sequence[float | None]
    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table. `late` are the places of labels that mean time run out; `most` fixes the end of the scale."""

    title: str
    kind: ChartKind
    labels: Sequence[str]
    series: Sequence[Series]
    late: frozenset[int] = frozenset()
    most: float | None = None


def svg_of(chart: Chart, *, font: str = "Be Vietnam Pro, sans-serif", key: str = "chart") -> str:
    """The chart as an SVG element; its title and every number are read out. `key` makes its ids unique on a page."""
    body, height = _bars(chart) if chart.kind is ChartKind.BARS else _columns(chart)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="{key}-title" font-family="{escape(font)}" font-size="14" fill="{_INK}">'
        f'<title id="{key}-title">{escape(_said(chart))}</title>{body}</svg>'
    )


def height_of(chart: Chart) -> int:
    """How tall the drawing is, where it is `WIDTH` wide."""
    return (_bars(chart) if chart.kind is ChartKind.BARS else _columns(chart))[1]


def _said(chart: Chart) -> str:
    """The whole chart in one sentence, for those who listen."""
    parts = []
    for place, label in enumerate(chart.labels):
        numbers = ", ".join(
            f"{one.name} {one.words[place]}" if len(chart.series) > 1 else one.words[place]
            for one in chart.series
        )
        parts.append(f"{label}: {numbers}")
    return f"{chart.title}. " + "; ".join(parts)


def _most(chart: Chart) -> float:
    known = [value for one in chart.series for value in one.values if value is not None]
    return chart.most or max(known, default=0) or 1


def _bars(chart: Chart) -> tuple[str, int]:
    (series, *_), most = chart.series, _most(chart)
    room = WIDTH - _LABELS - _NUMBERS
    parts, top = [], 4
    for place, label in enumerate(chart.labels):
        value = series.values[place]
        length = 0 if value is None else max(1 if value else 0, room * min(value, most) / most)
        fill = _LATE if place in chart.late else _SERIES[0]
        middle = top + _BAR // 2 + 5
        parts.append(
            f'<text x="{_LABELS - 10}" y="{middle}" text-anchor="end">{escape(_short(label, 32))}</text>'
            f'<rect x="{_LABELS}" y="{top}" width="{length:.1f}" height="{_BAR}" fill="{fill}"/>'
            f'<text x="{_LABELS + length + 6:.1f}" y="{middle}">{escape(series.words[place])}</text>'
        )
        top += _BAR + _GAP
    axis = f'<path d="M{_LABELS},0V{top - _GAP + 4}" stroke="{_LINE}" fill="none"/>'
    return axis + "".join(parts), top


def _columns(chart: Chart) -> tuple[str, int]:
    most, count = _most(chart), max(len(chart.labels), 1)
    slot = WIDTH / count
    wide = min(28.0, slot * 0.8 / max(len(chart.series), 1))
    base = _TALL + 44
    # Numbers stand upright where a slot is wide enough for them, and lean where it is not.
    longest = max((len(word) for one in chart.series for word in one.words), default=1)
    leans = longest * 8 > wide + 4
    parts = [_legend(chart), f'<path d="M0,{base}H{WIDTH}" stroke="{_SOFT}" fill="none"/>']
    for place, label in enumerate(chart.labels):
        left = place * slot + (slot - wide * len(chart.series)) / 2
        for number, one in enumerate(chart.series):
            value = one.values[place]
            x = left + number * wide
            tall = 0 if value is None else (_TALL - 40) * min(value, most) / most
            centre, above = x + wide / 2, base - tall - 4
            turn = f' transform="rotate(-90 {centre + 4:.1f} {above:.1f})"' if leans else ""
            anchor = "start" if leans else "middle"
            parts.append(
                f'<rect x="{x + 1:.1f}" y="{base - tall:.1f}" width="{wide - 2:.1f}" height="{tall:.1f}" '
                f'fill="{_SERIES[number % 2]}"/>'
                f'<text x="{centre + (4 if leans else 0):.1f}" y="{above:.1f}" font-size="12" '
                f'text-anchor="{anchor}"{turn}>{escape(one.words[place])}</text>'
            )
        parts.append(
            f'<text x="{place * slot + slot / 2:.1f}" y="{base + 18}" font-size="12" fill="{_SOFT}" '
            f'text-anchor="middle">{escape(label)}</text>'
        )
    return "".join(parts), base + 28


def _legend(chart: Chart) -> str:
    if len(chart.series) < 2:
        return ""
    parts, x = [], 0
    for number, one in enumerate(chart.series):
        parts.append(
            f'<rect x="{x}" y="4" width="14" height="14" fill="{_SERIES[number % 2]}"/>'
            f'<text x="{x + 20}" y="16">{escape(one.name)}</text>'
        )
        x += 40 + 9 * len(one.name)
    return "".join(parts)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
