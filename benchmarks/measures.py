"""Where more measures may stand: one wide table, a table per subject, arrays, or JSON; and where their flags may.

    motcua database run --scratch .venv/bin/python benchmarks/measures.py

Works in a schema of its own of the database `DATABASE_URL` names and drops it at the end. Fifty measures of dossiers and four
more subjects of twenty each, whose cells are other cells than those of dossiers: inspections, payments, opinions, exchange.
"""

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

CELLS, OTHERS, SUBJECTS, OLD, NEW = 400_000, 100_000, 4, 50, 20
DOSSIERS = 1_000_000
ALL = OLD + SUBJECTS * NEW
KEY = "day date, competent text, receiving text, procedure text, channel text"
#: A cell by its number: a day of the year, one of 130 agencies, a procedure, a channel.
CELL = (
    "date '2026-01-01' + (n % 365), 'H99.' || n % 130, 'H99.' || n % 130, '1.' || (n / 47450) || '.' || n % 7, "
    "(ARRAY['online', 'counter', 'postal'])[1 + n % 3]"
)


def main() -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as database, schema(database):
        print(
            "| facts | MB | sum of 50 measures by agency, a year: ms | adding 4,000 cells: ms |\n|---|---|---|---|"
        )
        for title, build, read, add in (
            ("one table, a column a measure", wide, columns("wide"), adding("wide")),
            ("a table per subject", subjects, columns("dossiers"), adding("dossiers")),
            ("one table, an array", arrays, elements, adding_arrays),
            ("one table, JSON of what is not zero", sparse, members, adding_sparse),
        ):
            build(database)
            tables = [
                name
                for (name,) in database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'bench'")
            ]
            size = sum(
                database.execute("SELECT pg_total_relation_size(%s)", [f"bench.{name}"]).fetchone()[0]
                for name in tables
            )  # type: ignore[index]  # one row
            print(
                f"| {title} | {size / 1e6:,.0f} | {timed(database, read):,.0f} | {timed(database, add):,.0f} |"
            )
            for name in tables:
                database.execute(f"DROP TABLE {name}")
        print(
            "\n| flags of 1,000,000 dossiers | MB | in a measure, of an agency and a month: ms | of all: ms |"
            "\n|---|---|---|---|"
        )
        flags(database)


@contextmanager
def schema(database: psycopg.Connection[Any]) -> Iterator[None]:
    database.execute("DROP SCHEMA IF EXISTS bench CASCADE; CREATE SCHEMA bench; SET search_path = bench")
    try:
        yield
    finally:
        database.execute("DROP SCHEMA bench CASCADE")


def timed(database: psycopg.Connection[Any], statement: str, rounds: int = 7) -> float:
    database.execute("VACUUM ANALYZE")
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        database.execute(statement)
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def count(place: int) -> str:
    """A measure of a cell: three of four are zero, as in the simulated year."""
    return f"CASE WHEN (n + {place}) % 4 = 0 THEN (n + {place}) % 9 ELSE 0 END"


def table(
    database: psycopg.Connection[Any], name: str, measures: int, cells: int, *, first: int = 0, shift: int = 0
) -> None:
    made = ", ".join(
        f"m{place} int NOT NULL DEFAULT 0" for place in range(ALL if name == "wide" else measures)
    )
    names = ", ".join(f"m{first + place}" for place in range(measures))
    values = ", ".join(count(place) for place in range(measures))
    database.execute(f"CREATE TABLE IF NOT EXISTS {name} ({KEY}, {made})")
    database.execute(
        f"INSERT INTO {name} (day, competent, receiving, procedure, channel, {names}) "
        f"SELECT {CELL.replace(chr(39) + '1.' + chr(39), chr(39) + str(shift + 1) + '.' + chr(39))}, {values} "
        f"FROM generate_series(0, {cells - 1}) AS n"
    )


def keyed(database: psycopg.Connection[Any], name: str) -> None:
    database.execute(f"ALTER TABLE {name} ADD PRIMARY KEY (day, competent, receiving, procedure, channel)")


def wide(database: psycopg.Connection[Any]) -> None:
    table(database, "wide", OLD, CELLS)
    for subject in range(SUBJECTS):
        table(database, "wide", NEW, OTHERS, first=OLD + subject * NEW, shift=subject + 1)
    keyed(database, "wide")


def subjects(database: psycopg.Connection[Any]) -> None:
    table(database, "dossiers", OLD, CELLS)
    keyed(database, "dossiers")
    for subject in range(SUBJECTS):
        table(database, f"subject{subject}", NEW, OTHERS)
        keyed(database, f"subject{subject}")


def arrays(database: psycopg.Connection[Any]) -> None:
    subjects(database)
    database.execute(f"CREATE TABLE arrays ({KEY}, m int[] NOT NULL)")
    for name, before, here in (
        ("dossiers", 0, OLD),
        *((f"subject{n}", OLD + n * NEW, NEW) for n in range(SUBJECTS)),
    ):
        parts = [*["0"] * before, *(f"m{place}" for place in range(here)), *["0"] * (ALL - before - here)]
        own = "procedure" if name == "dossiers" else f"'{name}' || procedure"
        database.execute(
            f"INSERT INTO arrays SELECT day, competent, receiving, {own}, channel, ARRAY[{', '.join(parts)}] FROM {name}"
        )
        database.execute(f"DROP TABLE {name}")
    keyed(database, "arrays")


