"""What of a batch is being looked at: the address says it, otherwise the first thing that wants eyes."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import Component
from motcua.documents import queries as documents
from motcua.documents.queries import BatchPage, FieldView, PageCard, PaperCard
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import DossierPage
from motcua.web.kit.officers.addresses import uuid_or_none

#: Who may come to the scan desk.
AT_SCANNER = ("dossier.receive", "dossier.appraise")


@dataclass(frozen=True, slots=True)
class Look:
    """The paper, page and field in hand."""

    paper: PaperCard | None
    page: PageCard | None
    field: FieldView | None


def look_of(request: HttpRequest, batch: BatchPage) -> Look:
    """From `?truong=`, `?trang=`, `?giay=`; without them the first doubtful field, else the first paper."""
    field_id, page_id = uuid_or_none(request.GET.get("truong")), uuid_or_none(request.GET.get("trang"))
    paper_id = uuid_or_none(request.GET.get("giay"))
    for paper in batch.papers:
        field = next((one for one in paper.fields if one.id == field_id), None)
        page = next((one for one in paper.pages if one.id == page_id), None)
        if field or page or paper.id == paper_id:
            return _in_paper(paper, page, field)
    loose = next((one for one in batch.loose if one.id == page_id), None)
    if loose is not None:
        return Look(None, loose, None)
    wanting = [paper for paper in batch.papers if paper.doubtful_fields and not paper.is_bound]
    found = next(iter(wanting or batch.papers), None)
    return _in_paper(found, None, None) if found else Look(None, next(iter(batch.loose), None), None)


def _in_paper(paper: PaperCard, page: PageCard | None, field: FieldView | None) -> Look:
    field = field or (None if page else next(iter(paper.doubtful_fields), None))
    if page is None and field is not None:
        page = next((one for one in paper.pages if one.id == field.page_id), None)
    return Look(paper, page or next(iter(paper.pages), None), field)


def components_of(dossier: DossierPage) -> Sequence[Component]:
    """The checklist of the dossier's case."""
    case = catalogue.version(dossier.version_id).case(dossier.case_key)
    return dossiers.checklist_of(case, dossier.mandate)


def proposed(batch: BatchPage, components: Sequence[Component]) -> dict[UUID, str]:
    """Which component each paper stands for: what somebody or the separator said, else what its kind makes likely."""
    known = {component.key for component in components}
    said = {paper.id: paper.component for paper in batch.papers if paper.component in known}
    for paper in batch.papers:
        if paper.id not in said:
            pairs = [(component.key, component.kind_code) for component in components]
            likely = documents.likely_component(paper.kind, pairs, said.values())
            if likely:
                said[paper.id] = likely
    return said
