"""Rows by COPY, completed from the model: the one description that the services write by, too.

A service that says nothing of a column gets what the model says; so does a row here. Whatever the model cannot say must be
given, or be named as left empty on purpose: a column that somebody adds and forgets here is refused before a row is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.fields import NOT_PROVIDED

from motcua.kernel.copying import copy_line, copy_rows

Row = Mapping[str, object]
Model = type[models.Model]


class ColumnForgotten(ValueError):
    """A bulk writer does not say all that the table holds, or says what it does not hold."""


class Layout:
    """How rows of a model are written: the columns, and what follows the values given."""

    def __init__(self, model: Model, given: Sequence[str], empty: frozenset[str] = frozenset()) -> None:
        held = {field.attname: field for field in model._meta.concrete_fields}
        unknown = (set(given) | empty) - held.keys()
        rest = {
            name: field for name, field in held.items() if name not in given and not _is_made_below(field)
        }
        silent = [name for name, field in rest.items() if name not in empty and not field.has_default()]
        if unknown or silent:
            raise ColumnForgotten(f"{model.__name__}: unknown {sorted(unknown)}, forgotten {sorted(silent)}")
        self.table = model._meta.db_table
        self.columns = (*given, *rest)
        self._tail = tuple(None if name in empty else _default(field) for name, field in rest.items())

    def line(self, row: Row) -> str:
        """One row as COPY text; its keys come in the order of those given."""
        return copy_line((*row.values(), *self._tail))

    def write(self, lines: Sequence[str]) -> None:
        copy_rows(self.table, self.columns, lines)


@cache
def layout(model: Model, given: tuple[str, ...], empty: frozenset[str] = frozenset()) -> Layout:
    """Refuses: `ColumnForgotten`."""
    return Layout(model, given, empty)


def copy_models(model: Model, rows: Sequence[Row], *, empty: frozenset[str] = frozenset()) -> None:
    """COPY rows that all have the same keys. `empty`: columns left null on purpose. Refuses: `ColumnForgotten`."""
    if rows:
        how = layout(model, tuple(rows[0]), empty)
        how.write([how.line(row) for row in rows])


def _is_made_below(field: models.Field[object, object]) -> bool:
    """Numbered, generated or filled in by the database itself."""
    return isinstance(field, models.AutoField | models.GeneratedField) or field.db_default is not NOT_PROVIDED


def _default(field: models.Field[object, object]) -> object:
    """What the model says of a column nobody speaks of; nothing that differs from row to row."""
    value = field.default
    if callable(value):
        if value is list and isinstance(field, ArrayField):
            return "{}"
        if value in (dict, list):
            return value()
        raise ColumnForgotten(f"{field.model.__name__}.{field.attname} differs from row to row")
    return value
