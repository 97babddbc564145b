"""Listeners of the channels, and their ways as destinations of the outbox."""

from motcua.channels import services
from motcua.dossiers.events import HistorySealed, NoticeDue
from motcua.kernel.events import listener

services.open_ways()


@listener(NoticeDue, name="channels.notice")
def on_notice_due(event: NoticeDue) -> None:
    """The notice is written and put out together; the outbox sends it."""
    services.make_notice(dossier_id=event.dossier_id, passage_id=event.passage_id, kind=event.kind)


@listener(HistorySealed, name="channels.seal")
def on_history_sealed(event: HistorySealed) -> None:
    """Each seal leaves by mail: a copy that nobody of this machine can change."""
    services.mail_seal(number=event.number)
