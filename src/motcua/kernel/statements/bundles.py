"""Bundles: rows of several tables that hang on one row, read in one statement."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import DateField, DateTimeField, Model, UUIDField

from motcua.kernel.statements.sending import Statement, quoted
from motcua.kernel.statements.values import as_text

_READERS: dict[type, Callable[[str], object]] = {
    UUIDField: UUID,
    DateTimeField: datetime.fromisoformat,
    DateField: date.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one table that name the row by `by`, in the order of these columns.

    `computed` are further columns as SQL, of the type of the table's column named beside.
    """

    model: type[Model]
    by: str
    columns: Sequence[str]
    order: Sequence[str]
    computed: Mapping[str, tuple[str, str]] = field(default_factory=dict)


class Bundle:
    """One question for all parts: the database gives each as JSON, which costs a third of a statement each."""

    def __init__(self, **parts: Part) -> None:
        self._names = tuple(parts)
        self._readers = [_readers(part) for part in parts.values()]
        self._statement = Statement(f"SELECT {', '.join(_text(part) for part in parts.values())}")

    def of(self, key: UUID) -> dict[str, list[dict[str, Any]]]:
        """The rows of every part, by the name of the part."""
        (found,) = self._statement(as_text(key))
        for rows, readers in zip(found, self._readers, strict=True):
            for row in rows or ():
                for name, read in readers:
                    if row[name] is not None:
                        row[name] = read(row[name])
        return {name: rows or [] for name, rows in zip(self._names, found, strict=True)}


def _readers(part: Part) -> list[tuple[str, Callable[[str], Any]]]:
    columns = {name: name for name in part.columns} | {
        name: like for name, (_, like) in part.computed.items()
    }
    kinds = {name: _kind(part.model._meta.get_field(like)) for name, like in columns.items()}
    return [(name, _READERS[kind]) for name, kind in kinds.items() if kind in _READERS]


def _kind(field: Any) -> type:
    """The type of a column; of a foreign key that of what it points to."""
    return type(field.target_field if field.is_relation else field)


def _text(part: Part) -> str:
    columns = [quoted(name) for name in part.columns]
    columns += [f"{sql} AS {quoted(name)}" for name, (sql, _) in part.computed.items()]
    order = ", ".join(quoted(name) for name in part.order)
    rows = (
        f"SELECT {', '.join(columns)} FROM {quoted(part.model._meta.db_table)} AS t"  # noqa: S608 - our own tables
        f" WHERE {quoted(part.by)} = $1 ORDER BY {order}"
    )
    return f"(SELECT json_agg(x) FROM ({rows}) AS x)"  # noqa: S608 - as above
