"""The dossiers behind a count: every figure opens to its list, within the rights of who asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from django.db import connection
from django.db.models import F, Q
from django.db.models.lookups import Exact

from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.oversight.models import CountedDossier
from motcua.oversight.queries.live import figures_by_agency
from motcua.oversight.queries.rights import authorise_unit, is_province
from motcua.oversight.rules.indicators import Attribution, Indicator
from motcua.oversight.rules.linear import Linear, Term, Window
from motcua.oversight.rules.measures import BY_KEY, FLAG, CountingDay
from motcua.oversight.rules.periods import Period, so_far

#: Where the agency stands in the key of a cell.
_PLACES = {"province": 1, "receiving": 2, "competent": 3}


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
    """A page of the dossiers counted in the numerator or denominator (`part`) of an agency's or a province's figure.

    In the order of the day they were counted on where the figure has one, else by unit (of a province) and identifier. A
    dossier stands in the list when it adds to the count. Needs `oversight.read` in the agency; raises `PermissionRefused`.
    """
    authorise_unit(actor, agency)
    period = so_far(period, clock.today())
    form = indicator.numerator if part == "numerator" else indicator.denominator
    if form is None:
        return []
    asked = _Asked(form, period, _column(indicator, agency), agency)
    flow = _day_of(form)
    if flow in _FLOWS:
        found = _by_day(asked, flow, after, limit)
    elif asked.column == "province":
        found = _by_unit(asked, indicator, part, after, limit)
    else:
        found = _by_id(asked, after)
    return list(islice((_row(row) for row in found if asked.amount_of(row) > 0), limit))


@dataclass(frozen=True, slots=True)
class _Asked:
    """Whose count of what: the form, the period, the agency or province, and the column it stands in."""

    form: Linear
    period: Period
    column: str
    agency: str

    def amount_of(self, row: CountedDossier) -> int:
        return amount_of(row, self.form, self.period, self.column, self.agency)


def _row(row: CountedDossier) -> CountedRow:
    return CountedRow(
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


#: Days by which a list can be walked, and whose roll-ups tell on which of them there is anything.
_FLOWS = {"ended_on": ("competent", "c"), "received_on": ("receiving", "r")}
_SIDES = {"competent": "c", "receiving": "r"}


def _day_of(form: Linear) -> str:
    """The day that all terms of a form of flows are counted on; empty where they differ or the form holds stocks."""
    days = {
        str(BY_KEY[term.measure].counted_on)
        for term in form.terms
        if term.window is Window.WITHIN and term.factor > 0
    }
    is_plain = len(days) == 1 and all(term.window is Window.WITHIN for term in form.terms)
    return days.pop() if is_plain else ""


def _by_day(asked: _Asked, flow: str, after: UUID | None, limit: int) -> Iterator[CountedDossier]:
    """Rows by day, agency and identifier. The roll-ups tell on which days an agency has any, so that only those are read,
    however rare they are among millions."""
    column, side = _FLOWS[flow]
    if asked.column != "province":
        column, side = asked.column, _SIDES[asked.column]
    first: tuple[date, str, UUID | None] = (asked.period.first, "", None)
    if after is not None:
        day, place = CountedDossier.objects.values_list(flow, column).get(pk=after)
        first = (day, place, after)
    while days := _days_with(asked, side, first, limit):
        yield from _rows_of(asked, flow, column, days, first)
        # What follows is in later cells: behind the last one read.
        first = (days[-1][0], days[-1][1] + "\x01", None)


def _days_with(
    asked: _Asked, side: str, first: tuple[date, str, UUID | None], limit: int
) -> list[tuple[date, str]]:
    """The next days and agencies that hold as many of the wanted as a page shows (a little more, for what was shown)."""
    measures = [term.measure for term in asked.form.terms if term.factor > 0]
    amount = " + ".join(measures)
    mine = "agency LIKE %s" if asked.column == "province" else "agency = %s"
    unit = f"{asked.agency}.%" if asked.column == "province" else asked.agency
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT bucket, agency, {amount} FROM oversight_rollup WHERE side = %s AND procedure = '' "  # noqa: S608 - measures are constants
            f"AND grain = 'd' AND bucket BETWEEN %s AND %s AND {mine} AND (bucket, agency) >= (%s, %s) "
            f"AND {amount} <> 0 ORDER BY bucket, agency LIMIT %s",
            [side, first[0], asked.period.last, unit, first[0], first[1], limit + 1],
        )
        rows = cursor.fetchall()
    kept: list[tuple[date, str]] = []
    held = 0
    for day, agency, count in rows:
        kept.append((day, agency))
        # The first cell may have been shown in part already.
        held += count if len(kept) > 1 or first[2] is None else 0
        if held >= limit:
            break
    return kept


def _rows_of(
    asked: _Asked, flow: str, column: str, days: list[tuple[date, str]], first: tuple[date, str, UUID | None]
) -> Iterator[CountedDossier]:
    mask = sum({FLAG[term.measure] for term in asked.form.terms if term.factor > 0})
    start = "AND (p.place > 1 OR d.dossier_id > %s)" if first[2] is not None else ""
    more = [first[2]] if first[2] is not None else []
    return iter(
        CountedDossier.objects.raw(
            "SELECT d.* FROM unnest(%s::date[], %s::text[]) WITH ORDINALITY AS p(day, agency, place) "  # noqa: S608 - columns are constants
            f"JOIN oversight_counteddossier d ON d.{column} = p.agency AND d.{flow} = p.day "
            f"WHERE d.flags & %s <> 0 {start} ORDER BY p.place, d.dossier_id",
            [[day for day, _ in days], [agency for _, agency in days], mask, *more],
        )
    )


def _by_unit(
    asked: _Asked, indicator: Indicator, part: str, after: UUID | None, limit: int
) -> Iterator[CountedDossier]:
    """A province's rows by unit and identifier: the figures of its units tell where there are any, so that only those are
    looked into, however few they are among millions."""
    column = "receiving" if indicator.side is Attribution.RECEIVING else "competent"
    units = _units_with(asked, indicator, part)
    start = "" if after is None else CountedDossier.objects.values_list(column, flat=True).get(pk=after)
    waiting = sorted(unit for unit in units if unit >= start)
    while waiting:
        held, group = 0, list[str]()
        for unit in waiting:
            group.append(unit)
            held += units[unit] if unit != start else 0  # the first may have been shown in part already
            if held >= limit:
                break
        yield from _rows_of_units(asked, column, group, after if group[0] == start else None)
        waiting = waiting[len(group) :]


def _units_with(asked: _Asked, indicator: Indicator, part: str) -> dict[str, int]:
    """How many each unit of the province counts; also those that took dossiers over since, for these stand there now."""
    found = {
        unit: int(getattr(figures[indicator.key], part) or 0)
        for unit, figures in figures_by_agency([indicator], asked.period).items()
        if unit.startswith(f"{asked.agency}.")
    }
    units = {unit: count for unit, count in found.items() if count > 0}
    if indicator.side is not Attribution.RECEIVING:
        for unit in _taken_over_since(asked.period.last, asked.agency):
            units.setdefault(unit, 0)
    return units


def _taken_over_since(day: date, province: str) -> list[str]:
    """Units that took dossiers over in the year of a day or later."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT agency FROM oversight_rollup WHERE side = 'c' AND procedure = '' AND grain = 'y' "
            "AND bucket >= %s AND agency LIKE %s AND taken_over > 0",
            [day.replace(month=1, day=1), f"{province}.%"],
        )
        return [unit for (unit,) in cursor.fetchall()]


