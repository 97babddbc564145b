"""Procedures described by hand in JSON: the demo pack, and what a province writes for its own procedures.

A description says once what holds for all cases (`limits`, `fees`), and per case only what differs. Limits are
`{"all" | channel: [amount, unit]}`; fees name their `channels` (or "all") and state an
`amount` or a `rule` (rules.fees); `process` is a list of steps, or
`"standard"` for the statutory sequence shared out over the shortest limit; `form` names a form file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from motcua.catalogue.errors import ContentInvalid
from motcua.catalogue.rules.codec import (
    VersionContent,
    content_of,
    fee_in,
    form_digest,
    limits_of,
    process_in,
)
from motcua.catalogue.rules.forms.composing import composed
from motcua.catalogue.rules.process import shortest, standard_process
from motcua.catalogue.rules.types import Case, Component, Form, LimitRow, ResultKind
from motcua.catalogue.words import Channel, DigitizationClass, LifeEvent, PriorityList
from motcua.kernel.calendar import Limit, LimitUnit


@dataclass(frozen=True, slots=True)
class PackEntry:
    content: VersionContent
    decision: str
    effective_from: date
    life_events: tuple[LifeEvent, ...]
    priorities: tuple[tuple[PriorityList, date], ...]


def read_entry(value: Mapping[str, Any], *, forms: Mapping[str, Mapping[str, Any]], origin: str) -> PackEntry:
    """One description as content. Refuses: ContentInvalid, naming the code and what is wrong."""
    try:
        return _entry(value, forms, origin)
    except (KeyError, TypeError, ValueError, ArithmeticError) as wrong:
        raise ContentInvalid(
            code=value.get("code", "?"), reason=f"{type(wrong).__name__}: {wrong}"
        ) from wrong


def _entry(value: Mapping[str, Any], forms: Mapping[str, Mapping[str, Any]], origin: str) -> PackEntry:
    cases = tuple(_case(case, value) for case in value["cases"])
    process = value.get("process", "standard")
    form = value.get("form")
    content = content_of(
        value,
        results=tuple(
            ResultKind(r["code"], r["name"], r.get("kind", r["code"]), r.get("name_en", ""))
            for r in value["results"]
        ),
        cases=cases,
        form=_form(form, forms[form]) if form else None,
        process=standard_process(shortest(limits_of(cases)))
        if process == "standard"
        else process_in(process),
        origin=origin,
    )
    return PackEntry(
        content=content,
        decision=value.get("decision", ""),
        effective_from=date.fromisoformat(value["effective_from"]),
        life_events=tuple(LifeEvent(event) for event in value.get("life_events", ())),
        priorities=tuple(
            (PriorityList(name), date.fromisoformat(day)) for name, day in value.get("priorities", ())
        ),
    )


def _form(key: str, value: Mapping[str, Any]) -> Form:
    """A form as people write it (`rules.forms.composing`), or its schema and screen."""
    if "schema" not in value:
        return composed(key, value)
    return Form(key, value["schema"], value["ui"], form_digest(value["schema"], value["ui"]))


def _case(case: Mapping[str, Any], whole: Mapping[str, Any]) -> Case:
    limits, fees = case.get("limits", whole.get("limits", {})), case.get("fees", whole.get("fees", ()))
    components = [*whole.get("components", ()), *case.get("components", ())]
    return Case(
        key=case["key"],
        name=case["name"],
        name_en=case.get("name_en", ""),
        components=tuple(_component(component) for component in components),
        limits=tuple(
            LimitRow(channel, Limit(Decimal(str(amount)), LimitUnit(unit)))
            for name, (amount, unit) in limits.items()
            for channel in _channels(name)
        ),
        fees=tuple(fee_in(fee, channel) for fee in fees for channel in _channels(fee.get("channels", "all"))),
    )


def _channels(named: str | list[str]) -> tuple[Channel, ...]:
    if named == "all":
        return tuple(Channel)
    return tuple(Channel(name) for name in ([named] if isinstance(named, str) else named))


def _component(value: Mapping[str, Any]) -> Component:
    return Component(
        key=value["key"],
        name=value["name"],
        name_en=value.get("name_en", ""),
        kind_code=value.get("kind", ""),
        originals=value.get("originals", 0),
        copies=value.get("copies", 0),
        electronic=value.get("electronic", 0),
        is_required=value.get("required", True),
        must_digitize=DigitizationClass(value["digitize"]) if value.get("digitize") else None,
        condition=value.get("condition", ""),
        is_shown_only=value.get("shown_only", False),
    )
