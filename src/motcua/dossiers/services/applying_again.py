"""Applying again from a dossier that came to nothing: its answers and the papers that still hold go into a new draft."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.documents import queries as documents
from motcua.dossiers.errors import MoveImpossible
from motcua.dossiers.models import Dossier, DossierPaper, DraftPaper
from motcua.dossiers.queries.drafts import Draft, draft_view
from motcua.dossiers.rules.again import may_apply_again
from motcua.dossiers.services.application import DECLARATION
from motcua.dossiers.services.drafts import new_row
from motcua.dossiers.words import Reuse
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope
from motcua.warehouse import queries as warehouse


@dataclass(frozen=True, slots=True)
class AppliedAgain:
    """The new draft, and the names of papers that could not come along: handed over on paper, ended, or somebody else's."""

    draft: Draft
    left: tuple[str, ...]


@transaction.atomic
def apply_again(*, actor: Actor, dossier_id: UUID) -> AppliedAgain:
    """Begin a draft on the version in force today with what a withdrawn, stopped or refused dossier said.

    The old one stays as it is. Papers of the warehouse come along while they are in force, files while they are the
    person's; who applied for somebody else as they named them does so again. Refuses: `MoveImpossible` (it is under way or
    was granted), `ProcedureUnknown` (withdrawn meanwhile), `OutOfScope`.
    """
    dossier = in_scope(Dossier.objects.visible_to(actor).filter(pk=dossier_id).first())
    if not actor.party_ids:
        in_scope(None)
    if not may_apply_again(dossier.state, dossier.outcome):
        raise MoveImpossible(move="Nộp lại từ hồ sơ này")
    version = catalogue.version_in_force(dossier.procedure_code, clock.today())
    is_there = dossier.case_key in {case.key for case in version.cases}
    row = new_row(actor, version, dossier.case_key if is_there else version.case(None).key)
    row.receiving_id, row.return_way = dossier.receiving_id, dossier.return_way
    row.form_data = dossier.form_data
    is_own = dossier.submitter_id in actor.party_ids
    row.contact = dossier.contact if is_own else {}
    if dossier.mandate.get("person") and is_own:
        row.mandate = dossier.mandate
    elif dossier.applicant_id in actor.party_ids:
        row.applicant_id = directory.party(dossier.applicant_id).id
    row.corrects_id = dossier.id
    row.save()
    papers = list(dossier.papers.all())
    carried = [*_carried(actor, row.pk, papers), *_promised(row.pk, papers)]
    DraftPaper.objects.bulk_create(carried)
    brought = {(line.component_key, line.file_id) for line in carried}
    needless = {DECLARATION} if version.form is not None else set()
    left = [
        paper.name
        for paper in papers
        if (paper.component_key, paper.file_id) not in brought and paper.component_key not in needless
    ]
    return AppliedAgain(draft_view(row), tuple(dict.fromkeys(left)))


def _carried(actor: Actor, draft_id: UUID, papers: Iterable[DossierPaper]) -> Iterable[DraftPaper]:
    electronic = [paper for paper in papers if paper.file_id]
    held = warehouse.held([paper.paper_id for paper in electronic if paper.paper_id], actor.party_ids)
    files = documents.usable_files(actor, [paper.file_id for paper in electronic if paper.file_id])
    for paper in electronic:
        kept = held.get(paper.paper_id) if paper.paper_id else None
        if kept is not None and kept.standing is not documents.Standing.IN_FORCE:
            continue
        if kept is not None and kept.trust is documents.TrustLevel.DECLARED:
            kept = None  # nobody compared it: a file as any other
        file = kept.file if kept else files.get(paper.file_id) if paper.file_id else None
        if file is None:
            continue
        yield DraftPaper(
            draft_id=draft_id,
            component_key=paper.component_key,
            file_id=file.id,
            paper_id=kept.id if kept else None,
            filename=file.filename or paper.name,
            size=file.size,
            reused=_reuse_of(kept) if kept else Reuse.NONE,
            added_at=clock.now(),
        )


def _promised(draft_id: UUID, papers: Iterable[DossierPaper]) -> Iterable[DraftPaper]:
    """Papers that are shown at the desk and taken home again, or were only declared so far: they are shown anew."""
    lines = {
        paper.component_key
        for paper in papers
        if not paper.file_id and (paper.is_presented or paper.declared)
    }
    return (
        DraftPaper(draft_id=draft_id, component_key=key, is_presented=True, added_at=clock.now())
        for key in sorted(lines)
    )


def _reuse_of(kept: documents.PaperView) -> Reuse:
    return Reuse.RESULT if kept.source is documents.PaperSource.RESULT else Reuse.WAREHOUSE
