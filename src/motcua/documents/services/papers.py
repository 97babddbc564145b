"""Recording papers and ending them."""

import base64
import secrets
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from motcua.directory.queries import agencies_answering_for
from motcua.documents.errors import PaperDatesWrong, PaperEnded, ReasonMissing
from motcua.documents.models import FileRecord, Paper
from motcua.documents.queries import PaperView, paper_view, usable_files
from motcua.documents.rules.papers import MAY_RECORD, may_vouch
from motcua.documents.services.files import check_may_keep
from motcua.documents.words import PaperEnding, PaperSource, TrustLevel
from motcua.kernel import clock
from motcua.kernel.authority import Actor, ActorKind, in_scope
from motcua.kernel.errors import OutOfScope, PermissionRefused


def new_verification_code() -> str:
    """A code for the QR of a paper about to be issued: 16 characters without look-alikes, not guessable."""
    return base64.b32encode(secrets.token_bytes(10)).decode().translate(str.maketrans("IO", "89"))


@transaction.atomic
def record_paper(
    *,
    actor: Actor,
    file_id: UUID,
    kind_code: str,
    source: PaperSource,
    trust: TrustLevel,
    owner_party_id: UUID | None = None,
    title: str = "",
    number: str = "",
    symbol: str = "",
    issuer: str = "",
    issued_on: date | None = None,
    valid_until: date | None = None,
    dossier_code: str = "",
    verification_code: str | None = None,
) -> PaperView:
    """Say what a kept file is. With an owner it appears in the owner's warehouse.

    A person records only what they uploaded for those they act for, as declared; an officer what their work produces
    (`MAY_RECORD`), no further than it is proved; everything else comes from machines.
    Refuses: `PaperDatesWrong`, `PermissionRefused`, `OutOfScope` (no such file, or not theirs).
    """
    _authorise_recording(actor, source, trust, owner_party_id, file_id)
    if issued_on is not None and valid_until is not None and valid_until < issued_on:
        raise PaperDatesWrong
    record = in_scope(FileRecord.objects.filter(pk=file_id).first())
    row = Paper.objects.create(
        file=record,
        owner_party_id=owner_party_id,
        kind_code=kind_code,
        title=title,
        number=number,
        symbol=symbol,
        issuer=issuer,
        issued_on=issued_on,
        valid_until=valid_until,
        source=source.value,
        trust=trust.value,
        dossier_code=dossier_code,
        verification_code=verification_code,
        recorded_by_id=actor.account_id,
        recorded_at=clock.now(),
    )
    return paper_view(row)


@transaction.atomic
def replace_paper(*, actor: Actor, old_id: UUID, new_id: UUID, reason: str) -> PaperView:
    """The old paper ends in favour of the new one; who holds the old one is led to the new. Answers with the old.

    For those whose work produces such papers, in an agency that answers for it.
    Refuses: `ReasonMissing`, `PaperEnded` (either has ended), `OutOfScope`, `PermissionRefused`.
    """
    old, new = _locked(old_id), _locked(new_id)
    _authorise_ending(actor, old)
    _authorise_ending(actor, new)
    if old.ending is not None or new.ending is not None or old.id == new.id:
        raise PaperEnded
    old.replaced_by = new
    return _end(old, PaperEnding.REPLACED, reason)


@transaction.atomic
def revoke_paper(*, actor: Actor, paper_id: UUID, reason: str) -> PaperView:
    """The paper ends with nothing in its place. Refuses: `ReasonMissing`, `PaperEnded`, `OutOfScope`, `PermissionRefused`."""
    row = _locked(paper_id)
    _authorise_ending(actor, row)
    if row.ending is not None:
        raise PaperEnded
    return _end(row, PaperEnding.REVOKED, reason)


def _authorise_recording(
    actor: Actor, source: PaperSource, trust: TrustLevel, owner_party_id: UUID | None, file_id: UUID
) -> None:
    if actor.kind is ActorKind.SYSTEM:
        return
    check_may_keep(actor, owner_party_id)
    if actor.kind is ActorKind.OFFICER:
        if not any(actor.may(permission) for permission in MAY_RECORD.get(source, ())):
            raise PermissionRefused(permission="documents.record")
    elif source is not PaperSource.CITIZEN_UPLOAD:
        raise PermissionRefused(permission="documents.record")
    elif not usable_files(actor, {file_id}, actor.party_ids):
        raise OutOfScope
    if not may_vouch(source, trust):
        raise PermissionRefused(permission="documents.record")


def _authorise_ending(actor: Actor, row: Paper) -> None:
    """Who has nothing to do with the paper does not find it; who may see it but not end it is refused."""
    if actor.kind is ActorKind.SYSTEM:
        return
    if actor.kind is not ActorKind.OFFICER:
        in_scope(row if row.owner_party_id in actor.party_ids else None)
        raise PermissionRefused(permission="documents.end")
    answering = agencies_answering_for(row.recorded_by_id) if row.recorded_by_id else frozenset()
    in_scope(row if answering & actor.agency_ids else None)
    _check_any(actor, MAY_RECORD.get(PaperSource(row.source), ()), answering)


def _check_any(actor: Actor, permissions: Sequence[str], agency_ids: frozenset[UUID]) -> None:
    """One of the permissions in one of the agencies is enough. Refuses: `PermissionRefused`."""
    if not any(actor.may(permission, agency) for permission in permissions for agency in agency_ids):
        raise PermissionRefused(permission="documents.end")


def _locked(paper_id: UUID) -> Paper:
    return in_scope(
        Paper.objects.select_for_update(of=("self",)).select_related("file").filter(pk=paper_id).first()
    )


def _end(row: Paper, ending: PaperEnding, reason: str) -> PaperView:
    if not reason.strip():
        raise ReasonMissing
    row.ending, row.ended_at, row.end_reason = ending.value, clock.now(), reason.strip()
    row.save(update_fields=["ending", "ended_at", "end_reason", "replaced_by"])
    return paper_view(row)
