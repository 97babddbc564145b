"""The record of rows: a whole dossier by the role that serves, and what is found of a history that its owner rewrote."""

from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from tests.cast import Cast
from tests.factories.dossiers import at_leader, received
from tests.factories.recorded_rows import behind_the_triggers
from tests.factories.serving import serving
from tests.factories.signing import SigningWorld

from motcua.directory.models import Account, Assignment
from motcua.dossiers import queries, services
from motcua.dossiers.models import ClockPause, Dossier, DossierPaper, IssuedForm, Passage, Result
from motcua.dossiers.rules.chain import digest_of
from motcua.kernel.authority import SYSTEM
from motcua.kernel.records import Breach, verify_records
from motcua.kernel.roles import OwnerNeeded
from motcua.oversight import services as oversight
from motcua.payments import queries as payments_read
from motcua.payments import services as payments
from motcua.payments.models import Charge, Receipt

pytestmark = pytest.mark.django_db

#: Changed by nobody's act, or by acts that the record does not tell of.
UNTOLD = {
    Dossier: {"request_key", "request_digest", "search_text"},
    Result: set(),
    IssuedForm: set(),
    Receipt: set(),
    Account: {"language", "last_login"},
    Assignment: set(),
    Charge: set(),
    ClockPause: set(),
    DossierPaper: set(),
}


def handed_over(cast: Cast, world: SigningWorld) -> UUID:
    dossier_id = at_leader(cast)
    services.approve(actor=cast.dung, dossier_id=dossier_id)
    services.sign_result(actor=cast.dung, dossier_id=dossier_id, pin=world.hsm.pins["dung"])
    services.number_and_seal(actor=cast.khanh, dossier_id=dossier_id, pin=world.hsm.pins["seal-H99.11"])
    services.issue_result(actor=cast.khanh, dossier_id=dossier_id)
    services.hand_over_result(actor=cast.binh, dossier_id=dossier_id, received_by="Hoa")
    return dossier_id


def test_a_whole_dossier_by_the_role_that_serves(cast: Cast, signing: SigningWorld) -> None:
    with serving():
        dossier_id = handed_over(cast, signing)
        oversight.absorb_all()
        with pytest.raises(OwnerNeeded), transaction.atomic():
            oversight.rebuild_facts()
        assert not queries.verify_chain(dossier_id=dossier_id).faults
        assert not verify_records().faults
    assert Passage.objects.filter(dossier_id=dossier_id).count() > 6


