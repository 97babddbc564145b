"""Words of figures in the language of the reader, and numbers as people write them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language, gettext

from motcua.oversight.rules.indicators import Figure, Indicator
from motcua.oversight.rules.linear import Linear, Window
from motcua.oversight.rules.measures import BY_KEY
from motcua.oversight.rules.periods import Period

NOTHING = "–"


def in_english() -> bool:
    """Whether the reader reads English."""
    return (get_language() or "vi").startswith("en")


def title_of(one: Indicator) -> str:
    """The name of an indicator."""
    return one.en if in_english() else one.vi


def formula_of(one: Indicator) -> str:
    """Its formula in words."""
    return one.formula_en if in_english() else one.formula_vi


def excluded_of(one: Indicator) -> str:
    """What it leaves out."""
    return one.excluded_en if in_english() else one.excluded_vi


def period_name(period: Period) -> str:
    """A period as people say it."""
    key = period.key
    if len(key) == 4:
        return gettext("Năm %(year)s") % {"year": key}
    if "Q" in key:
        return gettext("Quý %(quarter)s/%(year)s") % {"quarter": key[-1], "year": key[:4]}
    if len(key) == 7:
        return gettext("Tháng %(month)s/%(year)s") % {"month": int(key[5:]), "year": key[:4]}
    if len(key) == 10:
        return f"{period.first:%d/%m/%Y}"
    return f"{period.first:%d/%m/%Y} – {period.last:%d/%m/%Y}"


def terms_of(form: Linear) -> list[tuple[str, str, str]]:
    """Each term of a count as sign, name and window."""
    windows = {
        Window.WITHIN: gettext("trong kỳ"),
        Window.BEFORE: gettext("đầu kỳ"),
        Window.UNTIL: gettext("cuối kỳ"),
    }
    return [
        ("−" if term.factor < 0 else "+", _measure(term.measure), windows[term.window]) for term in form.terms
    ]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers in the way of one reader: for hundreds of rows the language is asked once. Nothing is "–"."""

    is_english: bool

    def count(self, number: object) -> str:
        """A whole number with groups of three: 12.903, in English 12,903."""
        return self.grouped(f"{number:,}") if isinstance(number, int) else NOTHING

    def figure(self, figure: object) -> str:
        """A share in percent with two decimals (90,34 %), the count itself where the figure is no share."""
        if not isinstance(figure, Figure):
            return NOTHING
        if figure.denominator is None:
            return self.count(figure.numerator)
        return NOTHING if figure.percent is None else self.grouped(f"{figure.percent:.2f}") + " %"

    def signed(self, value: float | None) -> str:
        """A change with its sign."""
        return NOTHING if value is None else self.grouped(f"{value:+.2f}")

    def grouped(self, text: str) -> str:
        """A number written the English way, in the way of the reader."""
        return text if self.is_english else text.translate(_VIETNAMESE)


_VIETNAMESE: Final = str.maketrans(",.", ".,")


def numbers() -> Numbers:
    """Numbers in the language of the reader."""
    return Numbers(in_english())


def count_text(number: object) -> str:
    """A whole number with groups of three (12.903, in English 12,903); a missing one is "–"."""
    return numbers().count(number)


def figure_text(figure: object) -> str:
    """A share in percent with two decimals (90,34 %), the count itself where the figure is no share, "–" over nothing."""
    return numbers().figure(figure)


def grouped(text: str) -> str:
    """A number written the English way, in the way of the reader."""
    return numbers().grouped(text)


def _measure(key: str) -> str:
    measure = BY_KEY[key]
    return measure.en if in_english() else measure.vi
