"""The role that serves: what it may do, and what the database itself refuses it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction
from tests.factories.serving import SERVING, serving

from motcua.kernel.copying import without_indexes
from motcua.kernel.replacing import open_anew
from motcua.kernel.roles import OwnerNeeded, grant_serving

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _serving_role(db: None) -> Iterator[None]:
    with serving():
        yield


@contextmanager
def refused() -> Iterator[None]:
    with (
        pytest.raises(
            DatabaseError,
            match=r"permission denied|must be owner|append-only|only by an act|does not change|stay",
        ),
        transaction.atomic(),
    ):
        yield


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE dossiers_passage SET reason = 'x'",
        "DELETE FROM dossiers_passage",
        "DELETE FROM dossiers_dossier",
        "DELETE FROM dossiers_result",
        "DELETE FROM dossiers_issuedform",
        "UPDATE payments_receipt SET amount = 1",
        "DELETE FROM payments_receipt",
        "DELETE FROM directory_account",
        "UPDATE kernel_record SET seal = 1",
        "DELETE FROM kernel_record",
        "INSERT INTO kernel_record (kind, key, seq, form, link) SELECT 1, gen_random_uuid(), 1, 1, ''",
        "UPDATE kernel_recordkind SET columns = '{}'",
        "UPDATE kernel_journalentry SET name = 'x'",
        "TRUNCATE dossiers_passage CASCADE",
        "ALTER TABLE dossiers_passage DISABLE TRIGGER ALL",
        "ALTER TABLE dossiers_dossier DISABLE TRIGGER dossiers_dossier_record",
        "DROP TABLE kernel_record",
        "CREATE TABLE mine (a int)",
        "CREATE OR REPLACE FUNCTION dossiers_dossier_digest(r dossiers_dossier) RETURNS bytea LANGUAGE sql AS 'SELECT NULL'",
        "SELECT record_all('dossiers_dossier')",
        "SELECT record_rows('dossiers_dossier', ARRAY['id'], '', ARRAY['DELETE'])",
        "SET session_replication_role = replica",
    ],
)
def test_history_is_not_the_serving_roles_to_change(attack: str) -> None:
    with refused(), connection.cursor() as cursor:
        cursor.execute(attack)


def test_tables_are_made_and_emptied_of_indexes_by_the_owner_only() -> None:
    with pytest.raises(OwnerNeeded):
        open_anew(["oversight_fact"])
    with pytest.raises(OwnerNeeded), without_indexes(["dossiers_dossier"]):
        pass


def test_granting_again_takes_away_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(f"GRANT DELETE ON dossiers_passage TO {SERVING}")
    grant_serving(SERVING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, 'dossiers_passage', 'DELETE, UPDATE')", [SERVING])
        assert cursor.fetchone() == (False,)


def test_where_one_role_does_both_nothing_is_granted() -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT current_user")
        ((owner,),) = cursor.fetchall()
    grant_serving("")
    grant_serving(owner)