def sparse(database: psycopg.Connection[Any]) -> None:
    subjects(database)
    database.execute(f"CREATE TABLE sparse ({KEY}, m jsonb NOT NULL)")
    for name, here in (("dossiers", OLD), *((f"subject{n}", NEW) for n in range(SUBJECTS))):
        own = "procedure" if name == "dossiers" else f"'{name}' || procedure"
        parts = ", ".join(f"'m{place}', nullif(m{place}, 0)" for place in range(here))
        database.execute(
            f"INSERT INTO sparse SELECT day, competent, receiving, {own}, channel, "
            f"jsonb_strip_nulls(jsonb_build_object({parts})) FROM {name}"
        )
        database.execute(f"DROP TABLE {name}")
    keyed(database, "sparse")


def columns(name: str) -> str:
    sums = ", ".join(f"sum(m{place})" for place in range(OLD))
    return f"SELECT competent, {sums} FROM {name} GROUP BY competent"


elements = f"SELECT competent, {', '.join(f'sum(m[{place + 1}])' for place in range(OLD))} FROM arrays GROUP BY competent"
_SUMS = ", ".join(f"sum((m->>'m{place}')::int)" for place in range(OLD))
members = f"SELECT competent, {_SUMS} FROM sparse GROUP BY competent"
_GIVEN = f"SELECT {CELL}"
_CONFLICT = "ON CONFLICT (day, competent, receiving, procedure, channel) DO UPDATE SET"


def adding(name: str) -> str:
    """A batch as the absorber writes it: ten measures touched."""
    names = ", ".join(f"m{place}" for place in range(10))
    sums = ", ".join(f"m{place} = {name}.m{place} + EXCLUDED.m{place}" for place in range(10))
    return (
        f"INSERT INTO {name} (day, competent, receiving, procedure, channel, {names}) {_GIVEN}, {', '.join(['1'] * 10)} "
        f"FROM generate_series(0, 3999) AS n {_CONFLICT} {sums}"
    )


_ONES = "ARRAY[" + ", ".join(["1"] * 10 + ["0"] * (ALL - 10)) + "]"
adding_arrays = (
    f"INSERT INTO arrays (day, competent, receiving, procedure, channel, m) {_GIVEN}, {_ONES} FROM generate_series(0, 3999) AS n "
    f"{_CONFLICT} m = (SELECT array_agg(a + b ORDER BY place) "
    "FROM unnest(arrays.m, EXCLUDED.m) WITH ORDINALITY AS t(a, b, place))"
)
_OBJECT = "jsonb_build_object(" + ", ".join(f"'m{place}', 1" for place in range(10)) + ")"
adding_sparse = (
    f"INSERT INTO sparse (day, competent, receiving, procedure, channel, m) {_GIVEN}, {_OBJECT} "
    "FROM generate_series(0, 3999) AS n "
    f"{_CONFLICT} m = (SELECT jsonb_object_agg(key, n) FROM (SELECT key, sum(value::int) AS n FROM "
    "(SELECT * FROM jsonb_each_text(sparse.m) UNION ALL SELECT * FROM jsonb_each_text(EXCLUDED.m)) AS both_sides "
    "GROUP BY key) AS summed)"
)


def flags(database: psycopg.Connection[Any]) -> None:
    kinds = {
        "one bigint (63 flags)": ("flags bigint", "(n * 2654435761) % 9007199254740992", "flags & 128 <> 0"),
        "two bigints (126 flags)": (
            "flags bigint, more bigint",
            "(n * 2654435761) % 9007199254740992, (n * 40503) % 9007199254740992",
            "more & 128 <> 0",
        ),
        "bit(128)": (
            "flags bit(128)",
            "((n * 2654435761) % 9007199254740992)::bit(64)::bit(128)",
            "get_bit(flags, 40) = 1",
        ),
        "an array of numbers": (
            "flags smallint[]",
            "ARRAY(SELECT (n * p + p) % 126 FROM generate_series(1, 14) AS p)::smallint[]",
            "flags @> '{7}'",
        ),
    }
    for title, (made, values, test) in kinds.items():
        database.execute(
            f"CREATE TABLE counted (id bigint PRIMARY KEY, competent text, ended_on date, {made})"
        )
        database.execute(
            f"INSERT INTO counted SELECT n, 'H99.' || n % 130, date '2026-01-01' + (n % 365)::int, {values} "
            f"FROM generate_series(1::bigint, {DOSSIERS}) AS n"
        )
        database.execute("CREATE INDEX ON counted (competent, ended_on)")
        size = database.execute("SELECT pg_total_relation_size('bench.counted')").fetchone()
        some = (
            "SELECT count(*) FROM counted WHERE competent = 'H99.11' "
            f"AND ended_on BETWEEN '2026-03-01' AND '2026-03-31' AND {test}"
        )
        every = f"SELECT count(*) FROM counted WHERE {test}"
        print(
            f"| {title} | {(size or (0,))[0] / 1e6:,.0f} | {timed(database, some):.2f} | {timed(database, every):,.0f} |"
        )
        database.execute("DROP TABLE counted")


if __name__ == "__main__":
    main()
