"""Lines of the checklist from what was given."""

from collections.abc import Sequence

from motcua.catalogue.queries import Case
from motcua.documents.queries import PaperSource, PaperView
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.dossiers.queries.checklist import checklist_of
from motcua.dossiers.services.attachments import check_attached
from motcua.dossiers.services.declared import PaperGiven
from motcua.dossiers.words import Reuse
from motcua.kernel import clock
from motcua.kernel.authority import Actor

#: What a paper is called that is on no checklist and that nobody named.
OTHER_PAPER = "Giấy tờ khác"


def paper_rows(
    actor: Actor, dossier: Dossier, case: Case, papers: Sequence[PaperGiven]
) -> list[DossierPaper]:
    """Unsaved lines of the checklist; names and duties come from the pinned version. Refuses: `OutOfScope` for a file
    or paper of somebody else, `PaperNotInForce`.
    """
    known = check_attached(actor, dossier, papers)
    wanted = checklist_of(case, dossier.mandate)
    components = {component.key: (order, component) for order, component in enumerate(wanted)}
    at = clock.now()
    rows = []
    for given in papers:
        order, component = components.get(given.component_key, (len(components), None))
        paper = known.get(given.paper_id) if given.paper_id else None
        rows.append(
            DossierPaper(
                dossier_id=dossier.id,
                component_key=given.component_key,
                name=component.name if component else given.name or OTHER_PAPER,
                kind_code=component.kind_code if component else "",
                originals=given.originals,
                copies=given.copies,
                photocopies=given.photocopies,
                electronic=given.electronic,
                is_presented=given.is_presented,
                exemption=given.exemption,
                declared=given.declared or None,
                file_id=given.file_id or (paper.file.id if paper else None),
                paper_id=given.paper_id,
                must_digitize=bool(component and component.must_digitize),
                digitization=_digitization(given, paper),
                added_at=at,
                added_by_id=actor.account_id,
                order=order,
            )
        )
    return rows


def _digitization(given: PaperGiven, paper: PaperView | None) -> int:
    """The national field DuocTaiSuDung; see `Reuse`."""
    if paper is None:
        return Reuse.DIGITIZED if given.file_id else Reuse.NONE
    if not given.reused:
        return Reuse.DIGITIZED
    return Reuse.RESULT if paper.source is PaperSource.RESULT else Reuse.WAREHOUSE
