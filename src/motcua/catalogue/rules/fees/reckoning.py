"""Fees of a case on a channel, reckoned on the facts of a dossier: the expression, then the highest relief that applies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from motcua.catalogue.rules.fees.expressions import Scope, work_out
from motcua.catalogue.rules.fees.facts import WHOLE, FeeFacts, FeeReckoning, ReckonedFee, ReliefGiven
from motcua.catalogue.rules.fees.words import say
from motcua.catalogue.rules.types import Case, FeeRow
from motcua.catalogue.words import Channel


def reckon_fees(case: Case, channel: Channel, facts: FeeFacts, *, english: bool = False) -> FeeReckoning:
    """Every fee of the case on the channel; a case that states none has an unknown sum, not a free one.

    A channel of which the source says nothing costs what the desk's costs, as with time limits.
    """
    rows = case.fees_for(channel)
    return FeeReckoning(tuple(reckon_fee(row, facts, english=english) for row in rows))


def reckon_fee(row: FeeRow, facts: FeeFacts, *, english: bool = False) -> ReckonedFee:
    """One fee. Several reliefs do not add up: the highest applies (Resolution 66.22/2026/NQ-CP)."""
    relief = _highest(_due_reliefs(row, facts))
    if row.rule is None:
        number, formula = None if row.amount is None else Decimal(row.amount), ""
        missing = row.note or say("not_stated", english)
    else:
        worked = work_out(row.rule["amount"], Scope(facts.data, facts.on, english=english))
        number, formula, missing = worked.number, worked.formula, worked.missing or row.note
    full = None if number is None else _whole(number)
    if relief is not None and relief.percent == WHOLE:
        return ReckonedFee(row, 0, full, formula, relief)
    if full is None:
        return ReckonedFee(row, None, None, formula, relief, missing)
    kept = WHOLE - (relief.percent if relief else 0)
    return ReckonedFee(row, _whole(Decimal(full) * kept / WHOLE), full, formula, relief)


def describe_fee(row: FeeRow, on: date, *, english: bool = False) -> str:
    """The rate in words, before anything is known of a dossier; "" for a plain amount."""
    if row.rule is None:
        return ""
    return work_out(row.rule["amount"], Scope(None, on, english=english)).formula


def _due_reliefs(row: FeeRow, facts: FeeFacts) -> Iterable[ReliefGiven]:
    for ground in row.exemptions:
        if ground in facts.grounds:
            yield ReliefGiven(ground, WHOLE)
    for relief in row.reliefs:
        if not relief.holds_on(facts.on):
            continue
        if relief.level:
            for benefit in facts.benefits:
                if benefit.level == relief.level and benefit.holds_on(facts.on):
                    yield ReliefGiven(relief.ground, relief.percent, benefit.source, relief.basis)
        elif relief.ground in facts.grounds:
            yield ReliefGiven(relief.ground, relief.percent, "", relief.basis)


def _highest(reliefs: Iterable[ReliefGiven]) -> ReliefGiven | None:
    return max(reliefs, key=lambda one: one.percent, default=None)


def _whole(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))
