"""Oversight at the size of a province: map, index, lists and absorption, beside a plain GROUP BY and a materialised view.

    script/bench oversight --dossiers 1488660

Makes a database of its own beside the one `DATABASE_URL` names (or in a cluster of the project's own), writes a simulated
year into it as real dossiers, rebuilds the facts, and measures. `--years 10` then adds nine like years as facts and counted
dossiers and measures again, to see that nothing grows; `--nation 34 --spark` computes the index of as many provinces on
three engines. `--keep` measures what is there, `--drop` removes it.
"""

import argparse
import multiprocessing
import os
import platform
import re
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit, urlunsplit

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[1] / "src")]

from benchmarks import dossiers_database as database  # noqa: E402 - found only through the path above
from benchmarks._spending import spending  # noqa: E402 - the same

PROVINCE = "nghean"
#: Name of what was measured → p50 and p95 in milliseconds, for the table at the end.
_MEASURED: dict[str, tuple[float, float]] = {}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--dossiers", type=int, default=1_488_660)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--years", type=int, default=1, help="so many like years as facts and counted dossiers"
    )
    parser.add_argument("--keep", action="store_true", help="do not load again")
    parser.add_argument("--drop", action="store_true", help="drop the database and stop")
    parser.add_argument("--no-rebuild", action="store_true")
    parser.add_argument(
        "--nation", type=int, default=0, help="also the nation of so many copies of the province"
    )
    parser.add_argument("--spark", action="store_true", help="the nation on a Spark cluster, too")
    chosen = parser.parse_args()
    if chosen.spark and find_spec("pyspark") is None:
        parser.error("--spark needs the optional extra: .venv/bin/pip install pyspark, and Java 17")
    with database.server() as server:
        target = urlunsplit(urlsplit(server)._replace(path=f"/motcua_bench_year_{chosen.dossiers}"))
        if chosen.drop:
            database.drop(server, target)
            return
        _django(server, target, is_new=not chosen.keep)
        print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
        print(database.settings_of(target), flush=True)
        if not chosen.keep:
            _load(chosen.dossiers, chosen.workers)
            if not chosen.no_rebuild:
                _rebuild(chosen.workers)
        if chosen.nation:  # before there are more years: the nation is one year of many provinces
            _nation(chosen.nation, with_spark=chosen.spark)
        _measure()
        _exports()
        if chosen.years > 1:
            _like_years(chosen.years)
            _measure()


def _measure() -> None:
    """Everything that must not grow with the number of dossiers, beside what does."""
    _MEASURED.clear()
    _sizes()
    _references()
    _queries()
    _pages()
    _lists()
    _absorption()
    _table()


def _django(server: str, target: str, *, is_new: bool) -> None:
    from motcua.cli import environment

    os.environ["DATABASE_URL"] = target
    os.environ["MOTCUA_LOG_LEVEL"] = "WARNING"
    environment.complete()
    if is_new:
        database.make(server, target)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)  # pages name their files by digest
    import logging

    logging.disable(logging.INFO)


def _load(dossiers: int, workers: int) -> None:
    from motcua.provisioning.simulation.facts import pack_named, plans_of
    from motcua.provisioning.simulation.year import load_year

    pack = pack_named(PROVINCE)
    plans = plans_of(pack, dossiers=dossiers)
    with spending(os.environ["DATABASE_URL"]) as spent:
        number = load_year(pack, plans, workers=workers, progress=_tell)
    print(f"load: {number:,} dossiers written and counted in {spent.each(number)}", flush=True)
    _do("VACUUM ANALYZE oversight_fact, oversight_rollup, oversight_counteddossier")


def _rebuild(workers: int) -> None:
    from motcua.oversight import services

    before = _sql(_DIGEST)
    with spending(os.environ["DATABASE_URL"]) as spent:
        number = services.rebuild_facts(workers=workers, progress=_tell)
    assert _sql(_DIGEST) == before, "the rebuild gave other facts"
    print(f"rebuild: {number:,} dossiers counted again, facts equal, in {spent.each(number)}", flush=True)
    _do("VACUUM ANALYZE oversight_fact, oversight_rollup, oversight_counteddossier")


_DIGEST = (
    "SELECT count(*), sum(received), sum(resolved), sum(late), sum(minutes_spent), sum(open), "
    "sum(hashtextextended(f::text, 0)::numeric) FROM oversight_fact f"
)


