"""`motcua facts`: keep, rebuild, compare and export the facts at day grain."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from uuid import UUID

import click

from motcua.cli import django_ready
from motcua.cli._refusing import refusals


@click.group()
def command() -> None:
    """The counts every figure is made of."""


@command.command()
@click.option("--workers", default=2, show_default=True)
def rebuild(workers: int) -> None:
    """Count every dossier again from its passages. Pages show the old facts until it is done."""
    django_ready(as_owner=True)
    from motcua.oversight import services

    started = time.monotonic()
    counted = services.rebuild_facts(progress=_show, workers=workers)
    services.absorb_all()
    click.echo(f"{counted:,} dossiers counted in {time.monotonic() - started:.1f} s")


@command.command()
@click.option("--json", "as_json", is_flag=True)
def compare(as_json: bool) -> None:
    """Recompute every cell and compare it with what is stored; exits 1 when they differ."""
    django_ready()
    from motcua.oversight import services

    services.absorb_all()
    result = services.compare_facts(progress=_show)
    if as_json:
        report = {
            "dossiers": result.dossiers,
            "cells": result.cells,
            "facts_only": services.facts_only(),
            "differing": result.differing,
            "sample": result.sample,
            "seconds": round(result.seconds, 2),
        }
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        click.echo(f"{result.dossiers:,} dossiers, {result.cells:,} cells, {result.differing:,} differing")
        if alone := services.facts_only():
            click.echo(
                f"{alone:,} dossiers are facts only: compared with their own counts, nothing else is there"
            )
        for fault in result.sample:
            click.echo(f"  {json.dumps(fault, ensure_ascii=False)}")
    sys.exit(1 if result.differing else 0)


@command.command()
def absorb() -> None:
    """Count what happened since the last time (the worker does this every second)."""
    django_ready()
    from motcua.oversight import services

    click.echo(f"{services.absorb_all():,} events read")


@command.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--period", "period_text", default=None, help="2026, 2026-Q1, 2026-03, 2026-03-05 or FIRST/LAST."
)
@click.option("--grain", type=click.Choice(["day", "month", "year"]), default="day", show_default=True)
def export(folder: Path, period_text: str | None, grain: str) -> None:
    """Write facts as Parquet, partitioned by province and day. Counts only: nothing names a person."""
    django_ready()
    from motcua.oversight import queries, services

    span = queries.parse_period(period_text) if period_text else None
    written = services.export_facts(folder, span=span, grain=queries.Grain(grain[0]))
    click.echo(f"{written:,} cells written to {folder}")


@command.command()
@click.argument("period_text", metavar="PERIOD")
def keep(period_text: str) -> None:
    """Keep the report of a PERIOD (2026, 2026-Q1, 2026-03) as it is now, agency by agency; prints its id."""
    django_ready()
    from motcua.kernel.authority import SYSTEM
    from motcua.oversight import queries, services

    with refusals():
        kept = services.keep_report(actor=SYSTEM, period=queries.parse_period(period_text))
    click.echo(f"{kept.pk}  {kept.period}  {len(kept.figures)} agencies  {kept.digest}")


@command.command()
@click.argument("snapshot", type=click.UUID)
def reproduce(snapshot: UUID) -> None:
    """Make the kept report SNAPSHOT again from the passages of then; exits 1 where a figure differs."""
    django_ready()
    from motcua.kernel.authority import SYSTEM
    from motcua.oversight import services

    with refusals():
        kept, is_same = services.reproduce_report(actor=SYSTEM, snapshot_id=snapshot)
    click.echo(f"{kept.period} as of {kept.as_of:%Y-%m-%d %H:%M}: {'the same' if is_same else 'differs'}")
    sys.exit(0 if is_same else 1)


@command.command("explain")
@click.argument("snapshot", type=click.UUID)
def explain_snapshot(snapshot: UUID) -> None:
    """Tell dossier by dossier why today's report of the period is not the kept one."""
    django_ready()
    from motcua.kernel.authority import SYSTEM
    from motcua.oversight import services

    with refusals():
        changed = services.explain_difference(actor=SYSTEM, snapshot_id=snapshot)
    for one in changed:
        told = ", ".join(f"{key} {then} → {now}" for key, (then, now) in one.measures.items())
        click.echo(f"{one.code or one.dossier_id}: {told}")
    click.echo(f"{len(changed)} dossiers differ")


@command.command("reproduce-sent")
@click.argument("sent", type=click.UUID)
def reproduce_sent(sent: UUID) -> None:
    """Make the totals of a report that was sent again from the passages of then; exits 1 where they differ."""
    django_ready()
    from motcua.kernel.authority import SYSTEM
    from motcua.oversight import services

    with refusals():
        differing = services.reproduce_sent(actor=SYSTEM, sent_id=sent)
    for key, (then, again) in differing.items():
        click.echo(f"{key}: sent {then}, made again {again}")
    click.echo("the same to the last figure" if not differing else f"{len(differing)} columns differ")
    sys.exit(1 if differing else 0)


def _show(done: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done:>12,}", err=True, nl=False)
