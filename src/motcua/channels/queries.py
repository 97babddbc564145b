"""Reads of notices."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.channels.models import ContactChoice, Delivery, Notice, OfficialLetter
from motcua.channels.ways.table import WAYS, way_named
from motcua.channels.ways.way import Recipient
from motcua.directory import queries as directory
from motcua.kernel import outbox
from motcua.kernel.authority import Actor


@dataclass(frozen=True, slots=True)
class Sending:
    """How a notice fared on a way that leaves the house; `fared` is waiting, sent or failed (so far, or for good)."""

    way: str
    title: str
    fared: str


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice in a person's space, and how it fared on the other ways."""

    id: UUID
    dossier_id: UUID
    kind: str
    subject: str
    body: str
    made_at: datetime
    read_at: datetime | None
    sendings: tuple[Sending, ...]


@dataclass(frozen=True, slots=True)
class WayChoice:
    """A way as a person may choose it."""

    key: str
    title: str
    is_wanted: bool
    may_be_declined: bool


def notices_of(*, actor: Actor, dossier_id: UUID | None = None, limit: int = 50) -> Sequence[NoticeView]:
    """Notices of the actor's parties, newest first; of one dossier if given."""
    rows = Notice.objects.filter(party_id__in=actor.party_ids).order_by("-id")
    if dossier_id is not None:
        rows = rows.filter(dossier_id=dossier_id)
    return _views(rows[:limit])


def unread_count(*, actor: Actor) -> int:
    return Notice.objects.filter(party_id__in=actor.party_ids, read_at=None).count()


def notices_about(*, dossier_id: UUID) -> Sequence[NoticeView]:
    """What the parties of a dossier were told; for officers who already see the dossier."""
    return _views(Notice.objects.filter(dossier_id=dossier_id).order_by("-id"))


def dossiers_with_failed_notice(*, limit: int = 1000) -> Sequence[UUID]:
    """Dossiers somebody could not be written to: a message about them has failed so far. For who oversees."""
    ids = outbox.failing("channels.", limit=limit)
    rows = Delivery.objects.filter(message_id__in=ids).order_by("-notice_id")
    return list(dict.fromkeys(rows.values_list("notice__dossier_id", flat=True)))


def letter_states(*, key: str) -> dict[str, str]:
    """How the letters of a key fared: address to waiting, sent or failed."""
    rows = list(OfficialLetter.objects.filter(key=key).order_by("address"))
    known = outbox.message_states([row.message_id for row in rows if row.message_id is not None])
    return {row.address: _state(known.get(row.message_id or 0)) for row in rows}


def ways_wanted(party_id: UUID) -> frozenset[str]:
    """The ways on which a person wants to be told: as they last said, otherwise all that need no consent."""
    said: dict[str, bool] = {}
    for choice in ContactChoice.objects.filter(party_id__in=directory.records_of([party_id])).order_by(
        "chosen_at", "id"
    ):
        said[choice.way] = choice.is_wanted
    return frozenset(
        way.key for way in WAYS if not way.may_be_declined or said.get(way.key, not way.needs_consent)
    )


@dataclass(frozen=True, slots=True)
class Reaching:
    """A way that would reach somebody now; `address` only where the way leaves the house."""

    key: str
    title: str
    address: str
    leaves: bool


def ways_reaching(
    *, party_id: UUID, name: str, email: str, phone: str, contact: Mapping[str, str]
) -> Sequence[Reaching]:
    """The ways a notice would really take: wanted, and with somewhere to go. What is promised before sending is asked of
    the same table that sends.
    """
    recipient = Recipient(
        party_id, name, email, phone, {key: str(value) for key, value in contact.items() if value}
    )
    wanted = ways_wanted(party_id)
    reaching = [(way, way.address_of(recipient)) for way in WAYS if way.key in wanted]
    return [
        Reaching(way.key, str(way.title), address if way.send else "", way.send is not None)
        for way, address in reaching
        if address
    ]


def way_choices(*, actor: Actor, party_id: UUID) -> Sequence[WayChoice]:
    """Every way, and whether the person wants it; nothing for somebody else's party."""
    if party_id not in actor.party_ids:
        return ()
    wanted = ways_wanted(party_id)
    return [WayChoice(way.key, str(way.title), way.key in wanted, way.may_be_declined) for way in WAYS]


def _views(rows: QuerySet[Notice]) -> list[NoticeView]:
    notices = list(rows.prefetch_related("deliveries"))
    ids = [d.message_id for row in notices for d in row.deliveries.all() if d.message_id is not None]
    known = outbox.message_states(ids) if ids else {}
    return [
        NoticeView(
            row.id,
            row.dossier_id,
            row.kind,
            row.subject,
            row.body,
            row.made_at,
            row.read_at,
            tuple(_sendings(row.deliveries.all(), known)),
        )
        for row in notices
    ]


def _sendings(deliveries: Iterable[Delivery], known: dict[int, outbox.MessageView]) -> Iterable[Sending]:
    for one in deliveries:
        if one.message_id is not None:
            way = way_named(one.way)
            yield Sending(one.way, str(way.title) if way else one.way, _state(known.get(one.message_id)))


def _state(message: outbox.MessageView | None) -> str:
    if message is None:
        return "waiting"
    return "failed" if message.has_failed else message.state
