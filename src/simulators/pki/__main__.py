"""``python -m simulators.pki --data FOLDER [--port 9123]``."""

from pathlib import Path

import click

from simulators.pki.server import PkiServer


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of keys and state.")
@click.option("--port", default=9123, show_default=True)
def main(data: Path, port: int) -> None:
    """Serve the simulated certificate authority until stopped."""
    server = PkiServer(data, port)
    click.echo(f"{server.authority.base_url} (trust: {server.authority.trust_path})")
    server.serve_forever()


main()