def _like_years(years: int) -> None:
    """The same year again, earlier: facts, roll-ups and counted dossiers without dossiers behind them.

    What lay before the year moves to before the first of them. `cells` keep their days: they are as many bytes, and nothing
    that is measured here reads them. The tables are not logged, for they can be made again.
    """
    from django.db import transaction

    from motcua.kernel.replacing import anew
    from motcua.oversight.models import CountedDossier
    from motcua.oversight.rules.measures import KEYS
    from motcua.oversight.services import staging
    from motcua.oversight.services.absorb import acquire_writer_lock

    rest = ", ".join((*staging.FACT_COLUMNS[1:7], *KEYS))
    fields = CountedDossier._meta.concrete_fields
    names = ", ".join(field.attname for field in fields)

    def year(k: int) -> list[str]:
        days = f"'2021-01-01' AND '{'2021-12-31' if k else '9999-12-31'}'"
        if k == years - 1:
            days = days.replace("2021-01-01", "0001-01-01")
        moved = {
            field.attname: f"({field.attname} - interval '{k} years')::date"
            for field in fields
            if field.get_internal_type() == "DateField"
        } | {"dossier_id": "gen_random_uuid()"}
        columns = ", ".join(
            moved.get(field.attname, field.attname) if k else field.attname for field in fields
        )
        of_year = f"WHERE received_on BETWEEN {days}" if k else ""
        return [
            f"INSERT INTO {anew('oversight_counteddossier')} ({names}) SELECT {columns} "
            f"FROM oversight_counteddossier {of_year}",
            f"INSERT INTO {anew('oversight_fact')} (day, {rest}) SELECT (day - interval '{k} years')::date, {rest} "
            f"FROM oversight_fact WHERE day BETWEEN {days}",
        ]

    with spending(os.environ["DATABASE_URL"]) as spent:
        staging.open_staging()
        for table in ("oversight_fact", "oversight_rollup", "oversight_counteddossier"):
            _do(f"ALTER TABLE {anew(table)} SET UNLOGGED")
        staging.side_by_side([statement for k in range(years) for statement in year(k)])
        with transaction.atomic():
            acquire_writer_lock()
            staging.adopt_staging(run=staging.side_by_side)
    number = _sql("SELECT count(*) FROM oversight_counteddossier")[0][0]
    print(f"{years} like years: {number:,} counted dossiers in {spent.each(number)}", flush=True)
    _do("VACUUM ANALYZE oversight_fact, oversight_rollup, oversight_counteddossier")


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

    client = Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="vi", HTTP_ACCEPT_ENCODING="gzip")
    for name, address in (
        ("map by district", "/so-lieu/?tinh=H41&ky=2021"),
        ("map by commune", "/so-lieu/?tinh=H41&ky=2021&lop=commune"),
        ("index", "/so-lieu/chi-so/?tinh=H41&ky=2021"),
        ("unit", "/so-lieu/don-vi/H41.21/?tinh=H41&ky=2021"),
        ("explain", "/so-lieu/giai-thich/H41.21/?tinh=H41&ky=2021"),
    ):
        assert client.get(address).status_code == 200, address
        _print(f"page: {name}", _timed(partial(client.get, address), 30))
        spent, answer = time.process_time(), client.get(address)
        for _ in range(29):
            answer = client.get(address)
        spent = (time.process_time() - spent) / 30 * 1000
        print(f"  processor {spent:.1f} ms, {len(answer.content):,} bytes on the wire", flush=True)


def _lists() -> None:
    from motcua.kernel.authority import SYSTEM
    from motcua.oversight import queries

    year = queries.parse_period("2021")
    for key, part in (
        ("on_time_local", "denominator"),
        ("late_local", "numerator"),
        ("received", "numerator"),
        ("overdue_open", "numerator"),
        ("troubled", "denominator"),
    ):
        one = queries.indicator(key, year.last)
        for agency in ("H41.21", "H41"):
            ask: dict[str, Any] = {"actor": SYSTEM, "indicator": one, "part": part}
            ask |= {"period": year, "agency": agency}
            _print(
                f"list: first page behind {key} ({part}), {'province' if agency == 'H41' else 'unit'}",
                _timed(partial(queries.dossiers_behind, **ask), 15),
            )


def _absorption() -> None:
    """New passages counted in batches as the journal is read: 2,000 dossiers, four passages each, in four rounds."""
    from django.db import transaction

    from motcua.oversight.services.counting import Account, count_dossiers
    from motcua.provisioning.simulation.facts import pack_named, plans_of, simulated_dossiers

    pack = pack_named(PROVINCE)
    plans = plans_of(pack, dossiers=60_000, seed=99)
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


