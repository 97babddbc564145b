"""``python -m simulators.pki --data FOLDER [--port 9123] [--trust FOLDER]``."""

import shutil
from pathlib import Path

import click

from simulators.pki.server import PkiServer


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of keys and state.")
@click.option("--port", default=9123, show_default=True)
@click.option("--trust", type=click.Path(path_type=Path), help="Folder to copy the public certificates into.")
def main(data: Path, port: int, trust: Path | None) -> None:
    """Serve the simulated certificate authority until stopped."""
    server = PkiServer(data, port)
    if trust is not None:
        shutil.copytree(server.authority.trust_path, trust, dirs_exist_ok=True)
    click.echo(f"{server.authority.base_url} (trust: {server.authority.trust_path})")
    server.serve_forever()


main()
