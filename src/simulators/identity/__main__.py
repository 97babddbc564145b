"""`python -m simulators.identity --client-secret SECRET --site http://localhost:8000 [--port 9126]`."""

import click

from simulators.identity.server import IdentityServer


@click.command()
@click.option("--port", default=9126, show_default=True)
@click.option("--client-id", default="motcua", show_default=True)
@click.option("--client-secret", envvar="MOTCUA_IDENTITY_CLIENT_SECRET", required=True)
@click.option("--site", required=True, help="Address of the installation people come back to.")
def main(port: int, client_id: str, client_secret: str, site: str) -> None:
    """Serve the simulated provider of identities until stopped."""
    server = IdentityServer(
        port=port,
        client_id=client_id,
        client_secret=client_secret,
        redirect_uris=(f"{site}/dang-nhap/dinh-danh/ve/",),
        log_out_uris=(f"{site}/",),
    )
    click.echo(server.url)
    server.serve_forever()


main()
