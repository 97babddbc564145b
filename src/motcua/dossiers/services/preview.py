"""The proposed result as the document it would become, before anybody signs."""

from uuid import UUID

from motcua.directory import queries as directory
from motcua.documents import queries as documents
from motcua.dossiers.errors import ResultMissing, SigningRefused
from motcua.dossiers.models import Dossier, Result, ResultDraft
from motcua.dossiers.queries.result_drafts import draft_in_hand
from motcua.dossiers.services.decide import latest_result, signing_ground
from motcua.dossiers.services.results import result_pdf
from motcua.dossiers.words import WORK, State
from motcua.kernel.authority import Actor, in_scope


def preview_result(*, actor: Actor, dossier_id: UUID) -> bytes:
    """The PDF of the result in hand: the draft itself if there is one, otherwise typeset anew; nothing is kept.

    While an officer still prepares it, what is saved of its content. The number is open until signing. Refuses:
    `OutOfScope`, `ResultMissing`.
    """
    dossier = in_scope(Dossier.objects.visible_to(actor).filter(pk=dossier_id).first())
    result = _prepared(dossier) if State(dossier.state) in WORK else latest_result(dossier)
    if result.draft_file_id is not None:
        with documents.open_file(result.draft_file_id) as stream:
            return stream.read()
    if not result.template:
        raise ResultMissing
    try:
        ground = signing_ground(actor, dossier)
    except SigningRefused:
        ground = None
    return result_pdf(dossier, result, ground if isinstance(ground, directory.DelegationView) else None, "")


def _prepared(dossier: Dossier) -> Result:
    """As the result would be if it were proposed now; never written."""
    draft = draft_in_hand(dossier, ResultDraft.objects.filter(dossier=dossier).first())
    return Result(
        dossier=dossier,
        title=draft.template.title,
        outcome=draft.outcome,
        template=draft.template.name,
        content=dict(draft.content),
    )
