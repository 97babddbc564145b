"""Keyset pages: the same cost at the first and the thousandth page, for one agency or several.

A list is given as lanes, one per agency, because an index gives the order only within one agency; the lanes' first rows
are merged.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Func, TextField, Value
from django.db.models.lookups import GreaterThan

from motcua.dossiers.errors import CursorUnreadable
from motcua.dossiers.models.dossier import DossierQuerySet

Lanes = Sequence[DossierQuerySet]
Found = list[dict[str, Any]]


def by_due(lanes: Lanes, fields: Sequence[str], after: str | None, limit: int) -> tuple[Found, str | None]:
    """Nearest due moment first, then those without one. One statement; a second only where a later page runs out."""
    order = ("due_at", "id")  # PostgreSQL puts null last
    if not after:
        found = _merged(lanes, fields, order, limit + 1)
    else:
        moment, last = cursor(after)
        if moment is None:
            found = _merged(
                _each(lanes, lambda r: r.filter(due_at=None, id__gt=last)), fields, order, limit + 1
            )
        else:
            beyond = _beyond(moment, last)
            found = _merged(_each(lanes, lambda r: r.filter(beyond)), fields, order, limit + 1)
            if len(found) <= limit:
                undue = _each(lanes, lambda r: r.filter(due_at=None))
                found += _merged(undue, fields, order, limit + 1 - len(found))
    end = found[limit - 1] if len(found) > limit else None
    following = f"{end['due_at'].isoformat() if end['due_at'] else ''}~{end['id']}" if end else None
    return found[:limit], following


def newest_first(
    lanes: Lanes, fields: Sequence[str], after: str | None, limit: int, *, may_overlap: bool = False
) -> tuple[Found, str | None]:
    """By the identifier, which grows with time. A row that lies in several lanes is given once if they `may_overlap`."""
    if after:
        last = cursor(after)[1]
        lanes = _each(lanes, lambda rows: rows.filter(id__lt=last))
    found = _merged(lanes, fields, ("-id",), limit + 1, keep_same=not may_overlap)
    return found[:limit], str(found[limit - 1]["id"]) if len(found) > limit else None


def cursor(text: str) -> tuple[datetime | None, UUID]:
    """Where the last page ended: `moment~id`, `~id` or `id`. Refuses: `CursorUnreadable`."""
    due, _, last = text.rpartition("~")
    try:
        moment = datetime.fromisoformat(due) if due else None
        if moment is not None and moment.tzinfo is None:
            raise CursorUnreadable
        return moment, UUID(last)
    except ValueError:
        raise CursorUnreadable from None


def _beyond(moment: datetime, last: UUID) -> GreaterThan:
    """A comparison of rows, which an index on (due, id) answers by one descent; the same as an OR cannot."""
    here = Func(F("due_at"), F("id"), function="ROW", output_field=TextField())
    there = Func(Value(moment), Value(last), function="ROW", output_field=TextField())
    return GreaterThan(here, there)


def _each(lanes: Lanes, change: Callable[[DossierQuerySet], DossierQuerySet]) -> Lanes:
    return [change(lane) for lane in lanes]


def _merged(
    lanes: Lanes, fields: Sequence[str], order: Sequence[str], count: int, *, keep_same: bool = True
) -> Found:
    sliced = [lane.order_by(*order).values(*fields)[:count] for lane in lanes]
    if not sliced:
        return []
    first, *others = sliced
    if not others:
        return list(first)
    return list(first.union(*others, all=keep_same).order_by(*order)[:count])
