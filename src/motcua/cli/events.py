"""`motcua events`: what is announced, by whom, and who hears it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import click

import motcua
from motcua.cli import environment


@click.command()
@click.option("--json", "as_json", is_flag=True)
@click.option("--unheard", is_flag=True, help="Only events that are kept in the journal and heard by nobody.")
@click.argument("name", required=False)
def command(name: str | None, as_json: bool, unheard: bool) -> None:
    """Event → announcers → listeners → readers, of all events or of those whose name contains NAME. Needs no database."""
    os.environ.setdefault(
        "DATABASE_URL", "postgres://localhost/motcua"
    )  # never asked; the settings want an address
    environment.complete()
    import django

    django.setup()
    from motcua.kernel.wiring import wires

    found = [
        wire
        for wire in wires(Path(motcua.__path__[0]))
        if (name or "").lower() in wire.event.lower() and not (unheard and wire.is_heard)
    ]
    if as_json:
        click.echo(json.dumps([asdict(wire) for wire in found], indent=1))
        return
    for wire in found:
        click.echo(wire.event)
        for arrow, parties in (("←", wire.announcers), ("→", wire.listeners), ("⇉", wire.readers)):
            for party in parties:
                click.echo(f"  {arrow} {party}")
        if not wire.is_heard:
            click.echo("  kept in the journal only")
