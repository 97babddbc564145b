"""Listeners of the channels, and their ways as destinations of the outbox."""

from motcua.channels import services
from motcua.directory.events import AccessAsked, AccessChanged
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


@listener(AccessChanged, name="channels.access_changed")
def on_access_changed(event: AccessChanged) -> None:
    """The person and the other administrators get a letter."""
    services.tell_change(record_id=event.record_id)


@listener(AccessAsked, name="channels.access_asked")
def on_access_asked(event: AccessAsked) -> None:
    """Whoever may confirm gets a letter, and whom it is about."""
    services.tell_request(request_id=event.request_id)
