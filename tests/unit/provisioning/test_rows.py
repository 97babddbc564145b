"""Columns of bulk writers come from the models: one that is added and forgotten is refused, none is written by hand twice."""

import pytest
from django.db import models

from motcua.directory.models import Party, PersonDetail
from motcua.dossiers.models import Dossier, IssuedForm, Result
from motcua.payments.models import Charge
from motcua.provisioning.bulk.lives import EMPTY
from motcua.provisioning.bulk.rows import ColumnForgotten, layout


def test_the_model_says_what_the_writer_does_not() -> None:
    how = layout(
        Party, ("id", "kind", "full_name", "registered_at"), frozenset({"territory_id", "merged_into_id"})
    )
    assert how.columns[4:] == ("phone", "email", "address", "territory_id", "merged_into_id")
    line = how.line({"id": "1", "kind": "person", "full_name": "Lê An", "registered_at": "2026-01-01"})
    assert line == "1\tperson\tLê An\t2026-01-01\t\t\t\t\\N\t\\N\n"


def test_a_column_that_is_added_and_forgotten_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    given = ("id", "kind", "full_name", "registered_at")
    empty = frozenset({"territory_id", "merged_into_id"})
    added = models.TextField(null=True)
    added.set_attributes_from_name("national_number")
    added.model = Party
    held = [*Party._meta.concrete_fields, added]
    monkeypatch.setitem(Party._meta.__dict__, "concrete_fields", held)
    with pytest.raises(ColumnForgotten, match="national_number"):
        layout.__wrapped__(Party, given, empty)
    layout.__wrapped__(Party, given, empty | {"national_number"})


def test_what_the_table_does_not_hold_is_refused() -> None:
    with pytest.raises(ColumnForgotten, match="nickname"):
        layout(
            PersonDetail,
            ("party_id", "nickname"),
            frozenset(
                {"personal_number", "old_number", "born", "sex", "passport_country", "passport_number"}
            ),
        )


def test_forms_of_a_life_are_written_whole() -> None:
    """What `lives` gives of an issued form, and what it leaves empty on purpose, is all there is."""
    given = ("id", "dossier_id", "passage_id", "code", "content", "issued_at")
    assert set(layout(IssuedForm, given, EMPTY[IssuedForm]).columns) == {
        field.attname for field in IssuedForm._meta.concrete_fields
    }


def test_empty_mappings_and_lists_are_written_as_the_database_reads_them() -> None:
    columns = {field.attname for field in Charge._meta.concrete_fields}
    given = tuple(sorted(columns - {"exemptions"}))
    assert layout(Charge, given).line(dict.fromkeys(given, "x")).endswith("\t{}\n")
    given = tuple(sorted({field.attname for field in Dossier._meta.concrete_fields} - {"mandate", "contact"}))
    assert layout(Dossier, given).line(dict.fromkeys(given, "x")).endswith("\t{}\t{}\n")


def test_what_differs_from_row_to_row_is_no_default() -> None:
    given = tuple(sorted({field.attname for field in Result._meta.concrete_fields} - {"id"}))
    with pytest.raises(ColumnForgotten, match="id differs"):
        layout(Result, given)
