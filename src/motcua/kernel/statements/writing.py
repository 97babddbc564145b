"""Writing rows: new ones and changed ones of several tables in one statement, its text kept per shape."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from django.db import DatabaseError, DataError
from django.db.models import JSONField, Model

from motcua.kernel.statements.sending import Statement, quoted
from motcua.kernel.statements.values import ValueUnknown, as_json, as_text

_Writer = Callable[[Any], str | None]
_Columns = tuple[tuple[str, str, _Writer], ...]  # attribute, column, writer
_Kind = tuple[
    type[Model], tuple[str, ...] | None
]  # a new row of a table, or a known one with its changed fields
Shape = tuple[_Kind, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A known row of which only these fields are written."""

    row: Model
    fields: tuple[str, ...]


def write(*rows: Model | Changed) -> None:
    """Insert the new rows and change the known ones, all or none, in one statement.

    Foreign keys among them may be in any order (they are checked at the end of the transaction). A row may occur once.
    Raises `RowVanished` for a known row that is not there, `ValueUnknown` for a value of an unknown type.
    """
    shape, given = shaped(rows)
    if shape:
        with vanished_told():
            _statement(shape)(*given)
        mark_written(rows)


class RowVanished(DatabaseError):
    """A row that was to be changed is not there any more: nothing of the statement was written."""


_GONE = "rows to be changed have vanished"


@contextmanager
def vanished_told() -> Iterator[None]:
    """Around a statement with `none_vanished`: its complaint becomes `RowVanished`."""
    try:
        yield
    except DataError as complaint:
        if _GONE in str(complaint):
            raise RowVanished(_GONE) from complaint
        raise


def none_vanished(shape: Shape) -> str:
    """An expression for the end of a statement whose parts stand in its `WITH` as `w0`, `w1`, …: an error of the database, so
    that nothing is written, unless each changed row was there; it is no constant, or it would be worked out beforehand."""
    parts = enumerate(_parts_new(shape))
    changes = [f"(SELECT count(*) FROM w{at})" for at, is_new in parts if not is_new]  # noqa: S608 - numbers
    if not changes:
        return "0"
    found = " + ".join(changes)
    return f"CASE WHEN {found} = {len(changes)} THEN 0 ELSE ('{_GONE}: ' || ({found}))::int END"


def _parts_new(shape: Shape) -> list[bool]:
    """Of each part of a shape, whether it inserts; inserts into one table that follow each other are one part."""
    news: list[bool] = []
    for (_, fields), group in groupby(shape):
        news += [True] if fields is None else [False for _ in group]
    return news


def shaped(rows: Iterable[Model | Changed]) -> tuple[Shape, list[str | None]]:
    """What makes the text of a statement that writes these rows, and the values for its places."""
    shape: list[_Kind] = []
    given: list[str | None] = []
    for one in rows:
        row, fields = (one.row, one.fields) if isinstance(one, Changed) else (one, None)
        shape.append((type(row), fields))
        given += [writer(getattr(row, name)) for name, _, writer in _columns(type(row), fields)]
        if fields is not None:
            given.append(as_text(row.pk))
    return tuple(shape), given


def mark_written(rows: Iterable[Model | Changed]) -> None:
    """Let the new rows know that they stand in the database."""
    for one in rows:
        if not isinstance(one, Changed):
            one._state.adding, one._state.db = False, "default"


@cache
def _columns(model: type[Model], fields: tuple[str, ...] | None) -> _Columns:
    by_name = {name: field for field in model._meta.concrete_fields for name in (field.name, field.attname)}
    chosen = model._meta.concrete_fields if fields is None else [by_name[name] for name in fields]
    columns = [field for field in chosen if not field.generated]  # those the database works out itself
    for field in columns:
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            raise ValueUnknown(f"{field} is filled in by Django when it saves")
    return tuple((field.attname, quoted(field.column), _writer(field)) for field in columns)


def _writer(field: object) -> _Writer:
    if not isinstance(field, JSONField):
        return as_text
    if field.encoder is not None:
        raise ValueUnknown(f"{field} has an encoder of its own")
    return as_json


@lru_cache(maxsize=256)
def _statement(shape: Shape) -> Statement:
    """One statement for all: every part stands in its `WITH`."""
    parts = parts_of(shape, used=0)
    if len(parts) == 1 and _parts_new(shape)[0]:
        return Statement(parts[0])
    written = ", ".join(f"w{at} AS ({part})" for at, part in enumerate(parts))
    return Statement(f"WITH {written} SELECT {none_vanished(shape)}")


def parts_of(shape: Shape, *, used: int) -> list[str]:
    """The inserts and updates of a shape, their places numbered from those `used` already."""
    parts: list[str] = []

    def places(count: int) -> list[str]:
        nonlocal used
        used += count
        return [f"${number}" for number in range(used - count + 1, used + 1)]

    for (model, fields), group in groupby(shape):
        names = [column for _, column, _ in _columns(model, fields)]
        table, key = quoted(model._meta.db_table), quoted(model._meta.pk.column)
        if fields is None:
            lines = ", ".join(f"({', '.join(places(len(names)))})" for _ in group)
            parts.append(f"INSERT INTO {table} ({', '.join(names)}) VALUES {lines}")  # noqa: S608 - our own tables
            continue
        for _ in group:
            pairs = zip(names, places(len(names)), strict=True)
            changes = ", ".join(f"{name} = {place}" for name, place in pairs)
            parts.append(f"UPDATE {table} SET {changes} WHERE {key} = {places(1)[0]} RETURNING 1")  # noqa: S608 - as above
    return parts
