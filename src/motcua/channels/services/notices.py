"""Telling the people of a dossier."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from motcua.channels.models import Delivery, Notice
from motcua.channels.queries import ways_wanted
from motcua.channels.rules.notices import Facts, compose
from motcua.channels.services.sending import put_out_delivery
from motcua.channels.ways.table import WAYS
from motcua.channels.ways.way import Recipient, Way
from motcua.directory import queries as directory
from motcua.dossiers import queries as dossiers
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM, Actor


@transaction.atomic
def make_notice(*, actor: Actor = SYSTEM, dossier_id: UUID, passage_id: UUID, kind: str) -> list[UUID]:
    """Tell the submitter (and the applicant, if somebody else) on every way that reaches them and that they want; the
    deliveries that are on their way. A repeated call makes nothing new.
    """
    page = dossiers.dossier_page(actor=actor, dossier_id=dossier_id)
    # Of the very act that is told: by the time of telling, others may have followed.
    told = next((entry for entry in page.timeline if entry.passage_id == passage_id), None)
    reason = _reason(told) if told else ""
    on_their_way: list[UUID] = []
    for party in {page.submitter.id: page.submitter, page.applicant.id: page.applicant}.values():
        facts = _facts(page, party, reason)
        words = compose(kind, "vi", facts)
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
        if is_new:
            on_their_way += _deliver(notice, _recipient(page, party), _ways_to(page, party), facts)
    return on_their_way


def _ways_to(page: dossiers.DossierPage, party: directory.PartyView) -> list[Way]:
    """Whoever submits is told as they want; for whom they submit finds it in their space."""
    if party.id != page.submitter.id:
        return [way for way in WAYS if way.send is None]
    wanted = ways_wanted(party.id)
    return [way for way in WAYS if way.key in wanted]


def _deliver(notice: Notice, recipient: Recipient, ways: list[Way], facts: Facts) -> list[UUID]:
    on_their_way = []
    for way in ways:
        address = way.address_of(recipient)
        if not address:
            continue
        words = way.words(notice.kind, notice.language, facts)
        delivery = Delivery(
            notice=notice,
            way=way.key,
            address=address,
            subject="" if words.subject == notice.subject else words.subject,
            body="" if words.body == notice.body else words.body,
        )
        if way.send is not None:
            put_out_delivery(delivery)
            on_their_way.append(delivery.id)
        delivery.save(force_insert=True)
    return on_their_way


@transaction.atomic
def mark_read(*, actor: Actor, notice_id: UUID) -> None:
    """The person has opened the notice; somebody else's notice is left alone."""
    Notice.objects.filter(pk=notice_id, party_id__in=actor.party_ids, read_at=None).update(
        read_at=clock.now()
    )


def _reason(told: dossiers.TimelineEntry) -> str:
    """What is said of the act, with the list of what is asked for: nobody should have to come to the page to know it."""
    items = [f"- {item}" for item in told.detail.get("items", ())]
    return "\n".join([told.reason, *items])


def _facts(page: dossiers.DossierPage, party: directory.PartyView, reason: str) -> Facts:
    return Facts(
        name=party.full_name,
        code=page.code or dossiers.portal_number(page.id),
        procedure=page.procedure_title,
        agency=page.receiving.name,
        reason=reason,
        due_at=clock.local(page.due_at) if page.due_at else None,
        link=f"{settings.BASE_URL}/ho-so/{page.id}/",
    )


def _recipient(page: dossiers.DossierPage, party: directory.PartyView) -> Recipient:
    return Recipient(
        party_id=party.id,
        name=party.full_name,
        email=party.email or "",
        phone=party.phone or "",
        contact={name: str(value) for name, value in page.contact.items() if value},
    )
