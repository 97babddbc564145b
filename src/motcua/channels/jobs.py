"""Listeners of the channels, and their ways as destinations of the outbox."""

from motcua.channels import services
from motcua.dossiers.events import NoticeDue
from motcua.kernel.events import listener

services.open_ways()


@listener(NoticeDue, name="channels.notice")
def on_notice_due(event: NoticeDue) -> None:
    """The notice is written and put out together; the outbox sends it."""
    services.make_notice(dossier_id=event.dossier_id, passage_id=event.passage_id, kind=event.kind)
