"""Prepared statements: the same answers as Django's own, inside its transactions, seen by whoever counts queries."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, TextField, Value
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.models import Draft
from motcua.kernel.models import Hearing, JournalEntry, StreamCursor
from motcua.kernel.statements import Among, Bundle, Changed, Part, Question, Statement, as_text, slot, write

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
NAMES: "ArrayField[list[str], list[str]]" = ArrayField(TextField())
_TYPES = ["text", "int", "bool", "numeric", "uuid", "timestamptz", "text[]", "uuid[]"]
_ECHO = {kind: Statement(f"SELECT $1::{kind}") for kind in _TYPES}


def entry(name: str, **payload: object) -> JournalEntry:
    return JournalEntry.objects.create(name=name, payload=payload, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", "Hồ sơ “một cửa” 100% \\ '"),
        ("text", None),
        ("int", -7),
        ("bool", False),
        ("numeric", Decimal("0.25")),
        ("uuid", UUID(int=7)),
        ("timestamptz", AT),
        ("text[]", ['a"b', "c\\d", "", "NULL", "x,y", "{}", "Đ\n"]),
        ("uuid[]", [UUID(int=1), UUID(int=2)]),
        ("uuid[]", []),
    ],
)
def test_a_value_comes_back_as_it_went(kind: str, value: object) -> None:
    assert _ECHO[kind](as_text(value)) == [(value,)]


@given(st.lists(st.one_of(st.none(), st.text(st.characters(exclude_characters="\0", codec="utf-8")))))
@pytest.mark.django_db
def test_every_array_of_texts_comes_back(texts: list[str | None]) -> None:
    assert _ECHO["text[]"](as_text(texts)) == [(texts,)]


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        as_text(datetime(2026, 11, 23))


@pytest.mark.django_db
def test_a_question_answers_as_its_query_set_would() -> None:
    entries = [entry(name, turn=turn, deep={"a": [1]}) for turn, name in enumerate(("x", "y", "x", "z"))]
    whole = Question(lambda: JournalEntry.objects.filter(name=slot("name", TextField())).order_by("id"))
    named = Question(
        lambda: (
            JournalEntry.objects.filter(Among(F("name"), slot("names", NAMES)), name__lt="z")
            .filter(~Q(name=slot("not", TextField())))
            .order_by("id")
            .values_list("id", "payload", "at")
        )
    )
    found = whole.all(name="x")
    assert found == [entries[0], entries[2]]
    assert found[0].payload == {"turn": 0, "deep": {"a": [1]}}
    assert found[0].at == AT
    with CaptureQueriesContext(connection) as seen:
        assert whole.all(name="nobody's") == []
    assert len(seen) == 1
    assert "'nobody''s'" in seen[0]["sql"]
    rows = named.all(**{"names": ["x", "y", "z"], "not": "y"})
    assert rows == [(one.pk, one.payload, AT) for one in (entries[0], entries[2])]
    assert named.first(**{"names": [], "not": ""}) is None


@pytest.mark.django_db
def test_a_question_has_a_text_per_shape() -> None:
    entry("x")
    scoped = Question(
        lambda is_open: (
            JournalEntry.objects.filter(name=slot("name", TextField()))
            if is_open
            else JournalEntry.objects.none()
        )
    )
    with CaptureQueriesContext(connection) as seen:
        assert len(scoped.all(True, name="x")) == 1
        assert scoped.all(False, name="x") == []
    assert len(seen) == 1  # what can match nothing is not asked


@pytest.mark.django_db
def test_a_question_is_whole_rows_or_named_columns() -> None:
    halves = Question(lambda: JournalEntry.objects.annotate(more=Value(1)))
    with pytest.raises(TypeError):
        halves.all()


@pytest.mark.django_db
def test_rows_of_several_tables_are_written_in_one_statement() -> None:
    known = StreamCursor.objects.create(consumer="one", names=["five"])
    known.moved_at, known.names = AT, ["not written"]
    first, second = (Hearing(pk=n, entry_id=n, listener=f"l'{n}", heard_at=AT) for n in (1001, 1002))
    with CaptureQueriesContext(connection) as seen:
        write(Changed(known, ("moved_at",)), first, second, StreamCursor(consumer="two"))
    assert len(seen) == 1
    assert list(Hearing.objects.order_by("pk")) == [first, second]
    assert not first._state.adding
    known.refresh_from_db()
    assert (known.moved_at, known.names) == (AT, ["five"])
    assert StreamCursor.objects.get(pk="two").names == []
    write()  # nothing to write: nothing is sent


@pytest.mark.django_db
def test_a_broken_transaction_and_a_broken_rule_are_refused_as_by_django() -> None:
    write(StreamCursor(consumer="once"))
    with pytest.raises(IntegrityError), transaction.atomic():
        write(Hearing(pk=1, entry_id=1, listener="x", heard_at=AT), StreamCursor(consumer="once"))
    assert not Hearing.objects.exists()  # all or none
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            Statement("SELECT 1")()


@pytest.mark.django_db
def test_a_bundle_reads_what_hangs_on_a_row() -> None:
    mine, other, version = UUID(int=1), UUID(int=2), UUID(int=3)

    def draft(number: int, owner: UUID, receiving: UUID | None = None) -> Draft:
        return Draft(
            id=UUID(int=number),
            owner_id=owner,
            version_id=version,
            case_key="k",
            receiving_id=receiving,
            form_data={"n": [number]},
            began_at=AT,
            saved_at=AT,
        )

    write(draft(12, mine, other), draft(11, mine), draft(13, other))
    bundle = Bundle(
        drafts=Part(
            Draft,
            "owner_id",
            ("id", "receiving_id", "saved_at", "form_data"),
            ("id",),
            {"also": ("(t.version_id)", "id")},
        ),
        others=Part(Draft, "version_id", ("id",), ("id",)),
    )
    with CaptureQueriesContext(connection) as seen:
        found = bundle.of(mine)
    assert len(seen) == 1
    shared = {"saved_at": AT, "also": version}
    assert found == {
        "drafts": [
            {"id": UUID(int=11), "receiving_id": None, "form_data": {"n": [11]}, **shared},
            {"id": UUID(int=12), "receiving_id": other, "form_data": {"n": [12]}, **shared},
        ],
        "others": [],
    }
