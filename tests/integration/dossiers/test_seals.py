"""Seals over the record: what an owner who rewrote rows and their lines, and even the seals, is found by."""

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from tests.cast import Cast
from tests.factories.dossiers import received
from tests.factories.recorded_rows import behind_the_triggers
from tests.factories.serving import serving
from tests.factories.signing import SigningWorld

from motcua.channels import services as channels
from motcua.channels.models import OfficialLetter
from motcua.documents import queries as documents
from motcua.dossiers import queries, services
from motcua.kernel.authority import SYSTEM
from motcua.kernel.models import JournalEntry
from motcua.kernel.records import verify_records
from motcua.kernel.seals import SealFault, Tear, seals

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db

REWRITE = """
UPDATE dossiers_dossier SET due_at = due_at + interval '30 days' WHERE id = %(id)s;
UPDATE kernel_record r SET link = sha256(coalesce((
    SELECT b.link FROM kernel_record b WHERE b.kind = r.kind AND b.key = r.key AND b.seq = r.seq - 1), '')
    || dossiers_dossier_digest(d))
  FROM dossiers_dossier d WHERE d.id = %(id)s AND r.key = d.id
    AND r.seq = (SELECT max(seq) FROM kernel_record k WHERE k.kind = r.kind AND k.key = r.key)
"""


@pytest.fixture
def outside(tmp_path: Path, settings: "Settings") -> Path:
    settings.MOTCUA_SEALS = str(tmp_path / "seals")
    return tmp_path / "seals"


def rewrite(dossier_id: UUID) -> None:
    with behind_the_triggers("dossiers_dossier"), connection.cursor() as cursor:
        cursor.execute(REWRITE, {"id": dossier_id})


def test_the_serving_role_seals_and_changes_no_seal(cast: Cast, signing: SigningWorld, outside: Path) -> None:
    received(cast)
    with serving():
        assert services.seal_history(actor=SYSTEM) == 1
        assert services.seal_history(actor=SYSTEM) == 2
        for attack in (
            "UPDATE kernel_seal SET document = ''",
            "DELETE FROM kernel_sealstamp",
            "DELETE FROM kernel_seal",
        ):
            with (
                pytest.raises(DatabaseError, match="permission"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(attack)
    assert queries.judge_seals(outside) == (2, ())
    first, second = seals()
    assert '"lines": 0' in second.document
    assert first.token is not None
    assert documents.stamped_at(first.token, first.digest) is not None
    assert documents.stamped_at(first.token, second.digest) is None
    assert sorted(path.name for path in outside.iterdir()) == [
        "seal-000001.json",
        "seal-000001.tsr",
        "seal-000002.json",
        "seal-000002.tsr",
    ]
    assert (outside / "seal-000001.json").read_text() == first.document


def test_lines_rewritten_with_their_row_are_found_by_their_seal(cast: Cast, outside: Path) -> None:
    moved = received(cast)
    services.seal_history(actor=SYSTEM)
    rewrite(moved.dossier_id)
    assert not verify_records().faults  # row and line agree: only the seal tells
    assert queries.judge_seals() == (1, (SealFault(1, Tear.LINES_CHANGED),))


def test_seals_rewritten_too_are_found_by_what_is_kept_outside(cast: Cast, outside: Path) -> None:
    moved = received(cast)
    services.seal_history(actor=SYSTEM)
    rewrite(moved.dossier_id)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_seal")
        cursor.execute("UPDATE kernel_record SET seal = NULL")
    kept = (outside / "seal-000001.json").read_text()
    services.seal_history(actor=SYSTEM)
    assert (outside / "seal-000001.json").read_text() == kept, "the witness is never written over"
    assert queries.judge_seals() == (1, ())
    assert queries.judge_seals(outside) == (1, (SealFault(1, Tear.DIFFERS_OUTSIDE),))


def test_a_seal_taken_away_or_a_stamp_of_something_else_is_found(
    cast: Cast, signing: SigningWorld, outside: Path
) -> None:
    received(cast)
    services.seal_history(actor=SYSTEM)
    services.seal_history(actor=SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE kernel_sealstamp SET token = (SELECT token FROM kernel_sealstamp WHERE number = 1)"
        )
    assert queries.judge_seals() == (2, (SealFault(2, Tear.STAMP_FALSE),))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_sealstamp; DELETE FROM kernel_seal WHERE number = 1")
    assert {fault.kind for fault in queries.judge_seals(outside)[1]} == {Tear.MISSING}


def test_without_an_authority_the_seal_is_kept_and_stamped_later(
    cast: Cast, signing: SigningWorld, settings: "Settings", outside: Path
) -> None:
    address = settings.MOTCUA_TSA_URL
    settings.MOTCUA_TSA_URL = "http://127.0.0.1:9/"
    services.seal_history(actor=SYSTEM)
    assert [seal.token for seal in seals()] == [None]
    settings.MOTCUA_TSA_URL = address
    assert services.stamp_seals(actor=SYSTEM) == 1
    assert queries.judge_seals(outside) == (1, ())


def test_each_seal_leaves_by_mail_once(cast: Cast, settings: "Settings", outside: Path) -> None:
    settings.MOTCUA_SEAL_MAIL = ["thanhtra@minhson.example"]
    services.seal_history(actor=SYSTEM)
    entry = JournalEntry.objects.filter(name="dossiers.HistorySealed").get()
    assert channels.mail_seal(number=entry.payload["number"]) == 1
    channels.mail_seal(number=1)
    letter = OfficialLetter.objects.get()
    assert seals()[0].document in letter.body
    assert channels.mail_seal(number=77) == 0


def test_a_seal_finds_its_lines_without_reading_the_whole_record() -> None:
    """By an index: a first seal covers millions of lines, and every later one reads its own only."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT seal, link FROM kernel_record WHERE seal = 3")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "kernel_record_sealed" in plan, plan
