"""Drafts: a person's unfinished application, saved as they type and never lost."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from motcua.catalogue import queries as catalogue
from motcua.dossiers import models
from motcua.dossiers.errors import DraftConflict
from motcua.dossiers.queries.drafts import Draft, draft_view
from motcua.dossiers.rules.given import check_data
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import PermissionRefused


@transaction.atomic
def save_draft(
    *,
    actor: Actor,
    procedure_code: str,
    draft_id: UUID | None = None,
    seen: int | None = None,
    **changes: Any,
) -> Draft:
    """Begin a draft (no `draft_id`) or change one; `changes` are fields of `Draft`. Refuses: `DraftConflict`.

    A draft begun on an older form is carried over to the present one: what was typed stays, new fields are empty.
    """
    owner_id = _owner(actor)
    at = clock.now()
    if draft_id is None:
        version = catalogue.version_in_force(procedure_code, clock.today())
        row = models.Draft(
            owner_id=owner_id,
            version_id=version.id,
            case_key=version.case(None).key,
            form_digest=version.form.digest if version.form else "",
            began_at=at,
            saved_at=at,
        )
    else:
        row = in_scope(_own(actor).select_for_update().filter(pk=draft_id).first())
        if seen is not None and seen != row.revision:
            raise DraftConflict(revision=row.revision)
        version = catalogue.version_in_force(procedure_code, clock.today())
        row.version_id, row.form_digest = version.id, version.form.digest if version.form else ""
    for name, value in changes.items():
        if name not in _CHANGEABLE:
            raise TypeError(f"a draft has no {name}")
        if isinstance(value, Mapping):
            check_data(value)
        setattr(row, name, value)
    row.revision, row.saved_at = row.revision + 1, at
    row.save()
    return draft_view(row)


@transaction.atomic
def discard_draft(*, actor: Actor, draft_id: UUID) -> None:
    """Throw a draft away; a draft that was sent stays as part of its dossier's story."""
    _own(actor).filter(pk=draft_id, dossier_id=None).delete()


def _owner(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise PermissionRefused
    return actor.account_id


def _own(actor: Actor) -> QuerySet[models.Draft]:
    return models.Draft.objects.filter(owner_id=_owner(actor))


_CHANGEABLE = frozenset(
    {"case_key", "receiving_id", "form_data", "papers", "applicant_id", "mandate", "contact", "return_way"}
)
