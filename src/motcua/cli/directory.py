"""`motcua directory`: units, outlines and the demo province."""

import re
import sys
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import click

from motcua.cli._refusing import refusals
from motcua.kernel.errors import DomainError

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_DAY_IN_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})")
_SHOWN = 20


@click.group()
def command() -> None:
    """Territory, agencies and accounts."""


@command.command("import-units")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day from which a file of units holds.")
def import_units(files: tuple[Path, ...], as_of: datetime | None) -> None:
    """Import units (before and since 1 July 2025) and the file of old units to new ones, in this order.

    A file of today's units is taken to hold from the day in its name, or from 1 July 2025. Running it twice
    changes nothing.
    """
    from motcua.cli import django_ready

    django_ready()
    from motcua.directory import services
    from motcua.kernel.authority import SYSTEM

    report = services.ImportReport()
    for path in sorted(files, key=_order):
        click.echo(f"{path.name} …", err=True)
        day = as_of.date() if as_of else _day_of(path)
        try:
            services.import_units(actor=SYSTEM, path=path, as_of=day, report=report)
        except DomainError as refusal:
            raise click.ClickException(refusal.sentence()) from refusal
    for level in sorted(report.created.keys() | report.unchanged.keys()):
        click.echo(f"{level}: {report.created[level]} created, {report.unchanged[level]} unchanged")
    _list("renamed or raised", report.renamed)
    _list("names spelled otherwise", report.respelled)
    _list("not matched", report.unmatched)


def _order(path: Path) -> tuple[bool, date, bool]:
    """Old units first, then by day; what became of whom on a day comes after the units of that day."""
    return "before" not in path.name, _day_of(path), "old_to_new" in path.name


def _day_of(path: Path) -> date:
    found = _DAY_IN_NAME.search(path.name)
    return date.fromisoformat(found.group(1)) if found and "before" not in path.name else date(2025, 7, 1)


@command.command("import-boundaries")
@click.argument("file", type=FILE)
@click.option("--source", default="", help="Where the outlines come from; the file's name by default.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day on which the units are looked for.")
def import_boundaries(file: Path, source: str, as_of: datetime | None) -> None:
    """Import outlines from GeoJSON whose features carry GSO codes in properties.code."""
    from motcua.cli import django_ready

    django_ready()
    from motcua.directory import services
    from motcua.kernel.authority import SYSTEM

    try:
        report = services.import_boundaries(
            actor=SYSTEM, path=file, source=source, as_of=as_of.date() if as_of else None
        )
    except DomainError as refusal:
        raise click.ClickException(refusal.sentence()) from refusal
    click.echo(f"{report.created['boundary']} outlines kept")
    _list("not matched", report.unmatched)


DAY = click.DateTime(["%Y-%m-%d"])


@command.command("open-unit")
@click.argument("level", type=click.Choice(["province", "district", "commune"]))
@click.argument("code")
@click.argument("full_name")
@click.option("--parent", default="", help="GSO code of the unit above, as of the first day.")
@click.option("--begins", type=DAY, required=True, help="First day, from the resolution.")
@click.option("--decree", required=True, help="The resolution that makes it.")
def open_unit(level: str, code: str, full_name: str, parent: str, begins: datetime, decree: str) -> None:
    """Open a unit that no list of the statistics office names yet: LEVEL CODE FULL_NAME."""
    from motcua.cli import django_ready

    django_ready()
    from motcua.directory import queries, services
    from motcua.directory.words import TerritoryLevel
    from motcua.kernel.authority import SYSTEM

    day = begins.date()
    with refusals():
        unit_id = services.open_territory(
            actor=SYSTEM,
            level=TerritoryLevel(level),
            code=code,
            full_name=full_name,
            parent_id=queries.territory(parent, day).id if parent else None,
            begins_on=day,
            decree=decree,
            source="motcua directory open-unit",
        )
    click.echo(f"{code} {full_name}: {unit_id}")


@command.command("succeed-unit")
@click.argument("predecessor")
@click.argument("shares", nargs=-1, required=True)
@click.option("--effective", type=DAY, required=True, help="First day on which the successors hold.")
@click.option("--decree", required=True, help="The resolution that decides it.")
def succeed_unit(predecessor: str, shares: tuple[str, ...], effective: datetime, decree: str) -> None:
    """Let the unit PREDECESSOR give way to others from a day: CODE=SHARE, shares like 2/3 that add up to one.

    The first one named is the main successor: where people and papers without an exact place are looked for.
    """
    from motcua.cli import django_ready

    django_ready()
    from motcua.directory import queries, services
    from motcua.kernel.authority import SYSTEM

    day = effective.date()
    with refusals():
        old = queries.territory(predecessor, day - timedelta(days=1))
        wanted = {queries.territory(code, day).id: share for code, share in map(_share, shares)}
        services.succeed_territory(
            actor=SYSTEM,
            predecessor_id=old.id,
            shares=wanted,
            main_successor_id=next(iter(wanted)),
            decree=decree,
            effective_on=day,
        )
    click.echo(f"{old.full_name}: {len(wanted)} successors from {day:%d/%m/%Y}")


def _share(text: str) -> tuple[str, Fraction]:
    code, is_given, share = text.partition("=")
    try:
        return code, Fraction(share) if is_given else Fraction(1)
    except (ValueError, ZeroDivisionError):
        raise click.BadParameter(f"write CODE=SHARE, like 99004=2/3, not {text}") from None


@command.command("demo")
@click.option("--password", default=None, help="Everybody's password; the public demo password by default.")
def demo(password: str | None) -> None:
    """Load the demo province and its cast (idempotent) and print the log-ins."""
    from motcua.cli import django_ready

    django_ready()
    from motcua.directory import queries
    from motcua.kernel.authority import SYSTEM
    from motcua.provisioning.demo.directory import DEMO_PASSWORD, load_demo_directory

    chosen = password or DEMO_PASSWORD
    try:
        loaded = load_demo_directory(actor=SYSTEM, password=chosen)
    except DomainError as refusal:
        raise click.ClickException(refusal.sentence()) from refusal
    names = queries.account_names(loaded.accounts.values())
    click.echo(f"{len(loaded.agencies)} agencies, {len(loaded.accounts)} accounts")
    click.echo(f"password of new accounts: {chosen}")
    for username, account_id in sorted(loaded.accounts.items()):
        click.echo(f"  {username:10} {names[account_id]}")


def _list(title: str, lines: list[str]) -> None:
    if lines:
        click.echo(f"{title}: {len(lines)}", file=sys.stderr)
        for line in lines[:_SHOWN]:
            click.echo(f"  {line}", file=sys.stderr)
