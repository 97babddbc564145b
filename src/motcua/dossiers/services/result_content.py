"""Preparing the content of a result: saved as it is typed, checked before it goes to the leader."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.catalogue import queries as catalogue
from motcua.dossiers.errors import DraftConflict, ResultIncomplete
from motcua.dossiers.models import ResultDraft
from motcua.dossiers.queries.result_drafts import ResultDraftView, draft_in_hand, template_for
from motcua.dossiers.rules.given import check_data
from motcua.dossiers.services.move import Act, check_may_move, lock_dossier
from motcua.dossiers.words import MoveKey, Outcome
from motcua.kernel import clock
from motcua.kernel.authority import Actor


@transaction.atomic
def save_result_draft(
    *,
    actor: Actor,
    dossier_id: UUID,
    outcome: Outcome,
    content: Mapping[str, Any],
    note: str = "",
    ground: str = "",
    seen_draft: int | None = None,
) -> ResultDraftView:
    """Keep what the officer has filled in, however unfinished: `content` of the document that grants, `note` and `ground`
    of a refusal. `seen_draft` is the saving it was made on.

    Refuses: `DraftConflict` when somebody else saved meanwhile; `PermissionRefused` or `MoveImpossible` for whoever could
    not propose a result now.
    """
    dossier = lock_dossier(actor, dossier_id, None)
    check_may_move(actor, dossier, MoveKey.SUBMIT_TO_LEADER, Act())
    check_data(content)
    saved = ResultDraft.objects.select_for_update().filter(dossier=dossier).first()
    if seen_draft is not None and seen_draft != (saved.revision if saved else 0):
        raise DraftConflict(revision=saved.revision if saved else 0)
    template = template_for(dossier, Outcome.GRANTED, clock.today())
    draft = saved or ResultDraft(dossier=dossier, revision=0)
    draft.outcome, draft.template = outcome, template.name
    draft.note, draft.ground = note.strip(), ground.strip()
    draft.content = catalogue.fill_form(template.form, content).data
    draft.revision += 1
    draft.saved_at, draft.saved_by_id, draft.saved_by_name = clock.now(), actor.account_id, actor.name
    draft.save()
    return draft_in_hand(dossier, draft)


def complete_content(template: catalogue.ResultTemplate, content: Mapping[str, object]) -> dict[str, object]:
    """The content as it will be frozen. Refuses: `ResultIncomplete`, naming each field and what is wrong with it."""
    filled = catalogue.fill_form(template.form, content)
    if filled.faults:
        raise ResultIncomplete(
            missing=" ".join(fault.message for fault in filled.faults),
            faults=[(fault.path, fault.message) for fault in filled.faults],
        )
    return filled.data
