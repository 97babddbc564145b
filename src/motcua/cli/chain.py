"""`motcua chain`: find any edited, missing or reordered passage, and any row changed behind the record."""

import json
import sys
from pathlib import Path
from uuid import UUID

import click

from motcua.cli import django_ready


@click.group()
def command() -> None:
    """The chain of passages: the record of every official act."""


@command.command()
@click.option("--dossier", "dossier_id", type=click.UUID, help="Only this dossier.")
@click.option(
    "--seals",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Folder of seals kept elsewhere, to judge by. Default: only what the database says of its own seals.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def verify(dossier_id: UUID | None, folder: Path | None, as_json: bool) -> None:
    """Recompute every digest. Exit code 1 if a row was edited, removed, inserted or moved.

    Passages are judged by their links; dossiers, results, forms, receipts and accounts by the record of rows (not with
    `--dossier`), and what is sealed by its seal.
    """
    django_ready()
    from motcua.dossiers import queries
    from motcua.kernel.records import verify_records

    report = queries.verify_chain(dossier_id=dossier_id)
    records = verify_records() if dossier_id is None else None
    seals, torn = queries.judge_seals(folder) if dossier_id is None else (0, ())
    faults = [{"dossier": str(f.dossier_id), "seq": f.seq, "fault": f.kind.value} for f in report.faults]
    breaches = [
        {"table": one.table, "row": str(one.key), "fault": one.kind.value}
        for one in (records.faults if records else ())
    ]
    if as_json:
        told = {"dossiers": report.dossiers, "passages": report.passages, "faults": faults}
        if records:
            told |= {"rows": records.rows, "lines": records.lines, "breaches": breaches, "seals": seals}
            told["torn"] = [{"seal": one.number, "fault": one.kind.value} for one in torn]
        click.echo(json.dumps(told))
    else:
        click.echo(f"{report.passages:,} passages of {report.dossiers:,} dossiers")
        if records:
            click.echo(f"{records.rows:,} rows with {records.lines:,} lines of the record, {seals:,} seals")
        for fault in faults:
            click.echo(f"✗ {fault['dossier']} passage {fault['seq']}: {fault['fault']}")
        for breach in breaches:
            click.echo(f"✗ {breach['table']} {breach['row']}: {breach['fault']}")
        for tear in torn:
            click.echo(f"✗ seal {tear.number}: {tear.kind.value}")
        click.echo("✗ the chain is broken" if faults or breaches or torn else "✓ the chain is whole")
    sys.exit(1 if faults or breaches or torn else 0)


@command.command()
def seal() -> None:
    """Seal what the record gained since the last seal, now (the worker does this every night)."""
    django_ready()
    from motcua.dossiers import services
    from motcua.kernel.authority import SYSTEM

    click.echo(f"seal {services.seal_history(actor=SYSTEM):,}")
