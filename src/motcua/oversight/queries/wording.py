"""Words of figures in the language of the reader, and numbers as people write them."""

from __future__ import annotations

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


def count_text(number: object) -> str:
    """A whole number with groups of three (12.903, in English 12,903); a missing one is "–"."""
    return grouped(f"{number:,}") if isinstance(number, int) else NOTHING


def figure_text(figure: object) -> str:
    """A share in percent with two decimals (90,34 %), the count itself where the figure is no share, "–" over nothing."""
    if not isinstance(figure, Figure):
        return NOTHING
    if figure.denominator is None:
        return count_text(figure.numerator)
    return NOTHING if figure.percent is None else grouped(f"{figure.percent:.2f}") + " %"


def grouped(text: str) -> str:
    """A number written the English way, in the way of the reader."""
    return text if in_english() else text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def _measure(key: str) -> str:
    measure = BY_KEY[key]
    return measure.en if in_english() else measure.vi
