"""The agency's copy seal on signed copies, by the clerk who keeps it: a batch with one PIN, or said to need none."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from motcua.documents.errors import NothingToSign, SigningKeyUnknown
from motcua.documents.models import ScanPaper, SigningKey
from motcua.documents.rules.scans import SEALING_PERMISSION
from motcua.documents.services.scans.binding import Bound, bound_view
from motcua.documents.services.scans.copies import put_in_place
from motcua.documents.services.scans.scope import person
from motcua.documents.services.signing import sign_pdf
from motcua.documents.words import SignatureKind
from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise, in_scope
from motcua.kernel.errors import DomainError


def seal_copies(
    *, actor: Actor, agency_id: UUID, copy_ids: Sequence[UUID], pin: str | None = None, note: str = ""
) -> list[Bound]:
    """Put the agency's copy seal top right on each of these signed copies of the agency. One PIN for all; stops at the first
    refusal, which stands in the last item.

    The sealed copy replaces the signed one and is announced (`ScanPaperBound`). Must be called outside a transaction, as
    `sign_pdf`. Refuses: `NothingToSign`, `SigningKeyUnknown` (the agency has no seal), `PermissionRefused`, `OutOfScope`.
    """
    authorise(actor, SEALING_PERMISSION, agency_id)
    waiting = _waiting(actor, agency_id, copy_ids)
    key = SigningKey.objects.filter(agency_id=agency_id, withdrawn_at=None).order_by("label").first()
    if key is None:
        raise SigningKeyUnknown
    done: list[Bound] = []
    for row in waiting:
        try:
            sealed = sign_pdf(
                actor=actor,
                file_id=in_scope(row.file_id),
                key_label=key.label,
                kind=SignatureKind.COPY_SEAL,
                pin=pin,
                note=note,
            )
            done.append(put_in_place(actor, row, sealed.id, "Bản sao đã được đóng dấu", is_sealed=True))
        except DomainError as refusal:
            return [*done, bound_view(row, refusal)]
    return done


@transaction.atomic
def waive_seal(*, actor: Actor, copy_ids: Sequence[UUID]) -> int:
    """Say that these copies need no seal: they leave the queue; how many did. Refuses: `OutOfScope` (one is not theirs)."""
    return _said(actor, copy_ids, is_waived=True)


@transaction.atomic
def want_seal(*, actor: Actor, copy_ids: Sequence[UUID]) -> int:
    """Take back `waive_seal`: the copies wait again. Refuses: `OutOfScope`."""
    return _said(actor, copy_ids, is_waived=False)


def _waiting(actor: Actor, agency_id: UUID, copy_ids: Sequence[UUID]) -> list[ScanPaper]:
    """Those that still wait, in the order of the queue; a colleague may have sealed one meanwhile. Refuses: `NothingToSign`."""
    rows = ScanPaper.objects.sealed_by(actor).filter(pk__in=copy_ids, batch__agency_id=agency_id)
    if rows.count() != len(set(copy_ids)):
        in_scope(None)
    waiting = list(rows.waiting_for_seal().select_related("batch", "file").order_by("signed_at", "id"))
    if not waiting:
        raise NothingToSign
    return waiting


def _said(actor: Actor, copy_ids: Sequence[UUID], *, is_waived: bool) -> int:
    rows = ScanPaper.objects.sealed_by(actor).filter(pk__in=copy_ids)
    if rows.count() != len(set(copy_ids)):
        in_scope(None)
    unsealed = rows.filter(sealed_at=None, seal_waived_at__isnull=is_waived)
    if is_waived:
        return unsealed.update(seal_waived_at=clock.now(), seal_waived_by_id=person(actor))
    return unsealed.update(seal_waived_at=None, seal_waived_by_id=None)
