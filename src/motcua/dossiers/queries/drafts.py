"""Drafts as their owner sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.dossiers import models
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import OutOfScope


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as its owner sees it. `is_outdated`: the form has a newer version than the one it was begun on."""

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
    dossier_id: UUID | None


def draft_view(row: models.Draft) -> Draft:
    return _views([row])[0]


def _views(rows: Sequence[models.Draft]) -> list[Draft]:
    """Two statements however many there are. A procedure that was abolished meanwhile leaves its drafts to be read."""
    versions = catalogue.versions(row.version_id for row in rows)
    codes = (version.code for version in versions.values())
    present = catalogue.versions_in_force(codes, clock.today())
    return [_view(row, present.get(versions[row.version_id].code)) for row in rows]


def _view(row: models.Draft, present: catalogue.VersionSnapshot | None) -> Draft:
    return Draft(
        row.id,
        row.version_id,
        row.case_key,
        row.receiving_id,
        row.form_data,
        row.papers,
        row.applicant_id,
        row.mandate,
        row.contact,
        row.return_way,
        row.revision,
        row.began_at,
        row.saved_at,
        bool(present and present.form and row.form_digest and present.form.digest != row.form_digest),
        row.dossier_id,
    )


def own_drafts(*, actor: Actor) -> Sequence[Draft]:
    """Unsent drafts, last saved first; nobody without an account has any."""
    if actor.account_id is None:
        return ()
    rows = models.Draft.objects.filter(owner_id=actor.account_id, dossier_id=None).order_by("-saved_at")[:50]
    return _views(list(rows))


def draft_of(*, actor: Actor, draft_id: UUID) -> Draft:
    """One own draft. Raises `OutOfScope`."""
    if actor.account_id is None:
        raise OutOfScope
    return draft_view(in_scope(models.Draft.objects.filter(owner_id=actor.account_id, pk=draft_id).first()))
