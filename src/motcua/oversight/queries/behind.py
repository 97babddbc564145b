"""The dossiers behind a count: every figure opens to its list, within the rights of who asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.lookups import Exact

from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.oversight.models import CountedDossier
from motcua.oversight.queries.rights import authorise_unit, is_province
from motcua.oversight.rules.indicators import Indicator, Side
from motcua.oversight.rules.linear import Linear, Term, Window
from motcua.oversight.rules.measures import POSITION
from motcua.oversight.rules.periods import Period, so_far

#: Where the agency stands in the key of a cell.
_PLACES = {"province": 1, "receiving": 2, "competent": 3}
_AT_END = frozenset(
    {
        "resolved",
        "early",
        "on_time",
        "late",
        "late_statutory",
        "resolved_in_time_national",
        "refused_on_merits",
        "withdrawn",
        "stopped",
        "extended",
        "supplemented",
        "supplemented_again",
        "resolved_written",
        "e_result",
        "result_shared",
        "online_complete",
    }
)


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One dossier of a list."""

    dossier_id: UUID
    code: str
    procedure: str
    receiving: str
    competent: str
    outcome: str
    verdict: str
    received_on: date | None
    due_on: date | None
    ended_on: date | None


def dossiers_behind(
    *,
    actor: Actor,
    indicator: Indicator,
    part: str,
    period: Period,
    agency: str,
    after: UUID | None = None,
    limit: int = 50,
) -> list[CountedRow]:
    """A page of the dossiers counted in the numerator or denominator (`part`) of an agency's or a province's figure, by
    identifier.

    A dossier stands in the list when it adds to the count. Needs `oversight.read` in the agency; raises
    `PermissionRefused`.
    """
    authorise_unit(actor, agency)
    period = so_far(period, clock.today())
    form = indicator.numerator if part == "numerator" else indicator.denominator
    if form is None:
        return []
    column = _column(indicator, agency)
    rows = CountedDossier.objects.filter(**{column: agency})
    if after is not None:
        rows = rows.filter(dossier_id__gt=after)
    found = rows.filter(_candidates(form, period)).order_by("dossier_id")
    result: list[CountedRow] = []
    for row in _matching(found, form, period, column, agency):
        result.append(row)
        if len(result) == limit:
            break
    return result


def _column(indicator: Indicator, agency: str) -> str:
    """Which agency of a dossier the figure is attributed to; a province has them all."""
    if is_province(agency):
        return "province"
    return "receiving" if indicator.side is Side.RECEIVING else "competent"


def _candidates(form: Linear, period: Period) -> Q:
    """Rows that may add to the form, by indexed columns."""
    wanted = Q(pk__in=[])
    for term in form.terms:
        wanted |= _flow(term, period) if term.window is Window.WITHIN else _stock(term, period)
    return wanted


def _flow(term: Term, period: Period) -> Q:
    span = (period.first, period.last)
    days = (
        "ended_on"
        if term.measure in _AT_END
        else "handed_over_on"
        if term.measure == "handed_over"
        else "received_on"
    )
    if term.measure == "refused_at_door":
        days = "ended_on"
    bit = 1 << POSITION[term.measure]
    return Q(**{f"{days}__range": span}) & Q(Exact(F("flags").bitand(bit), bit))


def _stock(term: Term, period: Period) -> Q:
    day = period.first if term.window is Window.BEFORE else period.last
    came = Q(received_on__lt=day) if term.window is Window.BEFORE else Q(received_on__lte=day)
    still = Q(ended_on__gte=day) if term.window is Window.BEFORE else Q(ended_on__gt=day)
    return came & (Q(is_open=True) | still)


def _matching(
    rows: QuerySet[CountedDossier], form: Linear, period: Period, column: str, agency: str
) -> Iterator[CountedRow]:
    for row in rows.iterator(chunk_size=500):
        if amount_of(row, form, period, column, agency) > 0:
            yield CountedRow(
                row.dossier_id,
                row.code,
                row.procedure,
                row.receiving,
                row.competent,
                row.outcome,
                row.verdict,
                row.received_on,
                row.due_on,
                row.ended_on,
            )


def amount_of(row: CountedDossier, form: Linear, period: Period, column: str, agency: str) -> int:
    """What one dossier adds to a form: read from the very cells that were added to the facts."""
    place = _PLACES[column]
    total = 0
    for day_text, *key, counts in row.cells:
        if key[place - 1] != agency:
            continue
        day = date.fromisoformat(day_text)
        for term in form.terms:
            if term.measure in counts and _is_in(day, term.window, period):
                total += term.factor * counts[term.measure]
    return total


def _is_in(day: date, window: Window, period: Period) -> bool:
    match window:
        case Window.WITHIN:
            return period.first <= day <= period.last
        case Window.BEFORE:
            return day < period.first
        case Window.UNTIL:
            return day <= period.last


def count_behind(*, actor: Actor, indicator: Indicator, part: str, period: Period, agency: str) -> int:
    """The count of a figure made from its list, one dossier at a time: the slow way, for checking the fast one."""
    authorise_unit(actor, agency)
    period = so_far(period, clock.today())
    form = indicator.numerator if part == "numerator" else indicator.denominator
    if form is None:
        return 0
    column = _column(indicator, agency)
    rows = CountedDossier.objects.filter(**{column: agency}).filter(_candidates(form, period))
    return sum(amount_of(row, form, period, column, agency) for row in rows.iterator(chunk_size=500))
