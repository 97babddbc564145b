"""Oversight at the size of a province: map, index, lists and absorption, beside a plain GROUP BY and a materialised view.

    script/bench oversight --dossiers 1488660

Loads a simulated year into the database that `DATABASE_URL` names (replacing that province's facts), then measures. Each
line prints our figure, the reference and the ratio. `--keep` measures what is already loaded.
"""

import argparse
import os
import platform
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

PROVINCE = "nghean"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dossiers", type=int, default=1_488_660)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", action="store_true", help="do not load again")
    parser.add_argument(
        "--nation", type=int, default=0, help="also the nation: so many copies of the province on DuckDB"
    )
    chosen = parser.parse_args()
    _django()
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    if not chosen.keep:
        _load(chosen.dossiers, chosen.workers)
    _sizes()
    _references()
    _queries()
    _pages()
    _lists()
    _absorption()
    if chosen.nation:
        _nation(chosen.nation)


def _django() -> None:
    from motcua.cli import django_ready

    django_ready()
    import logging

    logging.disable(logging.INFO)


def _load(dossiers: int, workers: int) -> None:
    from django.db import connection

    from motcua.oversight import services

    pack = services.pack_named(PROVINCE)
    plans = services.plans_of(pack, dossiers=dossiers)
    started = time.perf_counter()
    number = services.load_simulation(pack, plans, workers=workers)
    seconds = time.perf_counter() - started
    print(f"load: {number:,} dossiers simulated and counted in {seconds:.0f} s ({number / seconds:,.0f}/s)")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE oversight_fact, oversight_rollup, oversight_counteddossier")


def _sizes() -> None:
    for table in ("oversight_counteddossier", "oversight_fact", "oversight_rollup"):
        rows = _sql(f"SELECT count(*) FROM {table}")[0][0]
        size = _sql(f"SELECT pg_size_pretty(pg_total_relation_size('{table}'))")[0][0]
        print(f"{table}: {rows:,} rows, {size}")


_UNIT = (
    "SELECT competent, count(*) FILTER (WHERE verdict IN ('early', 'on_time')) AS in_time, count(*) AS resolved "
    "FROM oversight_counteddossier "
    "WHERE ended_on BETWEEN '2021-01-01' AND '2021-12-31' AND outcome = 'resolved' GROUP BY 1"
)
_LEVEL = (
    "SELECT level, date_trunc('month', ended_on), count(*) FILTER (WHERE verdict <> 'late'), count(*) "
    "FROM oversight_counteddossier WHERE outcome = 'resolved' GROUP BY 1, 2"
)


def _references() -> None:
    """The reference of the brief: a GROUP BY over the dossiers, and a view materialised from it."""
    _print("reference: GROUP BY, unit index of a year", _timed(lambda: _sql(_UNIT), 5))
    _print("reference: GROUP BY, level by month", _timed(lambda: _sql(_LEVEL), 5))
    _do(f"DROP MATERIALIZED VIEW IF EXISTS bench_unit; CREATE MATERIALIZED VIEW bench_unit AS {_UNIT}")
    _print("reference: materialised view, read", _timed(lambda: _sql("SELECT * FROM bench_unit"), 20))
    _print(
        "reference: materialised view, refresh",
        _timed(lambda: _do("REFRESH MATERIALIZED VIEW bench_unit"), 3),
    )
    _do("DROP MATERIALIZED VIEW bench_unit")


def _queries() -> None:
    from motcua.oversight import queries

    year = queries.parse_period("2021")
    one = [queries.indicator("on_time_local", year.last)]
    every = list(queries.in_force(year.last))
    for period in ("2021", "2021-Q3", "2021-05", "2021-05-20", "2021-03-15/2021-11-20"):
        span = queries.parse_period(period)
        _print(
            f"query: one indicator, all units, {period}",
            _timed(partial(queries.figures_by_agency, one, span), 30),
        )
    _print(
        "query: all indicators, all units, 2021", _timed(lambda: queries.figures_by_agency(every, year), 15)
    )
    _print("query: index of the province, 2021", _timed(lambda: queries.index_of_province("H41", year), 15))


