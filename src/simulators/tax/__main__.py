"""`python -m simulators.tax`: run until told to stop."""

import signal
from pathlib import Path

import click

from simulators.tax.server import TaxAuthority


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of what was taken.")
@click.option(
    "--trust", type=click.Path(path_type=Path), required=True, help="Folder of trusted roots (PEM)."
)
@click.option("--port", default=9124, show_default=True)
def main(data: Path, trust: Path, port: int) -> None:
    """Take day summaries on 127.0.0.1:PORT."""
    with TaxAuthority(data, trust, port=port) as authority:
        click.echo(f"tax on {authority.url}")
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    main()
