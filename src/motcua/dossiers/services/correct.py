"""Correcting an issued result: the authority's own error, mended at its cost by a result that replaces the wrong one."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from motcua.catalogue import queries as catalogue
from motcua.documents import services as documents
from motcua.dossiers.models import Result
from motcua.dossiers.rules.given import check_data
from motcua.dossiers.services.attachments import check_draft
from motcua.dossiers.services.decide import latest_result
from motcua.dossiers.services.finish import issue_into, note_seal, seal_file, sign_and_move
from motcua.dossiers.services.move import Act, Moved, lock_dossier, make_move
from motcua.dossiers.services.result_content import complete_content
from motcua.dossiers.words import MoveKey
from motcua.kernel import clock
from motcua.kernel.authority import Actor


@transaction.atomic
def reopen_result(
    *,
    actor: Actor,
    dossier_id: UUID,
    reason: str,
    content: Mapping[str, object] | None = None,
    draft_file_id: UUID | None = None,
    seen: int | None = None,
) -> Moved:
    """Open an issued result for correction; the statutory count is not reopened.

    `content` is whole: what the right document says. Refuses: `ReasonMissing`, `ResultIncomplete`.
    """
    dossier = lock_dossier(actor, dossier_id, seen)
    wrong = latest_result(dossier)
    check_data(content)
    check_draft(actor, dossier, draft_file_id)
    if content is not None and wrong.template and draft_file_id is None:
        content = complete_content(catalogue.template_named(wrong.template), content)
    moved = make_move(actor, dossier, MoveKey.REOPEN, Act(reason=reason, detail={"replaces": str(wrong.id)}))
    Result.objects.create(
        dossier=dossier,
        type_code=wrong.type_code,
        title=wrong.title,
        outcome=wrong.outcome,
        template="" if draft_file_id else wrong.template,
        content=dict(content if content is not None else wrong.content),
        draft_file_id=draft_file_id,
        is_draft_given=draft_file_id is not None,
        drafted_at=clock.now(),
        replaces=wrong,
        replaced_reason=reason.strip(),
    )
    return moved


def sign_correction(*, actor: Actor, dossier_id: UUID, pin: str = "", seen: int | None = None) -> Moved:
    """Sign the corrected result, by own right or by delegation. Refuses as `sign_result`."""
    return sign_and_move(actor, dossier_id, MoveKey.SIGN_CORRECTION, pin, seen)


def seal_correction(*, actor: Actor, dossier_id: UUID, pin: str = "", seen: int | None = None) -> Moved:
    """Seal and issue the corrected result; the wrong one is marked replaced wherever it is verified."""
    dossier_id, sealed, revision = seal_file(actor, dossier_id, MoveKey.SEAL_CORRECTION, pin, seen)
    with transaction.atomic():
        dossier = lock_dossier(actor, dossier_id, revision)
        result = note_seal(dossier, sealed)
        act = Act(reason=result.replaced_reason, detail={"symbol": result.symbol})
        moved = make_move(actor, dossier, MoveKey.SEAL_CORRECTION, act)
        issue_into(actor, dossier, result)
        wrong = result.replaces
        if wrong is not None and wrong.paper_id and result.paper_id:
            documents.replace_paper(
                actor=actor, old_id=wrong.paper_id, new_id=result.paper_id, reason=result.replaced_reason
            )
    return moved
