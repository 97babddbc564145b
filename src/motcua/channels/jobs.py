"""Listeners and background work of the channels."""

from uuid import UUID

from procrastinate.contrib.django import app

from motcua.channels import services
from motcua.channels.events import LetterWritten
from motcua.dossiers.events import NoticeDue
from motcua.kernel.events import listener
from motcua.kernel.retrying import PATIENCE


@listener(NoticeDue, name="channels.notice")
def on_notice_due(event: NoticeDue) -> None:
    """The notice and its sending are enqueued together."""
    delivery_id = services.make_notice(
        dossier_id=event.dossier_id, passage_id=event.passage_id, kind=event.kind
    )
    if delivery_id is not None:
        send_email.defer(delivery_id=str(delivery_id))


@app.task(name="channels.send_email", retry=PATIENCE, pass_context=False)
def send_email(delivery_id: str) -> None:
    """One letter; a failure is tried again by the runner."""
    services.send_delivery(delivery_id=UUID(delivery_id))


@listener(LetterWritten, name="channels.official_letter")
def on_letter_written(event: LetterWritten) -> None:
    """The letter has a job of its own, with the patience of letters."""
    send_official_letter.defer(letter_id=str(event.letter_id))


@app.task(name="channels.send_official_letter", retry=PATIENCE, pass_context=False)
def send_official_letter(letter_id: str) -> None:
    """One letter to somebody in office; a failure is tried again by the runner."""
    services.send_letter(letter_id=UUID(letter_id))
