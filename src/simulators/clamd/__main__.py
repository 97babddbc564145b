"""`python -m simulators.clamd --port 3310`: a malware scanner that knows one signature, until told to stop."""

import signal

import click

from simulators.clamd.server import ClamdSimulator


@click.command()
@click.option("--port", default=3310, show_default=True)
@click.option("--fault", default="", help="mute, cut, rubbish, limits")
def main(port: int, fault: str) -> None:
    """Speak clamd's protocol on 127.0.0.1:PORT."""
    with ClamdSimulator(port) as scanner:
        scanner.fault = fault
        click.echo(f"malware scanner on {scanner.address}")
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    main()
