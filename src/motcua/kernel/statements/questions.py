"""Questions: query sets compiled at their first use, with slots for what changes from call to call."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import BooleanField, Expression, Func, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from motcua.kernel.statements.sending import Statement
from motcua.kernel.statements.values import as_text

_T = TypeVar("_T")


class _Slot(Expression):
    """A place in the query that is filled at each call."""

    def __init__(self, name: str, output_field: "models.Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        return "%s", [self]


def slot(name: str, field: "models.Field[Any, Any]") -> Any:
    """A value given at each call by this name, of the type of `field`."""
    return _Slot(name, field)


class Among(Func):
    """That a column is one of an array's elements; one array is one value, however many elements it has."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    arity = 2
    output_field = BooleanField()


class _Compiled:
    """The text of a query set, where its values come from, and how its rows are read."""

    def __init__(self, query_set: QuerySet[Any, Any]) -> None:
        compiler = query_set.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        places, self.given = _numbered(params)
        self.statement = Statement(sql % places)
        selected = [expression for expression, _, _ in compiler.select]
        self.converters = [
            (at, converter, expression)
            for at, (converters, expression) in compiler.get_converters(selected).items()
            for converter in converters
        ]
        self.model = None if query_set._fields else query_set.model  # type: ignore[attr-defined]  # no public question
        self.names = [field.attname for field in query_set.model._meta.concrete_fields]
        if self.model is not None and len(selected) != len(self.names):
            raise TypeError("a question asks for whole rows of one table, or for the columns it names")

    def ask(self, given: Mapping[str, Any]) -> list[Any]:
        rows = self.statement(
            *(as_text(given[one.name] if isinstance(one, _Slot) else one) for one in self.given)
        )
        if self.converters:
            rows = [self._read(row) for row in rows]
        if self.model is None:
            return rows
        return [self.model.from_db("default", self.names, row) for row in rows]

    def _read(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for at, converter, expression in self.converters:
            values[at] = converter(values[at], expression, connection)
        return tuple(values)


class Question(Generic[_T]):
    """A query set with slots, built and compiled once per shape.

    `build` gets the shape (what changes the text: which condition, not which value) and gives the query set, of whole
    rows of one table or of named columns (`values_list`). The values of the slots are given by name at each call.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, _T]]) -> None:
        self._build = build
        self._compiled: dict[tuple[Hashable, ...], _Compiled | None] = {}

    def all(self, *shape: Hashable, **given: Any) -> list[_T]:
        """Every row."""
        try:
            compiled = self._compiled[shape]
        except KeyError:
            compiled = self._compiled[shape] = self._compile(shape)
        return compiled.ask(given) if compiled else []

    def first(self, *shape: Hashable, **given: Any) -> _T | None:
        """The first row, or None. The query set itself says how many to fetch."""
        rows = self.all(*shape, **given)
        return rows[0] if rows else None

    def _compile(self, shape: tuple[Hashable, ...]) -> _Compiled | None:
        try:
            return _Compiled(self._build(*shape))
        except EmptyResultSet:  # a condition that nothing can meet
            return None


def _numbered(params: Any) -> tuple[tuple[str, ...], list[Any]]:
    """`$n` for every place of the text; a slot that occurs twice is sent once."""
    given: list[Any] = []
    numbers: dict[str, int] = {}
    places = []
    for param in params:
        name = param.name if isinstance(param, _Slot) else None
        if name is None or name not in numbers:
            given.append(param)
            if name is not None:
                numbers[name] = len(given)
        places.append(f"${numbers[name] if name is not None else len(given)}")
    return tuple(places), given
