"""The language of fees: a small tree of JSON, worked out on the answers of a dossier, with the way shown.

An expression is a whole number (đồng, or a plain factor) or an object with one of

* `value` – a number of the form or counted at the desk (`documents.pages`; inside `sum_over` a leading dot means "of this
  item"); `else` what holds while nobody said it; `label`, `label_en` how people read it
* `add`, `multiply`, `least`, `most` – of a list of expressions; `least` is how a cap is written, `most` a floor
* `steps` – a number taken in `bands` (`{"to": 2, "rate": 2000}`, the last without `to`), each part at its own rate
* `percent`, `of` – a share (decimal text) of a value
* `sum_over`, `of` – for each item of a list
* `if`, `then`, `else` – by a condition of the forms' language, or `{"at_most": [expression, number]}`
* `days_since` – days from an answer's date to the day on which the fee is reckoned
* `unknown` – the source does not say; the text is where to look

Numbers are exact decimals; the sum is rounded to whole đồng once, half up. What is not known makes unknown whatever hangs
on it, never nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from motcua.catalogue.rules.fees.words import say
from motcua.catalogue.rules.forms.conditions import holds
from motcua.catalogue.rules.forms.layout import split, value_at
from motcua.kernel.money import show
from motcua.kernel.values import show_number

Item = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression is worked out: answers, day, the item of a list it stands in, the reader's language.

    Without answers (`data` None) the expression is only described, its values named.
    """

    data: Mapping[str, Any] | None
    on: date
    item: Item = ()
    english: bool = False


@dataclass(frozen=True, slots=True)
class Worked:
    """`number` is None where it is not known (`missing` says why) or only described. `is_sum` wants brackets."""

    number: Decimal | None
    formula: str
    missing: str = ""
    is_sum: bool = False

    @property
    def bracketed(self) -> str:
        return f"({self.formula})" if self.is_sum else self.formula


def work_out(node: Any, scope: Scope) -> Worked:
    """The value of an expression; publication has proved that it is one."""
    if isinstance(node, int):
        return Worked(Decimal(node), show(node))
    name = next(name for name in _NODES if name in node)
    return _NODES[name](node, scope)


def _value(node: Mapping[str, Any], scope: Scope) -> Worked:
    label = _label(node, scope)
    if scope.data is None:
        return Worked(None, label)
    found = value_at(scope.data, _place(node["value"], scope.item))
    number = _number(found)
    if number is None:
        number = _number(node.get("else"))
    if number is None:
        return Worked(None, label, say("not_said", scope.english, what=label))
    return Worked(number, f"{_shown(number)} {label}")


def _days_since(node: Mapping[str, Any], scope: Scope) -> Worked:
    label = _label(node, scope)
    if scope.data is None:
        return Worked(None, label)
    found = value_at(scope.data, _place(node["days_since"], scope.item))
    try:
        day = date.fromisoformat(str(found))
    except ValueError:
        return Worked(None, label, say("not_said", scope.english, what=label))
    return Worked(Decimal((scope.on - day).days), f"{(scope.on - day).days} {label}")


def _add(node: Mapping[str, Any], scope: Scope) -> Worked:
    parts = [work_out(part, scope) for part in node["add"]]
    return _together(parts, sum, " + ".join(part.formula for part in parts), is_sum=len(parts) > 1)


def _multiply(node: Mapping[str, Any], scope: Scope) -> Worked:
    parts = [work_out(part, scope) for part in node["multiply"]]

    def product(numbers: list[Decimal]) -> Decimal:
        result = Decimal(1)
        for number in numbers:
            result *= number
        return result

    return _together(parts, product, " × ".join(part.bracketed for part in parts))


def _least(node: Mapping[str, Any], scope: Scope) -> Worked:
    return _bound(node["least"], scope, min, "at_most")


def _most(node: Mapping[str, Any], scope: Scope) -> Worked:
    return _bound(node["most"], scope, max, "at_least")


def _bound(nodes: list[object], scope: Scope, pick: Callable[[list[Decimal]], Decimal], words: str) -> Worked:
    """The first is the sum, the others its bounds: they are told where they bite, and whenever a rate is described."""
    parts = [work_out(part, scope) for part in nodes]
    first, bounds = parts[0], ", ".join(part.formula for part in parts[1:])
    worked = _together(parts, pick, first.formula, is_sum=first.is_sum)
    bites = worked.number is not None and worked.number != first.number
    if bites or scope.data is None:
        said = say(words, scope.english, bound=bounds)
        return replace(worked, formula=f"{first.formula}, {said}", is_sum=True)
    return worked


