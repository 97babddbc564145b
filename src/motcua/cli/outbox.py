"""`motcua outbox`: what waits to leave the house, and sending dead letters again."""

import json

import click

from motcua.cli import django_ready

_STATES = ("dead", "waiting", "sent", "discarded")


@click.group()
def command() -> None:
    """What waits to leave the house: letters, later messages to partners."""


@command.command("list")
@click.option("--state", type=click.Choice(_STATES), default="dead", show_default=True)
@click.option("--destination", default="", help="Only of this destination, such as channels.email.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_messages(state: str, destination: str, limit: int, as_json: bool) -> None:
    """Messages in a state, newest first, and how every destination stands. No content and no address is shown."""
    django_ready()
    from motcua.kernel import outbox
    from motcua.kernel.authority import SYSTEM

    for one in outbox.messages(actor=SYSTEM, state=state, destination=destination, limit=limit):
        told = {
            "id": one.id,
            "destination": one.destination,
            "reference": one.reference,
            "attempts": one.attempts,
            "error": one.last_error,
            "put_at": one.put_at.isoformat(),
            "next_try_at": one.next_try_at.isoformat() if one.state == "waiting" else None,
        }
        click.echo(
            json.dumps(told)
            if as_json
            else f"{one.id}  {one.destination}  {one.reference}  {one.attempts} tries  {one.last_error or '-'}"
        )
    if not as_json:
        for line in outbox.backlog(actor=SYSTEM):
            click.echo(
                f"{line.destination}: {line.waiting} waiting, {line.failing} of them failed before, {line.dead} dead"
            )


@command.command("replay")
@click.argument("ids", nargs=-1, type=int)
@click.option("--all", "all_of", metavar="DESTINATION", help="Every dead letter of this destination.")
def replay(ids: tuple[int, ...], all_of: str | None) -> None:
    """Send dead letters again, with fresh patience and the same key."""
    if bool(ids) == bool(all_of):
        raise click.UsageError("Give ids, or --all DESTINATION.")
    django_ready()
    from motcua.kernel import outbox
    from motcua.kernel.authority import SYSTEM

    if all_of:
        dead = outbox.messages(actor=SYSTEM, destination=all_of, limit=1_000_000)
        ids = tuple(one.id for one in dead)
    click.echo(f"{outbox.replay(actor=SYSTEM, ids=ids)} of {len(ids)} will be sent again")
