"""``python -m simulators.objectstore [--port 9124] [--bucket motcua]``."""

import threading

import click

from simulators.objectstore.server import ObjectStore


@click.command()
@click.option("--port", default=9124, show_default=True)
@click.option("--bucket", default="motcua", show_default=True)
def main(port: int, bucket: str) -> None:
    """Serve the simulated object store until stopped."""
    store = ObjectStore(bucket, port)
    store.start()
    click.echo(f"{store.url} bucket {bucket}")
    threading.Event().wait()


main()
