"""`python -m simulators.mail`: run until told to stop."""

import signal
from pathlib import Path

import click

from simulators.mail.server import MailServer


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of the letters.")
@click.option("--port", default=1025, show_default=True)
def main(data: Path, port: int) -> None:
    """Keep every letter sent to 127.0.0.1:PORT."""
    with MailServer(data, port=port):
        click.echo(f"mail on 127.0.0.1:{port}")
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    main()
