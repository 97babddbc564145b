"""Taking an application back before anybody has received it, to put it right and send it again."""

from uuid import UUID

from django.db import transaction

from motcua.catalogue import queries as catalogue
from motcua.dossiers.errors import MoveImpossible
from motcua.dossiers.models import Dossier, DossierPaper, DraftPaper
from motcua.dossiers.queries.drafts import Draft, draft_view
from motcua.dossiers.services.drafts import new_row
from motcua.dossiers.services.move import Act, lock_dossier, make_move
from motcua.dossiers.words import BEFORE_RECEIPT, MOVES, MoveKey
from motcua.kernel import clock
from motcua.kernel.authority import Actor

#: What the story of the dossier says; the agency reads it.
_REASON = "Người nộp lấy lại để sửa và gửi lại, khi hồ sơ chưa được tiếp nhận."


@transaction.atomic
def take_back(*, actor: Actor, dossier_id: UUID, seen: int | None = None) -> Draft:
    """Withdraw a dossier nobody has received, and open a draft with everything that was in it.

    Visible to both sides: the dossier is withdrawn with this reason, and the draft says which one it corrects.
    Refuses: `MoveImpossible` once it is received, `MovedOn`, `PermissionRefused`, `OutOfScope`.
    """
    dossier = lock_dossier(actor, dossier_id, seen)
    if dossier.state not in BEFORE_RECEIPT:
        raise MoveImpossible(move=MOVES[MoveKey.WITHDRAW].name)
    make_move(actor, dossier, MoveKey.WITHDRAW, Act(reason=_REASON))
    return draft_from(actor, dossier)


def draft_from(actor: Actor, dossier: Dossier) -> Draft:
    """A draft with the answers and papers of a dossier; within a transaction."""
    named = dossier.mandate.get("person")
    row = new_row(actor, catalogue.version(dossier.version_id), dossier.case_key)
    row.form_digest = dossier.form_digest or row.form_digest
    row.receiving_id, row.return_way = dossier.receiving_id, dossier.return_way
    row.form_data, row.contact = dossier.form_data, dossier.contact
    row.applicant_id, row.mandate = (None if named else dossier.applicant_id), dossier.mandate
    row.corrects_id = dossier.id
    row.save()
    DraftPaper.objects.bulk_create(
        _line(row.id, paper) for paper in dossier.papers.all() if paper.file_id or _is_promised(paper)
    )
    return draft_view(row)


def _line(draft_id: UUID, paper: DossierPaper) -> DraftPaper:
    return DraftPaper(
        draft_id=draft_id,
        component_key=paper.component_key,
        file_id=paper.file_id,
        paper_id=paper.paper_id,
        filename=paper.name,
        is_presented=not paper.file_id,
        reused=paper.digitization if paper.paper_id else 0,
        added_at=clock.now(),
    )


def _is_promised(paper: DossierPaper) -> bool:
    """Said of a paper that is still to come: as a draft it will be shown at the desk."""
    return paper.is_presented or bool(paper.declared)
