"""What a person says after looking: this value is right, this page is legible, this paper is that component."""

from datetime import date
from uuid import UUID

from django.db import transaction

from motcua.documents.errors import FieldsUnchecked, PaperDatesWrong, ScanBound
from motcua.documents.models import ScanField
from motcua.documents.services.scans.scope import (
    check_not_being_bound,
    locked_batch,
    page_of,
    paper_of,
    person,
)
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope

_LONGEST = 1000


@transaction.atomic
def correct_field(*, actor: Actor, field_id: UUID, value: str) -> bool:
    """Keep the value somebody read from the picture; whether it differs from what the engine had read.

    A day is kept as `YYYY-MM-DD`; `12/08/1987` is understood. Refuses: `PaperDatesWrong` (no such day), `ScanBound`,
    `ScanBeingBound`, `OutOfScope`.
    """
    field = in_scope(ScanField.objects.select_related("paper").filter(pk=field_id).first())
    check_not_being_bound(locked_batch(actor, field.paper.batch_id, is_open=False))
    if field.paper.bound_at is not None:
        raise ScanBound
    field.value = _as_kept(field.key, value.strip()[:_LONGEST])
    field.checked_at, field.checked_by_id = clock.now(), person(actor)
    field.save(update_fields=["value", "checked_at", "checked_by_id"])
    return field.value != field.read_value


def _as_kept(key: str, value: str) -> str:
    if not value or not key.endswith(("_on", "_born")):
        return value
    for parts in (value.split("-"), list(reversed(value.replace(".", "/").split("/")))):
        if len(parts) == 3 and len(parts[0]) == 4 and all(part.isdecimal() for part in parts):
            try:
                return date(*(int(part) for part in parts)).isoformat()
            except ValueError:
                raise PaperDatesWrong from None
    return value


@transaction.atomic
def confirm_paper(*, actor: Actor, paper_id: UUID) -> None:
    """Somebody compared the paper with its picture. Refuses: `FieldsUnchecked`, `ScanBound`, `OutOfScope`."""
    paper = paper_of(actor, paper_id)
    unchecked = paper.fields.filter(is_doubtful=True, checked_at=None).count()
    if unchecked:
        raise FieldsUnchecked(count=unchecked)
    paper.confirmed_at, paper.confirmed_by_id = clock.now(), person(actor)
    paper.save(update_fields=["confirmed_at", "confirmed_by_id"])


@transaction.atomic
def name_paper(*, actor: Actor, paper_id: UUID, component: str) -> None:
    """Say which component of the dossier the paper is (empty: none). Refuses: `ScanBound`, `OutOfScope`."""
    paper = paper_of(actor, paper_id)
    paper.component = component.strip()
    paper.save(update_fields=["component"])


@transaction.atomic
def check_page(*, actor: Actor, page_id: UUID) -> None:
    """Somebody looked at a doubtful or failed page and lets it pass as it is. Refuses: `OutOfScope`."""
    page = page_of(actor, page_id)
    page.checked_at, page.checked_by_id = clock.now(), person(actor)
    page.save(update_fields=["checked_at", "checked_by_id"])
