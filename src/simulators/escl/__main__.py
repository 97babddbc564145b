"""`python -m simulators.escl --port 9180 SHEET.jpg…`: a scanner with these sheets in its feeder, until told to stop."""

import signal
from pathlib import Path

import click

from simulators.escl.server import ScannerSimulator


@click.command()
@click.option("--port", default=9180, show_default=True)
@click.option("--fault", default="", help="busy, busy:N, jam:N, cut:N, slow, rubbish")
@click.argument("sheets", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(port: int, fault: str, sheets: tuple[Path, ...]) -> None:
    """Speak eSCL on 127.0.0.1:PORT."""
    with ScannerSimulator(port) as scanner:
        scanner.fault = fault
        scanner.load([sheet.read_bytes() for sheet in sheets])
        click.echo(f"scanner on {scanner.url}")
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    main()
