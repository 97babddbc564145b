"""`motcua templates`: the documents procedures end in."""

from __future__ import annotations

import json
from dataclasses import asdict

import click


@click.group()
def command() -> None:
    """Templates of results, by kind and day in force."""


@command.command("unverified")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def unverified(*, as_json: bool) -> None:
    """What still has to be compared with the official texts: layouts, and fields by their labels."""
    from motcua.cli import django_ready

    django_ready()
    from motcua.catalogue import queries

    found = queries.unverified_templates()
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        layout = "" if one.layout_is_verified else " (bố cục chưa đối chiếu)"
        click.echo(f"{one.name} · {one.title}{layout}")
        click.echo(f"  nguồn: {one.source}")
        if one.fields:
            click.echo(f"  {len(one.fields)} mục chưa đối chiếu: {', '.join(one.fields)}")
