"""The same numbers as CSV, streamed: what the public recomputes from."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from django.http import HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from motcua.oversight import queries
from motcua.web.opendata.choice import choice_of
from motcua.web.opendata.scope import measures_of, scope_of

_BOM = "\ufeff"  # spreadsheets need it to read Vietnamese


class _Echo:
    def write(self, line: str) -> str:
        return line


@require_safe
def board_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The ranked table: unit, its two counts, percent, rank."""
    choice = choice_of(request)
    found = queries.board(choice.province, choice.indicator.key, choice.period, layer=choice.layer)
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
    )
    rows = (
        (
            row.place.code,
            row.place.name,
            row.place.level,
            row.place.gso,
            choice.indicator.key,
            choice.period.key,
            row.figure.numerator,
            row.figure.denominator,
            row.figure.percent,
            row.rank,
        )
        for row in (*found.rows, *found.offices)
    )
    return _answer(f"{choice.indicator.key}_{choice.period.key}", head, rows)


@require_safe
def inputs_csv(request: HttpRequest, unit: str) -> StreamingHttpResponse:
    """Day by day, every measure the figure is made of; their sums give the two counts."""
    choice = choice_of(request)
    scope = scope_of(choice, unit)
    keys = list(measures_of(choice.indicator))
    head = ("unit", "day", *keys)
    rows = (
        (agency, day.isoformat(), *(counts[key] for key in keys))
        for agency, day, counts in queries.daily(
            [place.code for place in scope.members], side=scope.side, keys=keys, period=choice.period
        )
    )
    return _answer(f"{unit}_{choice.indicator.key}_{choice.period.key}", head, rows)


def _answer(name: str, head: Iterable[str], rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    writer = csv.writer(_Echo())

    def lines() -> Iterator[str]:
        yield _BOM
        yield writer.writerow(head)
        for row in rows:
            yield writer.writerow("" if value is None else value for value in row)

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name.replace("/", "_")}.csv"'
    return response