def _exports() -> None:
    """Every dossier as a file, in a process of its own: what the file takes is what it holds, not what was held before."""
    for kind in ("csv", "xlsx"):
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            rows, size, seconds, peak = pool.submit(_export, kind).result()
        assert rows >= _sql("SELECT count(*) FROM dossiers_dossier")[0][0], "rows are missing"
        print(
            f"export: {rows:,} dossiers as {kind}, {size / 2**20:,.0f} MiB, {seconds:.0f} s of processor; "
            f"at most {peak / 1024:,.0f} MiB of memory in all",
            flush=True,
        )


def _export(kind: str) -> tuple[int, int, float, int]:
    """Rows, bytes, processor seconds and peak memory (KiB) of one file, streamed as the page does."""
    import django

    django.setup()
    from django.utils.translation import override

    from motcua.dossiers import queries
    from motcua.kernel.authority import EVERYWHERE, Actor, ActorKind
    from motcua.web.office.oversight import export, sheets

    leader = Actor(ActorKind.OFFICER, grants={"dossier.read": frozenset({EVERYWHERE})})
    number = 0

    def counted() -> Iterator[list[str]]:
        nonlocal number
        for cells in export.cells_of(queries.export_rows(actor=leader, box=queries.Box.ALL)):
            number += 1
            yield cells

    with override("vi"):
        pieces: Iterator[str] | Iterator[bytes] = (
            export.lines(export.head(), counted())
            if kind == "csv"
            else sheets.spreadsheet(export.head(), counted())
        )
        size = sum(len(piece if isinstance(piece, bytes) else piece.encode()) for piece in pieces)
    used = resource.getrusage(resource.RUSAGE_SELF)
    # `ru_maxrss` would be that of the process this one was forked from, where that was larger.
    (peak,) = re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    return number, size, used.ru_utime + used.ru_stime, int(peak)


def _nation(copies: int, *, with_spark: bool) -> None:
    """Facts of as many provinces as Parquet: the exported year of one under other codes; the index on every engine."""
    from motcua.oversight import queries, services
    from motcua.oversight.services.engines import DuckDbEngine, Engine, PostgresEngine, SparkEngine

    year = queries.parse_period("2021")
    version = queries.index_version_on(year.last)

    def index(engine: Engine) -> list[tuple[str, Any]]:
        return services.index_on(engine, year, by="province", version=version)

    with TemporaryDirectory(prefix="motcua-nation-") as name:
        folder, nation = Path(name) / "province", Path(name) / "nation"
        started = time.perf_counter()
        cells = services.export_facts(folder, grain=queries.Grain.MONTH)
        print(f"nation: {cells:,} cells exported in {time.perf_counter() - started:.0f} s", flush=True)
        nation.mkdir()
        maker = DuckDbEngine(folder)._connection
        for number in range(copies):
            maker.execute(
                f"COPY (SELECT * REPLACE (province || '-{number:02}' AS province) FROM facts) "
                f"TO '{nation / f'province-{number:02}.parquet'}' (FORMAT parquet, COMPRESSION zstd)"
            )
        duck = DuckDbEngine(nation)
        found = index(duck)
        _print(
            f"nation: index of {copies} provinces, {cells * copies:,} cells, Parquet, DuckDB",
            _timed(lambda: index(duck), 3),
        )
        ((_, mine),) = index(PostgresEngine())
        assert {score.exact for _, score in found} == {mine.exact}, "PostgreSQL and DuckDB differ"
        print("nation: PostgreSQL and DuckDB agree", flush=True)
        if with_spark:
            from benchmarks.spark_cluster import spark_cluster

            started = time.perf_counter()
            with spark_cluster() as master:
                spark = SparkEngine(nation, master=master)
                print(f"nation: Spark cluster ready in {time.perf_counter() - started:.0f} s", flush=True)
                try:
                    assert [(unit, one.exact) for unit, one in index(spark)] == [
                        (unit, one.exact) for unit, one in found
                    ], "Spark and DuckDB differ"
                    _print(
                        f"nation: the same on Spark, {master}, two workers", _timed(lambda: index(spark), 3)
                    )
                finally:
                    spark.stop()
            print("nation: Spark and DuckDB agree", flush=True)


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
    _MEASURED[name] = (statistics.median(taken), p95)
    print(f"{name}: p50 {statistics.median(taken):.1f} ms, p95 {p95:.1f} ms", flush=True)


def _table() -> None:
    """The same as a table for docs/benchmarks.md."""
    print("\n| measured | p50 ms | p95 ms |\n|---|---|---|")
    for name, (median, p95) in _MEASURED.items():
        print(f"| {name} | {median:.1f} | {p95:.1f} |")


def _tell(done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done:>12,}", end="", file=sys.stderr)


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
