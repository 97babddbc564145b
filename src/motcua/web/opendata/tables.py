"""The same numbers as CSV, streamed: what the public recomputes from."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from motcua.kernel.cells import as_text
from motcua.oversight import queries
from motcua.oversight.queries import Place
from motcua.web.opendata.choice import choice_of
from motcua.web.opendata.scope import board_of, scope_of
from motcua.web.opendata.wire import public

_BOM = "\ufeff"  # spreadsheets need it to read Vietnamese


class _Echo:
    def write(self, line: str) -> str:
        return line


@require_safe
@public
def board_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The ranked table: unit, its two counts, percent, rank; then the rest, so that the counts add up to the province."""
    choice = choice_of(request)
    found = board_of(choice)
    head = (
        "unit",
        "name",
        "level",
        "gso",
        "indicator",
        "period",
        "numerator",
        "denominator",
        "percent",
        "rank",
        "units_of",
        "part",
        "with",
    )
    same = (choice.indicator.key, choice.period.key)
    on = found.units.on.isoformat() if found.units.is_folded else ""
    rows = [
        (
            *_unit(row.place),
            *same,
            row.figure.numerator,
            row.figure.denominator,
            row.figure.percent,
            row.rank,
            on,
            "map" if row.place.level == found.layer else "office",
            " ".join(place.code for place in row.folded),
        )
        for row in (*found.rows, *found.offices)
    ]
    rows += [
        (
            *_unit(row.place),
            *same,
            row.figure.numerator,
            row.figure.denominator,
            row.figure.percent,
            None,
            on,
            row.fate.value,
            " ".join(place.code for place in row.others),
        )
        for row in found.rest
    ]
    return _answer(f"{choice.indicator.key}_{choice.period.key}", head, rows)


@require_safe
@public
def inputs_csv(request: HttpRequest, unit: str) -> StreamingHttpResponse:
    """Day by day, every measure the figure is made of; their sums give the two counts."""
    choice = choice_of(request)
    scope = scope_of(choice, unit)
    keys = list(queries.measures_of(choice.indicator))
    head = ("unit", "day", *keys)
    rows = (
        (agency, day.isoformat(), *(counts[key] for key in keys))
        for agency, day, counts in queries.daily(
            [place.code for place in scope.members], side=scope.side, keys=keys, period=choice.period
        )
    )
    return _answer(f"{unit}_{choice.indicator.key}_{choice.period.key}", head, rows)


@require_safe
@public
def services_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every procedure of the catalogue with its online level and its dossiers: what 3.1 and 3.2 are counted from."""
    choice = choice_of(request)
    offer = queries.offer_of(choice.province, choice.period)
    rows = queries.services_of(offer) if offer else ()
    head = ("procedure", "title", "level", "received_online", "received")
    lines = ((row.code, row.title, row.level, row.filed.numerator, row.filed.denominator) for row in rows)
    return _answer(f"services_{choice.period.key}", head, lines)


def _unit(place: Place | None) -> tuple[str, str, str, str]:
    return (place.code, place.name, place.level, place.gso) if place is not None else ("", "", "", "")


def _answer(name: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    writer = csv.writer(_Echo())

    def lines() -> Iterator[str]:
        yield _BOM
        yield writer.writerow(head)
        for row in rows:
            yield writer.writerow("" if value is None else as_text(value) for value in row)

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name.replace("/", "_")}.csv"'
    return response
