"""Acts of telling people."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from motcua.channels.adapters.mail import Enclosure, Letter, Post, SmtpPost
from motcua.channels.events import LetterWritten
from motcua.channels.models import Delivery, DeliveryState, Notice, OfficialLetter
from motcua.channels.rules.notices import Facts, compose
from motcua.directory import queries as directory
from motcua.dossiers import queries as dossiers
from motcua.kernel import clock, storage
from motcua.kernel.authority import SYSTEM, Actor, machine_only
from motcua.kernel.events import announce


@transaction.atomic
def make_notice(*, actor: Actor = SYSTEM, dossier_id: UUID, passage_id: UUID, kind: str) -> UUID | None:
    """Put a notice into the space of the submitter (and of the applicant, if somebody else); returns the delivery to
    send by e-mail, if there is an address. A repeated call makes nothing new."""
    page = dossiers.dossier_page(actor=actor, dossier_id=dossier_id)
    # Of the very act that is told: by the time of telling, others may have followed.
    reason = next((entry.reason for entry in page.timeline if entry.passage_id == passage_id), "")
    delivery_id: UUID | None = None
    for party in {page.submitter.id: page.submitter, page.applicant.id: page.applicant}.values():
        words = compose(kind, "vi", _facts(page, party, reason))
        notice, is_new = Notice.objects.get_or_create(
            passage_id=passage_id,
            kind=kind,
            party_id=party.id,
            defaults={
                "dossier_id": dossier_id,
                "language": "vi",
                "subject": words.subject,
                "body": words.body,
                "made_at": clock.now(),
            },
        )
        address = _address(page, party)
        if is_new and address and party.id == page.submitter.id:
            delivery_id = Delivery.objects.create(notice=notice, address=address).id
    return delivery_id


def send_delivery(*, actor: Actor = SYSTEM, delivery_id: UUID, post: Post | None = None) -> bool:
    """Send one waiting delivery by e-mail; False if it was sent before. A failure is recorded, then raised (OSError)."""
    machine_only(actor)
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().select_related("notice").get(pk=delivery_id)
        if delivery.state == DeliveryState.SENT:
            return False
        letter = Letter(str(delivery.id), delivery.address, delivery.notice.subject, delivery.notice.body)
        failure = _sent(delivery, letter, post or SmtpPost())
    if failure:
        raise failure
    return True


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of the content store that goes with a letter."""

    filename: str
    media_type: str
    sha256: str


@transaction.atomic
def write_letter(
    *,
    actor: Actor = SYSTEM,
    key: str,
    address: str,
    subject: str,
    body: str,
    enclosures: Sequence[KeptFile] = (),
) -> UUID:
    """Write a letter to somebody in office and have it sent; the same `key` and address twice is one letter.

    Subjects and bodies must carry no personal detail of a citizen. Announces `LetterWritten`.
    """
    machine_only(actor)
    letter, is_new = OfficialLetter.objects.get_or_create(
        key=key,
        address=address,
        defaults={
            "subject": " ".join(subject.split()),
            "body": body,
            "enclosures": [[one.filename, one.media_type, one.sha256] for one in enclosures],
            "written_at": clock.now(),
        },
    )
    if is_new:
        announce(LetterWritten(letter_id=letter.id))
    return letter.id


def send_letter(*, actor: Actor = SYSTEM, letter_id: UUID, post: Post | None = None) -> bool:
    """Send one waiting letter; False if it was sent before. A failure is recorded, then raised (OSError)."""
    machine_only(actor)
    with transaction.atomic():
        row = OfficialLetter.objects.select_for_update().get(pk=letter_id)
        if row.state == DeliveryState.SENT:
            return False
        enclosures = tuple(Enclosure(name, kind, _bytes(sha256)) for name, kind, sha256 in row.enclosures)
        failure = _sent(
            row, Letter(str(row.id), row.address, row.subject, row.body, enclosures), post or SmtpPost()
        )
    if failure:
        raise failure
    return True


def _sent(row: Delivery | OfficialLetter, letter: Letter, post: Post) -> OSError | None:
    """Try once, and write down how it went."""
    failure: OSError | None = None
    try:
        post.send(letter)
    except OSError as error:
        failure = error
    row.attempts += 1
    row.state = DeliveryState.FAILED if failure else DeliveryState.SENT
    row.last_error = type(failure).__name__ if failure else ""
    row.sent_at = None if failure else clock.now()
    row.save()
    return failure


def _bytes(sha256: str) -> bytes:
    with storage.store().open(sha256) as stream:
        return stream.read()


@transaction.atomic
def mark_read(*, actor: Actor, notice_id: UUID) -> None:
    """The person has opened the notice; somebody else's notice is left alone."""
    Notice.objects.filter(pk=notice_id, party_id__in=actor.party_ids, read_at=None).update(
        read_at=clock.now()
    )


def _facts(page: dossiers.DossierPage, party: directory.PartyView, reason: str) -> Facts:
    return Facts(
        name=party.full_name,
        code=page.code or "",
        procedure=page.procedure_title,
        agency=page.receiving.name,
        reason=reason,
        due_at=clock.local(page.due_at) if page.due_at else None,
        link=f"{settings.BASE_URL}/ho-so/{page.id}/",
    )


def _address(page: dossiers.DossierPage, party: directory.PartyView) -> str:
    return str(page.contact.get("email") or party.email or "")
