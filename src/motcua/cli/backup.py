"""`motcua backup`: database, files, secrets, trust, keys and settings of one moment, with a digest of each part."""

from pathlib import Path

import click

from motcua.cli import django_ready

_FOLDER = click.Path(path_type=Path, file_okay=False)
_PASSPHRASE = click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="File whose first line is the passphrase.",
)


@click.group()
def command() -> None:
    """Take a back-up, or tell whether one is whole."""


@command.command()
@click.argument("folder", type=_FOLDER)
@_PASSPHRASE
def take(folder: Path, passphrase_file: Path | None) -> None:
    """Write a back-up into FOLDER, which must be new or empty. The site may be at work meanwhile."""
    django_ready(as_owner=True)
    from motcua.cli.backing_up.taking import take as take_now

    digest = take_now(folder, passphrase=passphrase_of(passphrase_file), tell=click.echo)
    if passphrase_file is None:
        click.echo("It is not encrypted: whoever reads it has the keys of this installation.")
    click.echo(f"✓ {folder} · digest {digest}")


@command.command()
@click.argument("folder", type=_FOLDER)
@_PASSPHRASE
def verify(folder: Path, passphrase_file: Path | None) -> None:
    """Tell whether every part is there and as it was written. Exit code 1 otherwise. Needs no database."""
    from motcua.cli.backing_up.manifest import Reader

    back_up = Reader(folder, passphrase_of(passphrase_file))
    faults = list(back_up.faults())
    for fault in faults[:100]:
        click.echo(f"✗ {fault}")
    if faults:
        raise click.ClickException(f"The back-up is not whole: {len(faults):,} faults.")
    told = f"{sum(back_up.manifest.rows.values()):,} rows, {back_up.manifest.files:,} files"
    click.echo(f"✓ whole: {len(back_up.manifest.parts):,} parts ({told}) of {back_up.manifest.made_at}")
    click.echo(f"digest {back_up.manifest.digest()}")


def passphrase_of(file: Path | None) -> str:
    """The first line of the file; empty without one."""
    if file is None:
        return ""
    passphrase = file.read_text().partition("\n")[0].strip()
    if not passphrase:
        raise click.ClickException(f"{file} holds no passphrase.")
    return passphrase
