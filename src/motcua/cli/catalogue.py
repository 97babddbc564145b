"""`motcua catalogue`: feeding the catalogue of procedures and publishing versions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from motcua.kernel.errors import DomainError

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """The catalogue of administrative procedures."""


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--dry-run", is_flag=True, help="Report only; needs no database and writes nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option(
    "--column",
    "-c",
    "columns",
    multiple=True,
    metavar="NAME=ROLE",
    help="What a foreign column stands for (see `columns`).",
)
def import_files(files: tuple[Path, ...], dry_run: bool, as_json: bool, columns: tuple[str, ...]) -> None:
    """Import the national export (JSON lines, also gzip) or lists of procedures (xlsx, csv, printed as text).

    Running it twice changes nothing; a changed source makes a new version with a list of what differs.
    """
    try:
        renamed = _renamed(columns)
        report = _survey(files, renamed) if dry_run else _import(files, renamed)
    except DomainError as refusal:
        raise click.ClickException(refusal.sentence()) from refusal
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        _tell(report)


@command.command("load-demo")
def load_demo() -> None:
    """Load and publish the demo procedures that come with the system (idempotent)."""
    from motcua.cli import django_ready

    django_ready()
    from motcua.kernel.authority import SYSTEM
    from motcua.provisioning.demo.procedures import load_demo_pack

    outcome = load_demo_pack(actor=SYSTEM)
    click.echo(f"{outcome.published} procedures published, {outcome.unchanged} unchanged")


@command.command("publish")
@click.argument("code")
@click.option("--number", type=int, default=None, help="Version number; the newest draft when not given.")
def publish(code: str, number: int | None) -> None:
    """Publish a draft version of the procedure CODE."""
    from motcua.cli import django_ready

    django_ready()
    from motcua.catalogue import queries, services
    from motcua.kernel.authority import SYSTEM

    try:
        draft = queries.draft_version(code, number=number)
        version = services.publish_version(actor=SYSTEM, version_id=draft.id)
    except DomainError as refusal:
        raise click.ClickException(refusal.sentence()) from refusal
    click.echo(f"{version.code} version {version.number} published, in force from {version.effective_from}")


@command.command("columns")
@click.argument("file", type=FILE)
@click.option(
    "--column", "-c", "columns", multiple=True, metavar="NAME=ROLE", help="What a foreign column stands for."
)
def show_columns(file: Path, columns: tuple[str, ...]) -> None:
    """Show what the columns of FILE are taken for and its first procedures, before anything is imported.

    Roles of a list: code, title, issuer, executor, field. Roles of a national export: its own keys (ma_thu_tuc …).
    """
    from motcua.catalogue.survey import preview

    try:
        seen = preview(file, _renamed(columns))
    except DomainError as refusal:
        raise click.ClickException(refusal.sentence()) from refusal
    click.echo(f"{file.name}: {seen.kind}")
    for name in seen.columns:
        click.echo(f"  {name or '(no name)'} → {seen.taken.get(name) or 'not read'}")
    for code, title in seen.first:
        click.echo(f"  {code}  {title}")
    if not seen.first:
        raise click.ClickException(
            "no procedure is read; say with --column NAME=ROLE which column is code and which is title"
        )


def _renamed(columns: tuple[str, ...]) -> dict[str, str]:
    pairs = [column.rpartition("=") for column in columns]
    if not all(name and role for name, _, role in pairs):
        raise click.BadParameter("write --column NAME=ROLE")
    return {name: role for name, _, role in pairs}


def _survey(files: tuple[Path, ...], columns: dict[str, str]) -> dict[str, object]:
    from motcua.catalogue.survey import survey

    return survey(files, columns).plain()


def _import(files: tuple[Path, ...], columns: dict[str, str]) -> dict[str, object]:
    from motcua.cli import django_ready

    django_ready()
    from motcua.catalogue import services
    from motcua.kernel.authority import SYSTEM

    return services.import_catalogue(actor=SYSTEM, paths=files, columns=columns).plain()


def _tell(report: dict[str, Any]) -> None:
    for key, value in report.items():
        if isinstance(value, dict) and value.keys() == {"total", "parsed"}:
            share = f" ({value['parsed'] / value['total']:.2%})" if value["total"] else ""
            click.echo(f"{key}: {value['parsed']} of {value['total']}{share}")
        elif isinstance(value, dict):
            for kind, count in value.items():
                click.echo(f"  {key}: {kind}: {count}")
        elif isinstance(value, list):
            click.echo(f"{key}: {len(value)} (all of them with --json)")
        else:
            click.echo(f"{key}: {value}")
