"""`motcua chain verify`: find any edited, missing or reordered passage."""

import json
import sys
from uuid import UUID

import click

from motcua.cli import django_ready


@click.group()
def command() -> None:
    """The chain of passages: the record of every official act."""


@command.command()
@click.option("--dossier", "dossier_id", type=click.UUID, help="Only this dossier.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def verify(dossier_id: UUID | None, as_json: bool) -> None:
    """Recompute every digest. Exit code 1 if a row was edited, removed, inserted or moved."""
    django_ready()
    from motcua.dossiers import queries

    report = queries.verify_chain(dossier_id=dossier_id)
    faults = [{"dossier": str(f.dossier_id), "seq": f.seq, "fault": f.kind.value} for f in report.faults]
    if as_json:
        click.echo(json.dumps({"dossiers": report.dossiers, "passages": report.passages, "faults": faults}))
    else:
        click.echo(f"{report.passages:,} passages of {report.dossiers:,} dossiers")
        for fault in faults:
            click.echo(f"✗ {fault['dossier']} passage {fault['seq']}: {fault['fault']}")
        click.echo("✗ the chain is broken" if faults else "✓ the chain is whole")
    sys.exit(1 if faults else 0)
