"""Every model that statements write is written both ways, by a statement and by Django, and the rows are the same.

What statements were never shown to write as Django does is refused, and so is a change of a row that is gone.
"""

import ast
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Model
from django.db.models.expressions import DatabaseDefault
from tests.cast import Cast
from tests.factories.dossiers import received

import motcua
from motcua.dossiers.models import Dossier, DossierPaper, IssuedForm, Passage
from motcua.dossiers.services.move import MOVING_FIELDS
from motcua.kernel import events, statements
from motcua.kernel.models import Hearing, JournalEntry, StreamCursor
from motcua.kernel.statements import Changed, RowVanished, ValueUnknown, as_json, as_text, write

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 8, 15, 30, 123456, tzinfo=UTC)
#: What the services give to statements: rows of these models, and changes of dossiers.
WRITTEN: tuple[type[Model], ...] = (Dossier, Passage, DossierPaper, IssuedForm)
TEXT = "Hồ sơ “một cửa” \\ 'x' {NULL} \t\n,"


VALUES: tuple[tuple[type[Any], Callable[[Any, int], Any]], ...] = (
    (models.UUIDField, lambda field, turn: uuid5(UUID(int=turn), field.name)),
    (models.DateTimeField, lambda _, turn: AT + timedelta(days=turn)),
    (models.DateField, lambda _, turn: date(2026, 2, 28) + timedelta(days=turn)),
    (models.TimeField, lambda _, turn: time(7, 30, turn)),
    (models.BooleanField, lambda _, turn: turn % 2 == 0),
    (models.DecimalField, lambda _, turn: Decimal("12.50") + turn),
    (models.IntegerField, lambda _, turn: 7 + turn),
    (models.JSONField, lambda _, turn: {"chữ": [TEXT, 1, 2.5, None, True, {}], "n": turn}),
    (models.CharField, lambda field, turn: f"{TEXT}{turn}"[: field.max_length]),
    (models.TextField, lambda _, turn: f"{TEXT}{turn}"),
)


def value_of(field: Any, turn: int) -> Any:
    """A value of a field that is neither its default nor plain; `turn` makes rows differ."""
    if field.null and turn == 2:
        return None
    if field.choices:
        return field.choices[turn % len(field.choices)][0]
    if isinstance(field, models.ForeignKey):
        return value_of(field.target_field, turn)
    if isinstance(field, ArrayField):
        return [value_of(field.base_field, 0), value_of(field.base_field, 1)]
    made = next((make for kind, make in VALUES if isinstance(field, kind)), None)
    assert made is not None, f"{field}: say how a value of it looks like"
    return made(field, turn)


def filled(model: type[Model], turn: int) -> Model:
    return model(
        **{
            field.attname: value_of(field, turn)
            for field in model._meta.concrete_fields
            if not field.generated
        }
    )


def kept(row: Model) -> Any:
    """The row as the database has it, columns and all."""
    with connection.cursor() as cursor:
        table, key = row._meta.db_table, row._meta.pk.column
        cursor.execute(f'SELECT to_jsonb(t)::text, t::text FROM "{table}" t WHERE "{key}" = %s', [row.pk])  # noqa: S608 - our own tables
        return cursor.fetchone()


def written(row: Model, by: str) -> Any:
    """What stands in the table after this way of writing, or the name of the rule that refuses it; then undone."""
    try:
        with transaction.atomic():
            if by == "statement":
                write(row)
            else:
                row.save(force_insert=True)
            found = kept(row)
            transaction.set_rollback(True)
            return found
    except IntegrityError as refused:
        told = refused.__cause__.diag  # type: ignore[union-attr]  # of psycopg
        return f"{told.constraint_name or told.column_name} of {told.table_name}"


@pytest.mark.parametrize("model", WRITTEN)
@pytest.mark.parametrize("turn", [0, 1, 2])
def test_a_row_is_the_same_whoever_writes_it(model: type[Model], turn: int) -> None:
    by_statement, by_django = (
        written(filled(model, turn), "statement"),
        written(filled(model, turn), "django"),
    )
    assert by_statement == by_django
    if turn < 2:
        assert isinstance(by_statement, tuple), f"refused by {by_statement}: nothing was compared"


def test_a_row_of_defaults_is_the_same_whoever_writes_it(cast: Cast) -> None:
    """As services make them: most fields not given."""
    dossier = Dossier.objects.get(pk=received(cast).dossier_id)
    for model in (DossierPaper, IssuedForm):
        given: dict[str, Any] = {"pk": UUID(int=5), "dossier_id": dossier.id}
        if model is IssuedForm:
            given |= {
                "passage_id": Passage.objects.values_list("pk", flat=True)[0],
                "code": "02",
                "content": {},
                "issued_at": AT,
            }
        else:
            given |= {"component_key": "x", "name": "Giấy", "added_at": AT}
        both = [written(model(**given), by) for by in ("statement", "django")]
        assert both[0] == both[1]
        assert isinstance(both[0], tuple), both


