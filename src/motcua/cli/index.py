"""`motcua index`: indicators and the index of Decision 766, on any engine, with every count shown."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.group(invoke_without_command=True)
@click.option(
    "--engine", type=click.Choice(["duckdb", "postgres", "spark"]), default="duckdb", show_default=True
)
@click.option(
    "--facts", type=click.Path(path_type=Path, exists=True), help="Folder of exported facts (Parquet)."
)
@click.option("--master", default="local[2]", show_default=True, help="Spark master.")
@click.option(
    "--period", "period_text", default=None, help="2026, 2026-Q1, 2026-03, 2026-03-05 or FIRST/LAST."
)
@click.option(
    "--by", type=click.Choice(["province", "competent", "receiving"]), default="province", show_default=True
)
@click.option("--version", "version_key", default=None, help="Reading of the index: 2022 or 2026.")
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def command(
    ctx: click.Context,
    engine: str,
    facts: Path | None,
    master: str,
    period_text: str | None,
    by: str,
    version_key: str | None,
    as_json: bool,
) -> None:
    """The index of Decision 766 for every province (or agency) in the facts."""
    if ctx.invoked_subcommand is not None:
        return
    if period_text is None:
        raise click.UsageError("--period is needed, for example --period 2026-Q1")
    _ready()
    from motcua.oversight import queries, services

    period = queries.parse_period(period_text)
    version = queries.INDEX_VERSIONS[version_key] if version_key else queries.index_version_on(period.last)
    chosen = services.engine_named(engine, facts, master)
    offers = {}
    if engine == "postgres" and by == "province":  # the database holds the catalogue of its provinces, too
        found = {province: queries.offer_of(province, period) for province in queries.provinces()}
        offers = {province: offer for province, offer in found.items() if offer is not None}
    outside = services.offered_on(chosen, period, offers)
    scores = services.index_on(chosen, period, by=by, version=version, outside=outside)
    rows = [services.score_row(unit, score) for unit, score in scores]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for rank, row in enumerate(rows, start=1):
        groups = "  ".join(f"{group['points'] or '–':>6}" for group in row["groups"])
        click.echo(f"{rank:>4}  {row['unit']:<14} {row['points']:>6} / {row['attainable']:>3}   {groups}")


@command.command()
@click.option("--pack", "pack_name", required=True, help="quangnam, hatinh, thanhhoa or nghean.")
@click.option("--indicator", "key", required=True)
@click.option("--by", type=click.Choice(["unit", "level", "province"]), default="unit", show_default=True)
@click.option(
    "--dossiers", type=int, default=None, help="Scale of the whole province; published units keep theirs."
)
@click.option("--all-units", is_flag=True, help="Also the units without published figures, in full.")
@click.option("--seed", default=1, show_default=True)
@click.option("--workers", default=2, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def figures(
    pack_name: str,
    key: str,
    by: str,
    dossiers: int | None,
    all_units: bool,
    seed: int,
    workers: int,
    as_json: bool,
) -> None:
    """One indicator over a simulated province: made by the real rules, counted, divided.

    Without further options, only the units with published figures are simulated (all units where there are none).
    """
    _ready()
    from motcua.provisioning.simulation.figures import pack_figures

    rows = pack_figures(
        pack_name,
        key,
        by=by,
        dossiers=dossiers,
        all_units=all_units,
        seed=seed,
        workers=workers,
        progress=_progress,
    )
    _progress(0)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for row in rows:
        percent = "–" if row["percent"] is None else f"{row['percent']:.2f} %"
        click.echo(
            f"{row['unit']:<16} {row['name']:<40} {row['numerator']:>9} / {row['denominator'] or 0:>9} = {percent}"
        )


def _ready() -> None:
    """Models are imported but no database is asked for."""
    import os

    from motcua.cli import environment

    os.environ.setdefault("DATABASE_URL", "postgres://localhost/motcua")
    environment.complete()
    import django

    django.setup()


def _progress(done: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done:>12,} dossiers" if done else "\r" + " " * 24 + "\r", err=True, nl=False)
