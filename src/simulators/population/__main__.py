"""`python -m simulators.population --data FOLDER [--port 9125]`."""

from pathlib import Path

import click

from simulators.population.server import PopulationServer


@click.command()
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of the numbers given.")
@click.option("--port", default=9125, show_default=True)
def main(data: Path, port: int) -> None:
    """Serve the simulated population register until stopped."""
    server = PopulationServer(data, port=port)
    click.echo(server.url)
    server.serve_forever()


main()