def _pages() -> None:
    from django.test import Client

    client = Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="vi")
    for name, address in (
        ("map by district", "/so-lieu/?tinh=H41&ky=2021"),
        ("map by commune", "/so-lieu/?tinh=H41&ky=2021&lop=commune"),
        ("index", "/so-lieu/chi-so/?tinh=H41&ky=2021"),
        ("unit", "/so-lieu/don-vi/H41.21/?tinh=H41&ky=2021"),
        ("explain", "/so-lieu/giai-thich/H41.21/?tinh=H41&ky=2021"),
    ):
        assert client.get(address).status_code == 200, address
        _print(f"page: {name}", _timed(partial(client.get, address), 30))


def _lists() -> None:
    from motcua.kernel.authority import SYSTEM
    from motcua.oversight import queries

    year = queries.parse_period("2021")
    for key, part in (
        ("on_time_local", "denominator"),
        ("late_local", "numerator"),
        ("received", "numerator"),
    ):
        one = queries.indicator(key, year.last)
        ask: dict[str, Any] = {
            "actor": SYSTEM,
            "indicator": one,
            "part": part,
            "period": year,
            "agency": "H41.21",
        }
        _print(
            f"list: first page behind {key} ({part})",
            _timed(partial(queries.dossiers_behind, **ask), 15),
        )


def _absorption() -> None:
    """New passages counted in batches as the journal is read: 2,000 dossiers, four passages each, in four rounds."""
    from django.db import transaction

    from motcua.oversight import services
    from motcua.oversight.services.counting import Account, count_dossiers
    from motcua.oversight.services.simulate import simulated_dossiers

    pack = services.pack_named(PROVINCE)
    plans = services.plans_of(pack, dossiers=60_000, seed=99)
    made = [item for plan in plans for item in simulated_dossiers(pack, plan, 99)][:2000]
    passages = 0
    started = time.perf_counter()
    with transaction.atomic():
        for seen in (1, 2, 3, 99):
            accounts = [
                Account(key, "", min(seen, len(one.sightings)), one.sightings[:seen], one.traits)
                for key, one in made
            ]
            count_dossiers(accounts)
            passages += len(accounts) if seen < 99 else sum(len(one.sightings) - 3 for _, one in made)
        seconds = time.perf_counter() - started
        transaction.set_rollback(True)
    print(
        f"absorption: {passages:,} passages in {seconds:.1f} s = {passages / seconds:,.0f}/s (goal 2,000/s)"
    )


def _nation(copies: int) -> None:
    """Facts of as many provinces on DuckDB: the exported year of one, under other codes."""
    from motcua.oversight import queries, services
    from motcua.oversight.services.engines import DuckDbEngine

    year = queries.parse_period("2021")
    with TemporaryDirectory() as name:
        folder = Path(name)
        cells = services.export_facts(folder, grain=queries.Grain.MONTH)
        engine = DuckDbEngine(folder)
        engine._connection.execute(
            "CREATE TABLE nation AS SELECT f.* REPLACE (f.province || '-' || n.range AS province) "
            f"FROM facts f CROSS JOIN range({copies}) n"
        )
        engine.name = "nation"
        version = queries.index_version_on(year.last)
        _print(
            f"nation: index of {copies} provinces, {cells * copies:,} cells, DuckDB",
            _timed(lambda: services.index_on(engine, year, by="province", version=version), 3),
        )


def _timed(work: Callable[[], object], times: int) -> list[float]:
    work()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append((time.perf_counter() - started) * 1000)
    return sorted(taken)


def _print(name: str, taken: list[float]) -> None:
    p95 = taken[min(len(taken) - 1, int(len(taken) * 0.95))]
    print(f"{name}: p50 {statistics.median(taken):.1f} ms, p95 {p95:.1f} ms")


def _sql(statement: str) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _do(statement: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)


if __name__ == "__main__":
    main()
