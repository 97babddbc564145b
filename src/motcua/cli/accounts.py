"""`motcua accounts`: what the operator at the machine does where no second administrator can; journaled and told all the same."""

from uuid import UUID

import click

from motcua.cli._refusing import refusals

_GROUND = click.option(
    "--ground", required=True, help="Decision or reason; stands in the journal and the letters."
)


@click.group()
def command() -> None:
    """First administrator, and provinces with one administrator."""


@command.command("add-administrator")
@click.argument("username")
@click.option("--name", "full_name", required=True, help="Full name.")
@click.option("--number", required=True, help="Staff number.")
@click.option("--email", default="", help="Where letters about access go.")
@click.option("--agency", required=True, help="Code of the agency in which they serve.")
@_GROUND
def add_administrator(
    username: str, full_name: str, number: str, email: str, agency: str, ground: str
) -> None:
    """Register somebody with a log-in and the role of administrator; prints a password for one log-in."""
    _ready()
    import secrets

    from motcua.directory import services
    from motcua.directory.queries import Role
    from motcua.kernel.authority import SYSTEM

    password = secrets.token_urlsafe(12)
    with refusals():
        agency_id = _agency(agency)
        staff_id = services.register_staff(actor=SYSTEM, number=number, full_name=full_name, email=email)
        services.assign_role(
            actor=SYSTEM, staff_id=staff_id, agency_id=agency_id, role=Role.ADMINISTRATOR, decision=ground
        )
        services.open_account(
            actor=SYSTEM, username=username, password=password, staff_id=staff_id, must_change=True
        )
    click.echo(f"{username}: {password} (for one log-in)")


@command.command("give-role")
@click.argument("username")
@click.argument("role")
@click.argument("agency")
@_GROUND
def give_role(username: str, role: str, agency: str, ground: str) -> None:
    """Give somebody a role in an agency from today."""
    _ready()
    from motcua.directory import queries, services
    from motcua.kernel.authority import SYSTEM

    if role not in set(queries.Role):
        raise click.UsageError(f"roles are: {', '.join(queries.Role)}")
    with refusals():
        one = _account(username)
        services.assign_role(
            actor=SYSTEM,
            staff_id=_staff(one),
            agency_id=_agency(agency),
            role=queries.Role(role),
            decision=ground,
        )
    click.echo(f"{username}: {role} in {agency}")


@command.command("reset-password")
@click.argument("username")
@_GROUND
def reset_password(username: str, ground: str) -> None:
    """Give somebody a new password for one log-in and print it."""
    _ready()
    from motcua.directory import services
    from motcua.kernel.authority import SYSTEM

    with refusals():
        password = services.reset_password(actor=SYSTEM, account_id=_account(username), reason=ground)
    click.echo(f"{username}: {password} (for one log-in)")


@command.command("set-password")
@click.argument("username")
@click.password_option(help="Asked for where it is not given.")
def set_password(username: str, password: str) -> None:
    """Set a password that its holder has chosen, typed at the machine: for accounts of programs and of demonstrations."""
    _ready()
    from motcua.directory import services
    from motcua.kernel.authority import SYSTEM

    with refusals():
        services.set_password(actor=SYSTEM, account_id=_account(username), password=password)
    click.echo(f"{username}: password set")


@command.command("remove-second-factor")
@click.argument("username")
@_GROUND
def remove_second_factor(username: str, ground: str) -> None:
    """Take the authenticators off the account of somebody who lost the device."""
    _ready()
    from motcua.directory import services
    from motcua.kernel.authority import SYSTEM

    with refusals():
        services.remove_second_factor(actor=SYSTEM, account_id=_account(username), reason=ground)
    click.echo(f"{username}: no second factor")


def _ready() -> None:
    from motcua.cli import django_ready

    django_ready()


def _account(username: str) -> UUID:
    from motcua.directory import queries

    found = queries.account_named(username)
    if found is None:
        raise click.ClickException(f"no open account {username}")
    return found


def _staff(account_id: UUID) -> UUID:
    from motcua.directory import queries

    view = queries.account(account_id)
    if view is None or view.staff_id is None:
        raise click.ClickException("the account is not of somebody in service")
    return view.staff_id


def _agency(code: str) -> UUID:
    from motcua.directory import queries

    found = [one.id for one in queries.find_agencies() if one.code == code]
    if not found:
        raise click.ClickException(f"no agency {code}")
    return found[0]
