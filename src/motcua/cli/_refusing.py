"""What a command says of a refusal: its sentence, and an exit of one. Nothing of the command is kept."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from motcua.kernel.errors import DomainError


@contextmanager
def refusals() -> Iterator[None]:
    """All or nothing, and a refusal in words."""
    from django.db import transaction

    try:
        with transaction.atomic():
            yield
    except DomainError as refusal:
        raise click.ClickException(refusal.sentence()) from refusal
