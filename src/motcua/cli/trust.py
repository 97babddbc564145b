"""`motcua trust`: which root certificates this installation trusts; added only with the fingerprint somebody compared.

Where the State's roots come from and how they are compared: docs/guides/kiem-tra-giay-to.md, "Chứng thư gốc".
"""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from motcua.documents.queries import TrustedCertificate

_SOON_DAYS = 90


@click.group(short_help="Root certificates that signatures are judged by.")
def command() -> None:
    """List, add and check the certificates in the folder of the setting MOTCUA_TRUST_ROOTS."""
    from motcua.cli import django_ready

    django_ready()


@command.command("list")
def list_() -> None:
    """Every certificate with its SHA-256 fingerprint and term."""
    for each in _installed():
        _show(each)


@command.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--fingerprint",
    help="SHA-256 published by the authority; the certificate is added only if it is this one.",
)
def add(file: Path, fingerprint: str | None) -> None:
    """Add the certificates of FILE (PEM or DER) after their fingerprints were compared. Never silently: without
    --fingerprint each is shown and asked about.
    """
    from motcua.documents import queries

    folder = _folder()
    found = queries.certificates_in(file)
    if not found:
        raise click.ClickException(f"{file.name}: no certificate could be read in it")
    wanted = "".join(character for character in (fingerprint or "").upper() if character.isalnum())
    for each in found:
        _show(each)
        if wanted and each.fingerprint != wanted:
            raise click.ClickException("the fingerprint is another one; nothing was added")
        if not wanted and not click.confirm("Is this the fingerprint the authority publishes?"):
            raise click.ClickException("not added")
    folder.mkdir(parents=True, exist_ok=True)
    for each in found:
        target = folder / f"{each.fingerprint[:16].lower()}.der"
        target.write_bytes(each.der)
        click.echo(f"added {target.name}")


@command.command()
def check() -> None:
    """Exit code 1 when a certificate is out of date, or none is installed; those ending within 90 days are named.

    Of the State's two hierarchies it says which have no root here, and where their operators publish them.
    """
    from motcua.documents import queries

    found = _installed()
    ended = [each for each in found if each.days_left < 0]
    for each in found:
        if each.days_left < _SOON_DAYS:
            click.echo(f"{'ended' if each.days_left < 0 else f'{each.days_left} days left'}: {each.name}")
    if not any(each.is_root for each in found):
        click.echo("no root is installed: no signature can be trusted")
        raise SystemExit(1)
    for profile in queries.PROFILES:
        own = [each for each in found if each.profile == profile.code and each.days_left >= 0]
        roots = sum(each.is_root for each in own)
        told = (
            f"roots {roots}, authorities {len(own) - roots}"
            if roots
            else f"NO ROOT, see {profile.published_at}"
        )
        click.echo(f"{profile.title}: {told}")
    raise SystemExit(1 if ended else 0)


def _folder() -> Path:
    from django.conf import settings

    return Path(settings.MOTCUA_TRUST_ROOTS)


def _installed() -> list["TrustedCertificate"]:
    from motcua.documents import queries

    return queries.certificates_in(_folder())


def _show(each: "TrustedCertificate") -> None:
    grouped = ":".join(each.fingerprint[at : at + 2] for at in range(0, len(each.fingerprint), 2))
    click.echo(
        f"{'root' if each.is_root else 'authority'}  {each.name}\n    {each.since} – {each.until}\n    SHA-256 {grouped}"
    )