def _rows_of_units(
    asked: _Asked, column: str, units: list[str], after: UUID | None
) -> Iterator[CountedDossier]:
    rows = CountedDossier.objects.filter(**{f"{column}__in": units})
    rows = rows.filter(_candidates(asked.form, asked.period)).order_by(column, "dossier_id")
    place = units[0]
    while True:
        left = (
            rows
            if after is None
            else rows.filter(Q(**{f"{column}__gt": place}) | Q(pk__gt=after, **{column: place}))
        )
        keys = list(left.values_list(column, "pk")[:_STEP])
        if not keys:
            return
        found = CountedDossier.objects.in_bulk([pk for _, pk in keys])
        yield from (found[pk] for _, pk in keys)
        place, after = keys[-1]


def _by_id(asked: _Asked, after: UUID | None) -> Iterator[CountedDossier]:
    """Rows by identifier, for forms that hold stocks: identifiers first, for the cells that decide are wide."""
    rows = CountedDossier.objects.filter(**{asked.column: asked.agency})
    rows = rows.filter(_candidates(asked.form, asked.period)).order_by("dossier_id")
    while ids := list((rows.filter(pk__gt=after) if after else rows).values_list("pk", flat=True)[:_STEP]):
        yield from CountedDossier.objects.filter(pk__in=ids).order_by("dossier_id")
        after = ids[-1]


_STEP = 200


def _column(indicator: Indicator, agency: str) -> str:
    """Which agency of a dossier the figure is attributed to; a province has them all."""
    if is_province(agency):
        return "province"
    return "receiving" if indicator.side is Attribution.RECEIVING else "competent"


def _candidates(form: Linear, period: Period) -> Q:
    """Rows that may add to the form, by indexed columns."""
    wanted = Q(pk__in=[])
    for term in form.terms:
        wanted |= _flow(term, period) if term.window is Window.WITHIN else _stock(term, period)
    return wanted


def _flow(term: Term, period: Period) -> Q:
    span = (period.first, period.last)
    day = BY_KEY[term.measure].counted_on
    flag = FLAG[term.measure]
    counted = Q(Exact(F("flags").bitand(flag), flag))
    if day is CountingDay.HAND_OVER:  # no column holds that day: whoever was open in the period may be meant
        return counted & Q(received_on__lte=period.last) & (Q(is_open=True) | Q(ended_on__gte=period.first))
    return Q(**{f"{day}__range": span}) & counted


def _stock(term: Term, period: Period) -> Q:
    day = period.first if term.window is Window.BEFORE else period.last
    came = Q(received_on__lt=day) if term.window is Window.BEFORE else Q(received_on__lte=day)
    still = Q(ended_on__gte=day) if term.window is Window.BEFORE else Q(ended_on__gt=day)
    return came & (Q(is_open=True) | still)


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
