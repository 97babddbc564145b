"""`motcua restore`: put a back-up into an empty data folder and database, and judge what stands there."""

import time
from pathlib import Path

import click

from motcua.cli import django_ready
from motcua.cli.backing_up.errors import BackUpRefused
from motcua.cli.backup import passphrase_of


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="File whose first line is the passphrase.",
)
def command(folder: Path, passphrase_file: Path | None) -> None:
    """Restore the back-up in FOLDER. Refuses to write over anything; ends with chain, record and figures judged."""
    from motcua.cli.backing_up import restoring
    from motcua.cli.backing_up.manifest import Reader

    began = time.monotonic()
    back_up = Reader(folder, passphrase_of(passphrase_file))
    if back_up.manifest.is_encrypted and passphrase_file is None:
        raise BackUpRefused("The back-up is encrypted: give its passphrase.")
    back_up.require_whole()
    restoring.require_empty_folder()
    restoring.place_parts(back_up, tell=click.echo)
    serving = django_ready(as_owner=True)
    restoring.load_database(back_up)
    files = restoring.place_files(back_up)
    from motcua.cli.running.preparing import migrate_and_collect

    migrate_and_collect(serving)
    drill = restoring.judge(files)
    click.echo(
        f"{drill.dossiers:,} dossiers, {drill.passages:,} passages, {drill.files:,} files "
        f"in {time.monotonic() - began:.1f} s"
    )
    click.echo(
        f"faults: chain {drill.chain_faults}, record {drill.record_faults}, seals {drill.torn_seals} of {drill.seals}, "
        f"figures {drill.differing_cells} cells"
    )
    if drill.files != back_up.manifest.files or not drill.is_good:
        raise BackUpRefused("What was restored is not what was backed up.")
    click.echo("✓ restored: the chain is whole, figures are equal, every file is the one it was named for")