def test_every_field_that_counts_is_told() -> None:
    """A column that is added later is either told or named here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, columns FROM kernel_recordkind")
        told = dict(cursor.fetchall())
    for model, untold in UNTOLD.items():
        columns = {field.column for field in model._meta.concrete_fields}
        assert columns - set(told[model._meta.db_table]) == untold, model


@pytest.mark.parametrize(
    "change",
    [
        "due_at = due_at + interval '30 days'",
        "promised_due_at = promised_due_at + interval '30 days'",
        "outcome = 'refused'",
        "applicant_name = 'Somebody Else'",
        "form_data = jsonb_set(form_data, '{child,full_name}', '\"Somebody Else\"')",
        "received_at = received_at - interval '1 day'",
        "competent_id = receiving_id, assignee_name = 'x'",
        "head_digest = repeat('0', 64), revision = revision - 1",
    ],
)
def test_a_dossier_changed_without_an_act_is_refused_or_found(cast: Cast, change: str) -> None:
    moved = received(cast)
    attack = f"UPDATE dossiers_dossier SET {change} WHERE id = '{moved.dossier_id}'"  # noqa: S608 - constants of this test
    with serving():
        refuses(attack)
    refuses(attack)  # the owner, too, as long as the triggers stand
    with behind_the_triggers("dossiers_dossier"), connection.cursor() as cursor:
        cursor.execute(attack)
    assert found() == {("dossiers_dossier", moved.dossier_id, Breach.EDITED)}


def test_a_digest_function_that_was_replaced_hides_nothing(cast: Cast) -> None:
    """Rows are hashed by whoever judges, not by a function that belongs to whoever changed them."""
    moved = received(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(dossiers_dossier_digest(r), 'hex') FROM dossiers_dossier r")
        ((before,),) = cursor.fetchall()
    with behind_the_triggers("dossiers_dossier"), connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_dossier SET outcome = 'refused'")
        cursor.execute(
            "CREATE OR REPLACE FUNCTION dossiers_dossier_digest(r dossiers_dossier) RETURNS bytea LANGUAGE sql STABLE "
            f"AS 'SELECT decode(''{before}'', ''hex'')'"
        )
    assert found() == {("dossiers_dossier", moved.dossier_id, Breach.EDITED)}


def test_a_dossier_whose_newest_passage_went_with_its_head_is_found(cast: Cast) -> None:
    moved = received(cast)
    newest = Passage.objects.filter(dossier_id=moved.dossier_id).latest("seq")
    before = Passage.objects.get(dossier_id=moved.dossier_id, seq=newest.seq - 1)
    with behind_the_triggers("dossiers_passage", "dossiers_dossier", "dossiers_issuedform"):
        IssuedForm.objects.filter(passage=newest).delete()
        Passage.objects.filter(pk=newest.pk).delete()
        Dossier.objects.filter(pk=moved.dossier_id).update(revision=before.seq, head_digest=before.digest)
    assert not queries.verify_chain(dossier_id=moved.dossier_id).faults  # the chain alone does not tell
    assert ("dossiers_dossier", moved.dossier_id, Breach.EDITED) in found()


def test_a_dossier_hashed_anew_is_found(cast: Cast) -> None:
    moved = received(cast)
    with behind_the_triggers("dossiers_passage", "dossiers_dossier"):
        previous = "0" * 64
        for passage in Passage.objects.filter(dossier_id=moved.dossier_id).order_by("seq"):
            passage.actor_name, passage.previous_digest = "Somebody Else", previous
            previous = passage.digest = digest_of(passage.digested(), previous)
            passage.save()
        Dossier.objects.filter(pk=moved.dossier_id).update(head_digest=previous)
    assert not queries.verify_chain(dossier_id=moved.dossier_id).faults
    assert found() == {("dossiers_dossier", moved.dossier_id, Breach.EDITED)}


def test_a_dossier_removed_with_everything_is_found(cast: Cast) -> None:
    moved = received(cast)
    others = ("dossiers_passage", "dossiers_dossier", "dossiers_issuedform")
    with serving():
        refuses("DELETE FROM dossiers_dossier")
    with behind_the_triggers(*others):
        for model in (IssuedForm, DossierPaper, Passage):
            model.objects.filter(dossier_id=moved.dossier_id).delete()
        Dossier.objects.filter(pk=moved.dossier_id).delete()
    assert ("dossiers_dossier", moved.dossier_id, Breach.REMOVED) in found()


@pytest.mark.parametrize(
    "change",
    [
        "number = 7, symbol = '7/KQ'",
        "outcome = 'refused'",
        "signed_by_name = 'x'",
        "handed_over_to = 'x'",
        "template = 'x'",
        "numbered_at = numbered_at - interval '1 day'",
        "book_agency_id = gen_random_uuid()",
    ],
)
def test_a_signed_result_is_final(cast: Cast, signing: SigningWorld, change: str) -> None:
    handed_over(cast, signing)
    result = Result.objects.get()
    attack = f"UPDATE dossiers_result SET {change}"  # noqa: S608 - constants of this test
    with serving():
        refuses(attack)
    refuses(attack)
    with behind_the_triggers("dossiers_result"), connection.cursor() as cursor:
        cursor.execute(attack)
    assert found() == {("dossiers_result", result.id, Breach.EDITED)}


@pytest.mark.parametrize("attack", ["UPDATE payments_receipt SET amount = 1", "DELETE FROM payments_receipt"])
def test_a_receipt_is_final(cast: Cast, attack: str) -> None:
    moved = received(cast)
    payments.raise_charges(
        actor=SYSTEM,
        dossier_id=moved.dossier_id,
        agency_id=cast.an_binh,
        payer_id=cast.hoa_party,
        lines=[payments.FeeLine("BS", "Bản sao Giấy khai sinh", "fee", 16000, ())],
    )
    (charge,) = payments_read.charges_of(moved.dossier_id)
    taken = payments.take_payment(actor=cast.lan, charge_ids=[charge.id])
    with serving():
        refuses(attack)
    refuses(attack)
    with behind_the_triggers("payments_receipt", "payments_charge"), connection.cursor() as cursor:
        cursor.execute("UPDATE payments_charge SET receipt_id = NULL")
        cursor.execute(attack)
    kind = Breach.REMOVED if attack.startswith("DELETE") else Breach.EDITED
    assert found() == {
        ("payments_receipt", taken.id, kind),
        ("payments_charge", charge.id, Breach.EDITED),
    }


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("payments_charge", "amount = 1"),
        ("payments_charge", "state = 'paid', settled_at = raised_at"),
        ("dossiers_dossierpaper", "originals = 0, exemption = 'held'"),
        ("dossiers_clockpause", "ended_at = began_at + interval '30 days'"),
        ("directory_assignment", "role = 'leader' WHERE role = 'reception'"),
        ("directory_assignment", "validity = daterange(lower(validity), NULL) WHERE NOT upper_inf(validity)"),
    ],
)
def test_what_hangs_on_a_dossier_changed_behind_the_record_is_found(
    cast: Cast, table: str, change: str
) -> None:
    """The clock, the checklist, what is owed and who holds which role count as much as the dossier itself."""
    moved = received(cast)
    payments.raise_charges(
        actor=SYSTEM,
        dossier_id=moved.dossier_id,
        agency_id=cast.an_binh,
        payer_id=cast.hoa_party,
        lines=[payments.FeeLine("BS", "Bản sao Giấy khai sinh", "fee", 16000, ())],
    )
    services.assign(actor=cast.hanh, dossier_id=moved.dossier_id, assignee_id=cast.account("chau"))
    services.ask_supplement(actor=cast.chau, dossier_id=moved.dossier_id, reason="Thiếu bản sao")
    Assignment.objects.filter(role="cashier").update(validity=("2026-01-01", "2027-01-01"))
    assert found() == set()
    with serving():
        refuses(f"DELETE FROM {table}")  # noqa: S608 - constants of this test
    with behind_the_triggers(table), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")  # noqa: S608 - constants of this test
        assert cursor.rowcount
    faults = found()
    assert {(name, kind) for name, _, kind in faults} == {(table, Breach.EDITED)}


def test_nothing_a_session_sets_leads_the_record_astray(cast: Cast) -> None:
    """The trigger writes as the owner: tables, paths and formats of the session that changes a row do not reach it."""
    with serving(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE kernel_record (LIKE kernel_record)")
        cursor.execute(
            "SET search_path = pg_temp, public; SET datestyle = 'German, DMY'; SET timezone = 'UTC'"
        )
        cursor.execute("UPDATE directory_assignment SET decision = 'x'")
        assert cursor.rowcount
        cursor.execute("SELECT count(*) FROM pg_temp.kernel_record")
        assert cursor.fetchone() == (0,)
        cursor.execute("RESET search_path; RESET datestyle; RESET timezone; DROP TABLE pg_temp.kernel_record")
    assert found() == set()


def test_a_password_set_behind_the_record_is_found(cast: Cast) -> None:
    account = cast.account("dung")
    with behind_the_triggers("directory_account"):
        Account.objects.filter(pk=account).update(password="stolen")
    assert found() == {("directory_account", account, Breach.EDITED)}


def test_a_row_slipped_in_and_a_line_taken_out_are_found(cast: Cast) -> None:
    moved = received(cast)
    row = Receipt.objects.model(
        agency_id=cast.an_binh, year=2026, number=99, dossier_id=moved.dossier_id, payer_id=cast.hoa_party,
        amount=5, way="cash", at=Dossier.objects.get(pk=moved.dossier_id).changed_at,
    )  # fmt: skip
    with behind_the_triggers("payments_receipt"):
        row.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_record WHERE key = %s AND seq = 1", [moved.dossier_id])
    assert found() >= {
        ("payments_receipt", row.id, Breach.UNRECORDED),
        ("dossiers_dossier", moved.dossier_id, Breach.GAP),
    }


def test_what_was_there_before_or_came_in_bulk_gets_its_first_line(cast: Cast) -> None:
    moved = received(cast)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_record")
        assert ("dossiers_dossier", moved.dossier_id, Breach.UNRECORDED) in found()
        cursor.execute("SELECT record_all(name) FROM kernel_recordkind WHERE columns <> '{}'")
    assert found() == set()


def found() -> set[tuple[str, UUID, Breach]]:
    return {(fault.table, fault.key, fault.kind) for fault in verify_records().faults}


def refuses(attack: str) -> None:
    with (
        pytest.raises(DatabaseError, match=r"permission denied|only by an act|does not change|stay"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(attack)
