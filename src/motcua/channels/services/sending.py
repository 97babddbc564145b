"""Between the outbox and the ways: a message of the outbox is a delivery of a notice or a letter to somebody in office."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from motcua.channels.models import Delivery, OfficialLetter
from motcua.channels.ways import email
from motcua.channels.ways.table import WAYS
from motcua.channels.ways.way import Enclosure, Letter, Way
from motcua.kernel import storage
from motcua.kernel.lacking import lack_of
from motcua.kernel.outbox import (
    Destination,
    Failure,
    Outgoing,
    Undeliverable,
    check_payload,
    digest_of,
    put,
    register,
)
from motcua.kernel.storage import ContentMissing

PREFIX = "channels."
_DELIVERY, _LETTER = "delivery", "letter"


def open_ways() -> None:
    """Make every way that leaves the house a destination of the outbox."""
    for way in WAYS:
        if way.send is not None:
            register(
                Destination(
                    name=f"{PREFIX}{way.key}",
                    send=partial(_send, way),
                    classify=partial(_classify, way),
                    patience=way.patience,
                    lanes=way.lanes,
                )
            )


def put_out_delivery(delivery: Delivery) -> None:
    """Have a delivery sent, after those of the same dossier to the same person."""
    notice = delivery.notice
    delivery.message_id = put(
        destination=f"{PREFIX}{delivery.way}",
        key=str(delivery.id),
        reference=f"{_DELIVERY}:{delivery.id}",
        digest=digest_of(_of_delivery(delivery)),
        subject=f"{notice.dossier_id}:{notice.party_id}",
    )


def put_out_letter(letter: OfficialLetter) -> None:
    """Have a letter to somebody in office sent."""
    letter.message_id = put(
        destination=f"{PREFIX}{email.WAY.key}",
        key=str(letter.id),
        reference=f"{_LETTER}:{letter.id}",
        digest=digest_of(_of_letter(letter)),
    )


def _send(way: Way, message: Outgoing) -> str:
    kind, _, identifier = message.reference.partition(":")
    letter = _delivery(message, identifier) if kind == _DELIVERY else _official(message, identifier)
    return way.send(letter) if way.send is not None else ""


def _delivery(message: Outgoing, identifier: str) -> Letter:
    row = Delivery.objects.select_related("notice").filter(pk=UUID(identifier)).first()
    if row is None:
        raise Undeliverable(Failure("payload_gone", is_permanent=True))
    check_payload(message, _of_delivery(row))
    return Letter(message.key, row.address, row.subject or row.notice.subject, row.body or row.notice.body)


def _official(message: Outgoing, identifier: str) -> Letter:
    row = OfficialLetter.objects.filter(pk=UUID(identifier)).first()
    if row is None:
        raise Undeliverable(Failure("payload_gone", is_permanent=True))
    check_payload(message, _of_letter(row))
    enclosures = tuple(Enclosure(name, kind, _bytes(sha256)) for name, kind, sha256 in row.enclosures)
    return Letter(message.key, row.address, row.subject, row.body, enclosures)


def _classify(way: Way, error: Exception) -> Failure | None:
    if isinstance(error, ContentMissing):
        return Failure(error.code, is_permanent=True)
    if lack := lack_of(error):
        return Failure(f"lacks_{lack}")
    return way.classify(error)


def _of_delivery(row: Delivery) -> Sequence[object]:
    return [row.way, row.address, row.subject or row.notice.subject, row.body or row.notice.body]


def _of_letter(row: OfficialLetter) -> Sequence[object]:
    return [row.address, row.subject, row.body, [list(one) for one in row.enclosures]]


def _bytes(sha256: str) -> bytes:
    with storage.store().open(sha256) as stream:
        return stream.read()
