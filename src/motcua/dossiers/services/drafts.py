"""Drafts: a person's unfinished application, saved as they type and never lost.

Every save says which revision its page was made from. What was changed elsewhere meanwhile is kept; what was changed here
and there is asked, never overwritten.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from motcua.catalogue import queries as catalogue
from motcua.dossiers import models
from motcua.dossiers.errors import DraftConflict, DraftSent
from motcua.dossiers.queries.drafts import Draft, draft_view
from motcua.dossiers.rules.given import check_data
from motcua.dossiers.rules.merging import (
    REMEMBERED,
    Leaves,
    Path,
    base_of,
    changes_of,
    leaves_of,
    merge,
    tree_of,
)
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import PermissionRefused


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft after a save: its revision, and the answers that were changed elsewhere and were kept (`taken`)."""

    revision: int
    saved_at: datetime
    taken: tuple[Path, ...] = ()


@transaction.atomic
def begin_draft(*, actor: Actor, procedure_code: str, **details: object) -> Draft:
    """Begin a draft on the version in force today; `details` are fields of `Draft`. Refuses: `ProcedureUnknown`,
    `DataTooLarge`.
    """
    version = catalogue.version_in_force(procedure_code, clock.today())
    row = new_row(actor, version, version.case(None).key)
    _put(row, _checked(details))
    row.save()
    return draft_view(row)


