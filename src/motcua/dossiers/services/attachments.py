"""Files and papers named in a request: only those the caller may name exist. Ids are guessed, leaked and retyped."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from motcua.directory import queries as directory
from motcua.documents import queries as documents
from motcua.documents.errors import NotPdf
from motcua.dossiers.errors import PaperNotInForce
from motcua.dossiers.models import Dossier
from motcua.kernel.authority import Actor, ActorKind
from motcua.kernel.errors import OutOfScope
from motcua.warehouse import queries as warehouse


class Named(Protocol):
    """Something that may point into the custody of documents."""

    @property
    def file_id(self) -> UUID | None: ...

    @property
    def paper_id(self) -> UUID | None: ...


def check_attached(actor: Actor, dossier: Dossier, given: Sequence[Named]) -> dict[UUID, documents.PaperView]:
    """Every file was kept by the caller or belongs to the people concerned; every paper lies in their warehouse and
    is in force. Answers with the papers named.

    A person names what belongs to those they act for; an officer, besides, what belongs to the people of the dossier.
    Refuses: `OutOfScope`, whichever id it was; `PaperNotInForce` for a paper replaced, revoked or expired.
    """
    check_files(actor, dossier, *(line.file_id for line in given))
    wanted = {line.paper_id for line in given if line.paper_id is not None}
    if not wanted:
        return {}
    if actor.kind is ActorKind.SYSTEM:
        papers = {paper_id: documents.paper(paper_id) for paper_id in wanted}
    else:
        papers = warehouse.held(wanted, _owners(actor, dossier))
    if wanted - papers.keys():
        raise OutOfScope
    for paper in papers.values():
        if paper.standing is not documents.Standing.IN_FORCE:
            raise PaperNotInForce(paper=paper.title or paper.symbol or paper.number or paper.kind_code)
    return papers


def check_files(actor: Actor, dossier: Dossier, *file_ids: UUID | None) -> None:
    """As `check_attached`, for files alone."""
    wanted = {file_id for file_id in file_ids if file_id is not None}
    if not wanted or actor.kind is ActorKind.SYSTEM:
        return
    if wanted - documents.usable_files(actor, wanted, _owners(actor, dossier)).keys():
        raise OutOfScope


def check_draft(actor: Actor, dossier: Dossier, file_id: UUID | None) -> None:
    """A drafted result: a PDF of this office or of these people. Refuses: `OutOfScope`, `NotPdf`."""
    if file_id is None:
        return
    check_files(actor, dossier, file_id)
    if documents.file(file_id).media_type != "application/pdf":
        raise NotPdf


def _owners(actor: Actor, dossier: Dossier) -> frozenset[UUID]:
    if actor.is_officer:
        return directory.records_of({dossier.applicant_id, dossier.submitter_id})
    return actor.party_ids
