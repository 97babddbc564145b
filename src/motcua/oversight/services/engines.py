"""The same indicators on four engines: DuckDB and Spark over Parquet or memory, PostgreSQL over the stored facts."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Protocol

from motcua.oversight.errors import EngineUnavailable
from motcua.oversight.rules.expressions import FACT_SCHEMA, figures, period
from motcua.oversight.rules.facts import Deltas
from motcua.oversight.rules.indicators import Figure, Indicator
from motcua.oversight.rules.measures import KEYS
from motcua.oversight.rules.periods import Period

Groups = dict[tuple[str, ...], dict[str, Figure]]


class Engine(Protocol):
    """Runs an expression over a table of facts."""

    def table(self) -> Any: ...

    def rows(self, expression: Any) -> list[dict[str, Any]]: ...


class _Sql:
    """An engine that takes the text an expression compiles to in its dialect."""

    dialect: ClassVar[str]
    name: str = "facts"

    def table(self) -> Any:
        import ibis

        return ibis.table(FACT_SCHEMA, name=self.name)

    def text(self, expression: Any) -> str:
        import ibis

        return str(ibis.to_sql(expression, dialect=self.dialect))


class DuckDbEngine(_Sql):
    """DuckDB in this process, over Parquet files or over facts in memory."""

    dialect = "duckdb"

    def __init__(self, source: Path | Deltas) -> None:
        import duckdb

        self._connection = duckdb.connect()
        if isinstance(source, Path):
            files = str(source / "**" / "*.parquet").replace("'", "''")
            self._connection.execute(
                f"CREATE VIEW facts AS SELECT * FROM read_parquet('{files}', hive_partitioning=false)"  # noqa: S608 - quoted above
            )
        else:
            self._connection.register("facts", arrow_table(source))

    def rows(self, expression: Any) -> list[dict[str, Any]]:
        found = self._connection.execute(self.text(expression))
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


class SparkEngine(_Sql):
    """Apache Spark, in this process (`local[2]`) or on a cluster, over Parquet files."""

    dialect = "pyspark"

    def __init__(self, source: Path, *, master: str = "local[2]") -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise EngineUnavailable(engine="spark", reason="pip install 'motcua[spark]'") from error
        os.environ.setdefault(
            "SPARK_LOCAL_IP", "127.0.0.1"
        )  # a name that resolves elsewhere is not waited for
        builder = SparkSession.builder.master(master).appName("motcua index")
        for key, value in _SPARK.items():
            builder = builder.config(key, value)
        self.session = builder.getOrCreate()
        read = self.session.read.option("recursiveFileLookup", "true").parquet(str(source))
        read.createOrReplaceTempView(self.name)

    def rows(self, expression: Any) -> list[dict[str, Any]]:
        return [row.asDict() for row in self.session.sql(self.text(expression)).collect()]

    def stop(self) -> None:
        self.session.stop()


_SPARK: Mapping[str, str] = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    # What is shuffled is one row for each group and file: more tasks than cores would be nothing but starts.
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    # Plans have hundreds of columns; nobody reads them in the log.
    "spark.sql.debug.maxToStringFields": "1000",
}


class PostgresEngine(_Sql):
    """PostgreSQL over the stored facts at day grain (pages use the roll-ups instead: `queries.figures_by_agency`)."""

    dialect = "postgres"
    name = "oversight_fact"

    def rows(self, expression: Any) -> list[dict[str, Any]]:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(self.text(expression))
            names = [column.name for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def engine_named(name: str, source: Path | None, master: str = "local[2]") -> Engine:
    """The engine by name. Raises `EngineUnavailable`."""
    match name:
        case "postgres":
            return PostgresEngine()
        case "duckdb" if source is not None:
            return DuckDbEngine(source)
        case "spark" if source is not None:
            return SparkEngine(source, master=master)
        case _:
            raise EngineUnavailable(engine=name, reason="cần thư mục Parquet (motcua facts export)")


def figures_on(engine: Engine, indicators: Sequence[Indicator], span: Period, by: Sequence[str]) -> Groups:
    """Figures by group. The unit of attribution is whatever column the caller groups by."""
    table = engine.table()
    expression = figures(table, indicators, period(table, span.first, span.last), by)
    return {
        tuple(row[name] for name in by): {
            one.key: Figure(
                int(row[f"{one.key}_n"]), None if one.denominator is None else int(row[f"{one.key}_d"])
            )
            for one in indicators
        }
        for row in engine.rows(expression)
    }


def arrow_table(cells: Deltas) -> object:
    """Facts as an Arrow table with the schema every engine reads."""
    import pyarrow as pa

    ordered = sorted(cells.items())
    columns: dict[str, Any] = {
        name: pa.array(
            [getattr(cell, name) for cell, _ in ordered], pa.date32() if name == "day" else pa.string()
        )
        for name in ("day", "province", "receiving", "competent", "procedure", "channel", "level")
    }
    for key in KEYS:
        columns[key] = pa.array([counts.get(key, 0) for _, counts in ordered], pa.int64())
    return pa.table(columns)