@transaction.atomic
def change_draft(
    *,
    actor: Actor,
    draft_id: UUID,
    seen: int,
    choices: Mapping[Path, bool] | None = None,
    shown: int = 0,
    page: str = "",
    forget: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Saved:
    """Save `changes` (fields of `Draft`), made on a page of revision `seen`; `page` names it, so that what it saved itself
    is not taken for somebody else's.

    What nobody changed elsewhere is saved; what was changed only elsewhere stays and is told (`Saved.taken`). `choices`
    settle what both changed, as far as nothing younger than revision `shown` has been saved since they were asked.
    `forget` are answers of the form by their dotted place that go as long as they still say the same, whoever saved them:
    they were known of a person the draft is no longer about. It does not go with `form_data`.

    Refuses: `DraftConflict` with its `clashes` (nothing is saved then), `DraftSent`, `OutOfScope`, `DataTooLarge`.
    """
    row = lock_draft(actor, draft_id)
    changes = _checked(changes)
    if forget and "form_data" in changes:
        raise TypeError("forget is about the answers as they are saved")
    saved = _leaves(row, changes)
    mine = {path: value for name, given in changes.items() for path, value in _given(name, given).items()}
    base = base_of(saved, _of(row.history, changes), seen, row.forgotten, page)
    merged = merge(base, mine, saved, row.history, choices, shown)
    if merged.clashes:
        raise DraftConflict(revision=row.revision, clashes=merged.clashes)
    names, leaves = set(changes), merged.leaves
    if forget:
        told = _given("form_data", row.form_data)
        names, saved, leaves = {*names, "form_data"}, saved | told, leaves | _without(told, forget)
    tree = tree_of(leaves)
    _put(row, {name: tree.get(name, _EMPTY.get(name)) for name in names})
    row.revision, row.saved_at = row.revision + 1, clock.now()
    remember(row, saved, leaves, page)
    row.save(update_fields=sorted({*names, "revision", "saved_at", "history", "forgotten"}))
    return Saved(row.revision, row.saved_at, merged.taken)


@transaction.atomic
def renew_draft(*, actor: Actor, draft_id: UUID) -> Draft:
    """Go on with the draft on the version in force today, after its owner has seen what that changes. What was typed
    stays as far as the form asks for it; a case that is no longer there becomes the first one.

    Refuses: `ProcedureUnknown` (withdrawn meanwhile), `DraftSent`, `OutOfScope`.
    """
    row = lock_draft(actor, draft_id)
    before = catalogue.version(row.version_id)
    version = catalogue.version_in_force(before.code, clock.today())
    saved = leaves_of({"case_key": row.case_key})
    if row.case_key not in {case.key for case in version.cases}:
        row.case_key = version.case(None).key
    row.version_id, row.form_digest = version.id, version.form.digest if version.form else ""
    row.revision, row.saved_at = row.revision + 1, clock.now()
    remember(row, saved, leaves_of({"case_key": row.case_key}))
    row.save()
    return draft_view(row)


@transaction.atomic
def discard_draft(*, actor: Actor, draft_id: UUID) -> None:
    """Throw a draft away, whatever became of its procedure; one that was sent stays as part of its dossier's story."""
    _own(actor).filter(pk=draft_id, dossier_id=None).delete()


def new_row(actor: Actor, version: catalogue.VersionSnapshot, case_key: str) -> models.Draft:
    """An unsaved draft of the actor on this version."""
    at = clock.now()
    return models.Draft(
        owner_id=_owner(actor),
        version_id=version.id,
        case_key=case_key,
        form_digest=version.form.digest if version.form else "",
        began_at=at,
        saved_at=at,
        revision=1,
        forgotten=1,
    )


def lock_draft(actor: Actor, draft_id: UUID) -> models.Draft:
    """An own unsent draft, nobody else at it meanwhile. Raises `OutOfScope`, `DraftSent`."""
    row = in_scope(_own(actor).select_for_update().filter(pk=draft_id).first())
    if row.dossier_id is not None:
        raise DraftSent(dossier_id=row.dossier_id)
    return row


def close_draft(actor: Actor, draft_id: UUID, revision: int | None, dossier_id: UUID) -> None:
    """The draft became this dossier, as it was at `revision`. Refuses: `DraftConflict` where it has changed since."""
    row = in_scope(_own(actor).select_for_update().filter(pk=draft_id).first())
    if row.dossier_id is None and revision not in (None, row.revision):
        raise DraftConflict(revision=row.revision, clashes=())
    row.dossier_id = dossier_id
    row.save(update_fields=["dossier_id"])


def remember(row: models.Draft, before: Leaves, after: Leaves, page: str = "") -> None:
    """Add what changed to the draft's memory, which is bounded."""
    row.history = [*row.history, *changes_of(before, after, row.revision, row.saved_at.isoformat(), page)]
    if len(row.history) > REMEMBERED:
        # Never half a save: what is forgotten ends with a revision.
        last = row.history[-REMEMBERED - 1]["r"]
        row.forgotten = last
        row.history = [entry for entry in row.history if entry["r"] > last]


def _owner(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise PermissionRefused
    return actor.account_id


def _own(actor: Actor) -> QuerySet[models.Draft]:
    return models.Draft.objects.filter(owner_id=_owner(actor))


def _checked(changes: Mapping[str, object]) -> dict[str, object]:
    for name, value in changes.items():
        if name not in _CHANGEABLE:
            raise TypeError(f"a draft has no {name}")
        if isinstance(value, Mapping):
            check_data(value)
    return dict(changes)


def _put(row: models.Draft, changes: Mapping[str, object]) -> None:
    for name, value in changes.items():
        setattr(row, name, UUID(str(value)) if value is not None and name in _IDS else value)


def _given(name: str, value: object) -> dict[Path, object]:
    return {} if value is None else leaves_of(str(value) if name in _IDS else value, (name,))


def _leaves(row: models.Draft, names: Mapping[str, object]) -> dict[Path, object]:
    return {path: value for name in names for path, value in _given(name, getattr(row, name)).items()}


def _without(told: Leaves, forget: Mapping[str, object]) -> dict[Path, object]:
    gone: dict[Path, object] = {}
    for dotted, value in forget.items():
        gone |= leaves_of(value, ("form_data", *dotted.split(".")))
    return {path: value for path, value in told.items() if path not in gone or gone[path] != value}


def _of(history: list[dict[str, Any]], names: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [entry for entry in history if entry["p"][0] in names]


_IDS = frozenset({"receiving_id", "applicant_id"})
_EMPTY: Mapping[str, object] = {"form_data": {}, "mandate": {}, "contact": {}, "notes": {}, "case_key": ""}
_CHANGEABLE = frozenset(
    {
        "case_key",
        "receiving_id",
        "form_data",
        "applicant_id",
        "mandate",
        "contact",
        "return_way",
        "notes",
    }
)