def _steps(node: Mapping[str, Any], scope: Scope) -> Worked:
    base = work_out(node["steps"], scope)
    if base.number is None:
        return replace(base, formula=_described(node["bands"], base.formula, scope), is_sum=True)
    total, begun, parts = Decimal(0), Decimal(0), []
    for band in node["bands"]:
        upper = Decimal(band["to"]) if "to" in band else base.number
        share = max(Decimal(0), min(base.number, upper) - begun)
        begun = upper
        if share:
            total += share * Decimal(band["rate"])
            parts.append(f"{_shown(share)} × {show(band['rate'])}")
    return Worked(total, " + ".join(parts) or show(0), is_sum=len(parts) > 1)


def _described(bands: list[Mapping[str, Any]], what: str, scope: Scope) -> str:
    said, before = [], 0
    for band in bands:
        key = "band_to" if "to" in band else "band_rest"
        said.append(
            say(key, scope.english, rate=show(band["rate"]), what=what, since=before + 1, to=band.get("to"))
        )
        before = band.get("to", before)
    return "; ".join(said)


def _percent(node: Mapping[str, Any], scope: Scope) -> Worked:
    base = work_out(node["of"], scope)
    share = Decimal(node["percent"])
    return _together(
        [base], lambda numbers: numbers[0] * share / 100, f"{_shown(share)} % × {base.bracketed}"
    )


def _sum_over(node: Mapping[str, Any], scope: Scope) -> Worked:
    if scope.data is None:
        one = work_out(node["of"], replace(scope, item=(*split(node["sum_over"]), 0)))
        return replace(one, formula=say("each_of", scope.english, what=_label(node, scope), rate=one.formula))
    place = _place(node["sum_over"], scope.item)
    items = value_at(scope.data, place)
    if not isinstance(items, list) or not items:
        label = _label(node, scope)
        return Worked(None, label, say("not_said", scope.english, what=label))
    parts = [work_out(node["of"], replace(scope, item=(*place, at))) for at in range(len(items))]
    formula = " + ".join(part.bracketed if len(parts) > 1 else part.formula for part in parts)
    return _together(parts, sum, formula, is_sum=len(parts) > 1 or parts[0].is_sum)


def _if(node: Mapping[str, Any], scope: Scope) -> Worked:
    if scope.data is None:
        then, other = work_out(node["then"], scope), work_out(node["else"], scope)
        said = say(
            "if",
            scope.english,
            when=_label(node, scope),
            then=then.formula,
            other=other.formula or other.missing,
        )
        return Worked(None, said, is_sum=True)
    condition = node["if"]
    if "at_most" in condition:
        bound = work_out(condition["at_most"][0], scope)
        if bound.number is None:
            return bound
        is_so = bound.number <= Decimal(condition["at_most"][1])
    else:
        is_so = holds(condition, scope.data, scope.item)
    worked = work_out(node["then" if is_so else "else"], scope)
    label = _label(node, scope)
    return replace(worked, formula=f"{worked.formula} ({label})") if is_so and label else worked


def _unknown(node: Mapping[str, Any], scope: Scope) -> Worked:
    text = (node.get("unknown_en") if scope.english else "") or node["unknown"]
    return Worked(None, say("see", scope.english, text=text), text)


_NODES: dict[str, Callable[[Mapping[str, Any], Scope], Worked]] = {
    "value": _value,
    "days_since": _days_since,
    "add": _add,
    "multiply": _multiply,
    "least": _least,
    "most": _most,
    "steps": _steps,
    "percent": _percent,
    "sum_over": _sum_over,
    "if": _if,
    "unknown": _unknown,
}
NODE_NAMES = tuple(_NODES)


def _together(
    parts: list[Worked], join: Callable[[list[Decimal]], Decimal | int], formula: str, *, is_sum: bool = False
) -> Worked:
    numbers = [part.number for part in parts if part.number is not None]
    if len(numbers) < len(parts):
        missing = next((part.missing for part in parts if part.missing), "")
        return Worked(None, formula, missing, is_sum)
    return Worked(Decimal(join(numbers)), formula, is_sum=is_sum)


def _place(path: str, item: Item) -> Item:
    return (*item, *split(path[1:])) if path.startswith(".") else split(path)


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return Decimal(str(value))


def _shown(number: Decimal) -> str:
    whole = number == number.to_integral_value()
    return show_number(int(number) if whole else float(number))


def _label(node: Mapping[str, Any], scope: Scope) -> str:
    english = node.get("label_en", "")
    return str(english if scope.english and english else node.get("label", ""))
