"""Drafts as their owner sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import prefetch_related_objects

from motcua.catalogue import queries as catalogue
from motcua.dossiers import models
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import OutOfScope

#: Drafts on one page of one's own.
MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as its owner sees it. `is_outdated`: the procedure has a newer version than the one it was begun on, with
    another form or without its case; `is_withdrawn`: no version of it is in force any more. `answers_id` is the dossier
    whose request for more it answers, `corrects_id` the one that was taken back to be put right.
    """

    id: UUID
    version_id: UUID
    case_key: str
    receiving_id: UUID | None
    form_data: Mapping[str, Any]
    papers: Sequence[Mapping[str, Any]]
    applicant_id: UUID | None
    mandate: Mapping[str, Any]
    contact: Mapping[str, Any]
    return_way: str
    revision: int
    began_at: datetime
    saved_at: datetime
    is_outdated: bool
    is_withdrawn: bool
    dossier_id: UUID | None
    notes: Mapping[str, Any]
    answers_id: UUID | None
    corrects_id: UUID | None


def draft_view(row: models.Draft) -> Draft:
    return _views([row])[0]


def _views(rows: Sequence[models.Draft]) -> list[Draft]:
    """Three statements however many there are. A procedure that was abolished meanwhile leaves its drafts to be read."""
    versions = catalogue.versions(row.version_id for row in rows)
    codes = (version.code for version in versions.values())
    present = catalogue.versions_in_force(codes, clock.today())
    prefetch_related_objects(rows, "papers")
    return [_view(row, present.get(versions[row.version_id].code)) for row in rows]


def _view(row: models.Draft, present: catalogue.VersionSnapshot | None) -> Draft:
    is_open = row.dossier_id is None and row.answers_id is None
    return Draft(
        id=row.id,
        version_id=row.version_id,
        case_key=row.case_key,
        receiving_id=row.receiving_id,
        form_data=row.form_data,
        papers=[_paper(line) for line in row.papers.all()],
        applicant_id=row.applicant_id,
        mandate=row.mandate,
        contact=row.contact,
        return_way=row.return_way,
        revision=row.revision,
        began_at=row.began_at,
        saved_at=row.saved_at,
        is_outdated=is_open and present is not None and _is_another(row, present),
        is_withdrawn=is_open and present is None,
        dossier_id=row.dossier_id,
        notes=row.notes,
        answers_id=row.answers_id,
        corrects_id=row.corrects_id,
    )


def _is_another(row: models.Draft, present: catalogue.VersionSnapshot) -> bool:
    """Whether what was begun does not simply go on: another form is asked now, or the case is gone."""
    digest = present.form.digest if present.form else ""
    return digest != row.form_digest or row.case_key not in {case.key for case in present.cases}


def _paper(line: models.DraftPaper) -> Mapping[str, object]:
    return {
        "component_key": line.component_key,
        "file_id": str(line.file_id) if line.file_id else None,
        "paper_id": str(line.paper_id) if line.paper_id else None,
        "filename": line.filename,
        "size": line.size,
        "is_presented": line.is_presented,
        "reused": line.reused,
    }


def own_drafts(*, actor: Actor) -> Sequence[Draft]:
    """Unsent applications, last saved first; nobody without an account has any. Answers to requests stand with their
    dossiers.
    """
    if actor.account_id is None:
        return ()
    unsent = models.Draft.objects.filter(owner_id=actor.account_id, dossier_id=None, answers_id=None)
    return _views(list(unsent.defer("history").order_by("-saved_at")[:MOST_LISTED]))


def draft_of(*, actor: Actor, draft_id: UUID) -> Draft:
    """One own draft. Raises `OutOfScope`."""
    if actor.account_id is None:
        raise OutOfScope
    own = models.Draft.objects.defer("history").filter(owner_id=actor.account_id, pk=draft_id)
    return draft_view(in_scope(own.first()))


def supplement_draft(*, actor: Actor, dossier_id: UUID, request_seq: int) -> Draft | None:
    """The actor's answer to that request for more (`TimelineEntry.seq`), if they have begun one; `dossier_id` once sent."""
    if actor.account_id is None:
        return None
    own = models.Draft.objects.defer("history").filter(owner_id=actor.account_id)
    row = own.filter(answers_id=dossier_id, answers_revision=request_seq).first()
    return draft_view(row) if row else None
