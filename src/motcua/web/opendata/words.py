"""Words of the public board: texts of rules in the language of the reader."""

from __future__ import annotations

from django.utils.translation import get_language, gettext

from motcua.oversight.queries import MEASURES_BY_KEY, Indicator, Linear, Period, Window


def in_english() -> bool:
    return (get_language() or "vi").startswith("en")


def title_of(one: Indicator) -> str:
    return one.en if in_english() else one.vi


def formula_of(one: Indicator) -> str:
    return one.formula_en if in_english() else one.formula_vi


def excluded_of(one: Indicator) -> str:
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


def _measure(key: str) -> str:
    measure = MEASURES_BY_KEY[key]
    return measure.en if in_english() else measure.vi