def test_a_changed_dossier_is_the_same_whoever_writes_it(cast: Cast) -> None:
    key = received(cast).dossier_id
    found = []
    for by in ("statement", "django"):
        row = Dossier.objects.get(pk=key)
        for name in MOVING_FIELDS:
            field: Any = row._meta.get_field(name)
            setattr(row, field.attname, value_of(field, 1))
        row.revision = Dossier.objects.values_list("revision", flat=True).get(pk=key) + 1  # as an act does
        with transaction.atomic():
            if by == "statement":
                write(Changed(row, MOVING_FIELDS))
            else:
                row.save(update_fields=MOVING_FIELDS)
            found.append(kept(row))
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_every_model_the_services_give_to_statements_is_compared() -> None:
    """Whoever imports `write` or gives rows to `announce` is known here, and so are the models they import."""
    users = {
        str(path.relative_to(motcua.__path__[0]))
        for path in Path(motcua.__path__[0]).rglob("*.py")
        if "kernel" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.keyword) and node.arg == "writing")
        or (
            isinstance(node, ast.ImportFrom)
            and node.module == "motcua.kernel.statements"
            and {"write", "Changed"} & {alias.name for alias in node.names}
        )
    }
    assert users == {"dossiers/services/move.py"}, "add the models it writes to WRITTEN"
    assert {model._meta.label for model in WRITTEN} <= {model._meta.label for model in apps.get_models()}


def test_rows_that_moves_write_are_those_compared(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[type[Model]] = set()
    shaped = statements.shaped

    def noted(rows: Any) -> Any:
        shape, given = shaped(rows)
        seen.update(model for model, _ in shape)
        return shape, given

    monkeypatch.setattr(events, "shaped", noted)
    received(cast)
    assert seen
    assert seen <= set(WRITTEN)


class Odd(Enum):
    ONE = 1


@pytest.mark.parametrize(
    "value",
    [
        DatabaseDefault(models.Value(1)),
        F("x"),
        b"bytes",
        memoryview(b"x"),
        timedelta(1),
        {"a": 1},
        {"a", timedelta(1)},
        Odd.ONE,
        object(),
        1j,
        [b"x"],
    ],
)
def test_a_value_of_an_unknown_type_is_refused(value: object) -> None:
    with pytest.raises(ValueUnknown):
        as_text(value)


def test_what_json_does_not_know_is_refused() -> None:
    with pytest.raises(TypeError):
        as_json({"at": AT})


def test_a_default_of_the_database_is_refused_not_written_as_text() -> None:
    row = StreamCursor(consumer="one")
    row.moved_at = DatabaseDefault(models.Value(1))
    with pytest.raises(ValueUnknown, match="DatabaseDefault"):
        write(row)


def test_a_row_that_vanished_is_refused_and_nothing_is_written() -> None:
    there, gone = (StreamCursor.objects.create(consumer=name) for name in ("there", "gone"))
    StreamCursor.objects.filter(pk="gone").delete()
    there.moved_at = gone.moved_at = AT
    new = Hearing(pk=1001, entry_id=1, listener="x", heard_at=AT)
    with pytest.raises(RowVanished), transaction.atomic():
        write(Changed(there, ("moved_at",)), Changed(gone, ("moved_at",)), new)
    assert new._state.adding
    assert not Hearing.objects.filter(pk=1001).exists()
    there.refresh_from_db()
    assert there.moved_at != AT
    write(Changed(there, ("moved_at",)), new)
    assert Hearing.objects.filter(pk=1001).exists()


def test_an_event_of_an_act_on_a_vanished_row_is_not_announced(cast: Cast) -> None:
    from motcua.payments.events import ChargesRaised

    gone = StreamCursor.objects.create(consumer="gone")
    StreamCursor.objects.filter(pk="gone").delete()
    before = JournalEntry.objects.count()
    with pytest.raises(RowVanished), transaction.atomic():
        events.announce(
            ChargesRaised(dossier_id=UUID(int=1), amount=1, at=AT), writing=[Changed(gone, ("moved_at",))]
        )
    assert JournalEntry.objects.count() == before


def test_the_type_of_the_queue_that_we_name_is_the_one_it_has() -> None:
    """`announce` makes rows of the queue's own SQL type and gives them to its function: held by name, so that another version
    of the queue fails here and not in the first act of the morning. The version is pinned in pyproject.toml."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
            "WHERE attrelid = 'procrastinate_job_to_defer_v1'::regclass AND attnum > 0 ORDER BY attnum"
        )
        columns = cursor.fetchall()
        cursor.execute(
            "SELECT to_regprocedure('procrastinate_defer_jobs_v1(procrastinate_job_to_defer_v1[])')::text"
        )
        function = cursor.fetchone()
    assert columns == [
        ("queue_name", "character varying"),
        ("task_name", "character varying"),
        ("priority", "integer"),
        ("lock", "text"),
        ("queueing_lock", "text"),
        ("args", "jsonb"),
        ("scheduled_at", "timestamp with time zone"),
    ]
    assert function == ("procrastinate_defer_jobs_v1(procrastinate_job_to_defer_v1[])",)
    assert "::procrastinate_job_to_defer_v1" in events._ANNOUNCE
