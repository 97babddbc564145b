"""Signing what was bound: the copier's own signature, and the agency's copy seal where it is wanted."""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from motcua.documents.errors import NothingToSign, SigningRefused
from motcua.documents.models import ScanPaper
from motcua.documents.queries import paper
from motcua.documents.services.papers import record_paper, replace_paper
from motcua.documents.services.scans.binding import Bound, announce_bound, bound_view
from motcua.documents.services.scans.scope import batch_of
from motcua.documents.services.signing import sign_pdf
from motcua.documents.words import SignatureKind, TrustLevel
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import DomainError


def sign_copies(
    *,
    actor: Actor,
    batch_id: UUID,
    key_label: str,
    pin: str | None = None,
    seal_label: str = "",
    note: str = "",
) -> list[Bound]:
    """Sign every bound copy of the batch that is not signed yet: the copier top left, and, with `seal_label`, the agency's
    copy seal top right. One PIN for all; stops at the first refusal, which stands in the last item: of the signature, or
    of the seal, where the copy is signed nevertheless.

    A signed copy replaces the unsigned one (the old record says by which) and is announced (`ScanPaperBound`). Signed
    originals are left as they are. Must be called outside a transaction, as `sign_pdf`. Refuses: `NothingToSign`, `OutOfScope`.
    """
    batch = batch_of(actor, batch_id)
    if batch.bound_at is None:  # the worker is still binding
        raise NothingToSign
    rows = (
        batch.papers.exclude(bound_at=None).filter(signed_at=None, is_original_kept=False).order_by("order")
    )
    waiting = list(rows.select_related("batch", "file"))
    if not waiting:
        raise NothingToSign
    done: list[Bound] = []
    for row in waiting:
        try:
            signed = sign_pdf(
                actor=actor,
                file_id=in_scope(row.file_id),
                key_label=key_label,
                kind=SignatureKind.COPIER,
                pin=pin,
                reason="Số hóa từ bản giấy, đã đối chiếu",
            )
            sealed, unsealed = _with_seal(actor, signed.id, seal_label, note)
        except DomainError as refusal:
            return [*done, bound_view(row, refusal)]
        made = put_in_place(
            actor, row, sealed, "Bản sao đã được ký số", is_sealed=bool(seal_label) and unsealed is None
        )
        if unsealed is not None:
            return [*done, replace(made, refusal=unsealed)]
        done.append(made)
    return done


def _with_seal(actor: Actor, file_id: UUID, seal_label: str, note: str) -> tuple[UUID, DomainError | None]:
    """The file with the agency's seal, if one is wanted; where sealing fails, the signed file itself, and why: the copy waits
    for its seal with the clerk. Refuses: `PermissionRefused`.
    """
    if not seal_label:
        return file_id, None
    try:
        sealed = sign_pdf(
            actor=actor, file_id=file_id, key_label=seal_label, kind=SignatureKind.COPY_SEAL, note=note
        )
    except SigningRefused as refusal:
        return file_id, refusal
    return sealed.id, None


@transaction.atomic
def put_in_place(actor: Actor, row: ScanPaper, file_id: UUID, reason: str, *, is_sealed: bool) -> Bound:
    """The signed or sealed file becomes the paper in the place of the one before it. Private to the services of scanning."""
    old = paper(in_scope(row.paper_id))
    new = record_paper(
        actor=actor,
        file_id=file_id,
        kind_code=old.kind_code,
        source=old.source,
        trust=TrustLevel.SIGNED,
        owner_party_id=old.owner_party_id,
        title=old.title,
        number=old.number,
        symbol=old.symbol,
        issuer=old.issuer,
        issued_on=old.issued_on,
        valid_until=old.valid_until,
        dossier_code=old.dossier_code,
    )
    replace_paper(actor=actor, old_id=old.id, new_id=new.id, reason=reason)
    now = clock.now()
    row.file_id, row.paper_id, row.signed_at = file_id, new.id, row.signed_at or now
    row.sealed_at = now if is_sealed else None
    row.save(update_fields=["file", "paper", "signed_at", "sealed_at"])
    announce_bound(actor, row, in_scope(row.batch.dossier_id))
    return bound_view(row)
