"""Decision, signature, seal, hand-over, correction: with real tokens, time stamps and PDF files."""

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.cast import Cast
from tests.factories.dossiers import at_leader, in_work, received
from tests.factories.signing import SigningWorld, counted_log_ins

from motcua.documents import queries as custody
from motcua.documents.adapters.signing import pades
from motcua.documents.adapters.signing.pkcs11 import _opened
from motcua.documents.errors import SigningStopped, TokenFailed, WrongPin
from motcua.documents.models import SignatureAttempt
from motcua.documents.queries import Standing
from motcua.dossiers import errors, queries, services
from motcua.dossiers.jobs import typeset_form
from motcua.dossiers.models import Dossier, IssuedForm, LedgerCounter, Passage, Result
from motcua.dossiers.words import Outcome, State
from motcua.kernel import clock, events
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import MovedOn, PermissionRefused
from motcua.kernel.models import JournalEntry
from motcua.payments import queries as payments_read
from motcua.payments import services as payments
from simulators.hsm import module_path

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db


def decided(cast: Cast) -> UUID:
    dossier_id = at_leader(cast)
    services.approve(actor=cast.dung, dossier_id=dossier_id)
    return dossier_id


def sealed(cast: Cast, world: SigningWorld) -> UUID:
    dossier_id = decided(cast)
    services.sign_result(actor=cast.dung, dossier_id=dossier_id, pin=world.hsm.pins["dung"])
    services.number_and_seal(actor=cast.khanh, dossier_id=dossier_id, pin=world.hsm.pins["seal-H99.11"])
    return dossier_id


def content(file_id: UUID | None) -> bytes:
    assert file_id is not None
    with custody.open_file(file_id) as stream:
        return stream.read()


def test_from_decision_to_the_persons_hands(cast: Cast, signing: SigningWorld) -> None:
    dossier_id = sealed(cast, signing)
    moved = services.issue_result(actor=cast.khanh, dossier_id=dossier_id)
    assert moved.national_status == 9
    result = Result.objects.get()
    assert (result.number, result.symbol, result.signed_by_name) == (1, "1/2026", "Phạm Tiến Dũng")
    verification = custody.verify_pdf(content(result.sealed_file_id))
    assert verification.is_valid
    assert verification.standing is Standing.IN_FORCE
    assert [signature.signer for signature in verification.signatures] == [
        "Phạm Tiến Dũng",
        "Ủy ban nhân dân xã An Bình",
    ]
    (paper,) = custody.papers_of(cast.hoa_party)
    assert (paper.title, paper.number, paper.dossier_code) == ("Giấy khai sinh", "1", moved.code)
    ended = services.hand_over_result(
        actor=cast.binh, dossier_id=dossier_id, received_by="Nguyễn Thị Hoa", proof="Ký nhận tại quầy"
    )
    assert ended.national_status == 10
    page = queries.dossier_page(actor=cast.hoa, dossier_id=dossier_id)
    assert page.moves == []
    assert page.results[0].handed_over_to == "Nguyễn Thị Hoa"
    assert [entry.move for entry in page.timeline] == [
        "submit",
        "receive",
        "assign",
        "submit_to_leader",
        "approve",
        "sign",
        "number_and_seal",
        "issue",
        "hand_over",
    ]
    assert queries.verify_chain().faults == ()


def test_a_failed_signature_changes_nothing_but_the_record_of_it(cast: Cast, signing: SigningWorld) -> None:
    dossier_id = decided(cast)
    with pytest.raises(WrongPin):
        services.sign_result(actor=cast.dung, dossier_id=dossier_id, pin="0000")
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.revision) == (State.DECIDED, 5)
    assert Result.objects.get().signed_at is None
    assert SignatureAttempt.objects.get().error_code == WrongPin.code
    services.sign_result(actor=cast.dung, dossier_id=dossier_id, pin=signing.hsm.pins["dung"])
    assert Result.objects.get().number == 1  # the number reserved by the failed attempt, not a second one


def book(cast: Cast, year: int = 0) -> list[tuple[int, str, str]]:
    lines = queries.results_book(actor=cast.khanh, agency_id=cast.an_binh, year=year or clock.today().year)
    return [(line.number, line.standing.value, line.reason) for line in lines]


def reserved(cast: Cast) -> UUID:
    """A decided dossier whose signing failed after the number was taken."""
    dossier_id = decided(cast)
    with pytest.raises(WrongPin):
        services.sign_result(actor=cast.dung, dossier_id=dossier_id, pin="0000")
    return dossier_id


def test_a_number_never_used_stands_in_the_book_as_void_with_its_reason(
    cast: Cast, signing: SigningWorld
) -> None:
    dossier_id = reserved(cast)
    assert book(cast) == [(1, "reserved", "")]
    # The book it was taken from is no longer that of the competent agency, as after a reorganisation.
    elsewhere = uuid4()
    Result.objects.update(book_agency_id=elsewhere)
    LedgerCounter.objects.update(agency_id=elsewhere)
    services.sign_result(actor=cast.dung, dossier_id=dossier_id, pin=signing.hsm.pins["dung"])
    assert book(cast) == [(1, "used", "")]
    ((number, standing, reason),) = [
        (line.number, line.standing.value, line.reason)
        for line in queries.results_book(actor=SYSTEM, agency_id=elsewhere, year=clock.today().year)
    ]
    assert (number, standing) == (1, "void")
    assert "cơ quan khác" in reason


def test_a_number_goes_with_its_year(cast: Cast, signing: SigningWorld) -> None:
    dossier_id = reserved(cast)
    this_year = clock.today().year
    Result.objects.update(numbered_at=clock.now().replace(year=this_year - 1))
    LedgerCounter.objects.update(year=this_year - 1)
    services.sign_result(actor=cast.dung, dossier_id=dossier_id, pin=signing.hsm.pins["dung"])
    assert [line[:2] for line in book(cast)] == [(1, "used")]
    assert [line[:2] for line in book(cast, this_year - 1)] == [(1, "void")]


def test_a_gap_nobody_can_explain_shows(cast: Cast, signing: SigningWorld) -> None:
    reserved(cast)
    Result.objects.update(number=None)
    assert book(cast) == [(1, "missing", "")]
    with pytest.raises(PermissionRefused):
        queries.results_book(actor=cast.chau, agency_id=cast.an_binh, year=2026)


def test_nobody_signs_without_authority(cast: Cast, signing: SigningWorld) -> None:
    dossier_id = decided(cast)
    with pytest.raises(errors.SigningRefused):
        services.sign_result(actor=cast.chau, dossier_id=dossier_id)
    with pytest.raises((PermissionRefused, errors.MoveImpossible)):
        services.number_and_seal(actor=cast.khanh, dossier_id=dossier_id)
    services.sign_result(actor=cast.dung, dossier_id=dossier_id, pin=signing.hsm.pins["dung"])
    with pytest.raises(PermissionRefused):
        services.number_and_seal(actor=cast.chau, dossier_id=dossier_id)


def test_a_deputy_signs_in_the_leaders_place(cast: Cast, signing: SigningWorld) -> None:
    dossier_id = at_leader(cast)
    services.approve(actor=cast.em, dossier_id=dossier_id)
    services.sign_result(actor=cast.em, dossier_id=dossier_id, pin=signing.hsm.pins["em"])
    result = Result.objects.get()
    assert (result.signed_by_id, result.on_behalf_of_id) == (cast.account("em"), cast.account("dung"))
    passage = Passage.objects.get(move="sign")
    assert passage.on_behalf_of_id == cast.account("dung")
    assert passage.detail["on_behalf_of"] == "Phạm Tiến Dũng"


def test_several_are_signed_with_one_pin_and_one_refusal_stops_none(
    cast: Cast, signing: SigningWorld
) -> None:
    ready = [decided(cast), decided(cast)]
    not_ready = in_work(cast)
    done = services.sign_results(
        actor=cast.dung, dossier_ids=[ready[0], not_ready, ready[1]], pin=signing.hsm.pins["dung"]
    )
    assert [item.refusal is None for item in done] == [True, False, True]
    assert set(Result.objects.filter(signed_at__isnull=False).values_list("number", flat=True)) == {1, 2}


def test_a_wrong_pin_is_shown_to_the_token_once_whatever_is_ticked(
    cast: Cast, signing: SigningWorld, settings: "Settings", monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MOTCUA_TOKEN_PIN_TRIES = 5
    ready = [decided(cast), decided(cast), decided(cast)]
    signing.token("dung").forget()
    with counted_log_ins(monkeypatch) as shown:
        done = services.sign_results(actor=cast.dung, dossier_ids=ready, pin="00000000")
    assert shown == ["dung"], "three tries with one slip would lock a token"
    assert [type(one.refusal) for one in done] == [WrongPin, SigningStopped, SigningStopped]
    assert [one.dossier_id for one in done] == ready
    assert SignatureAttempt.objects.count() == 1
    assert "Sai 1 lần liên tiếp. Thiết bị còn nhiều nhất 4 lần." in str(done[0].refusal)
    (again, *_) = services.sign_results(actor=cast.dung, dossier_ids=ready, pin="00000000")
    assert "Sai 2 lần liên tiếp. Thiết bị còn nhiều nhất 3 lần." in str(again.refusal)
    done = services.sign_results(actor=cast.dung, dossier_ids=ready, pin=signing.hsm.pins["dung"])
    assert [one.refusal for one in done] == [None, None, None]
    (first, *_) = services.sign_results(actor=cast.dung, dossier_ids=[decided(cast)], pin="00000000")
    assert "Sai 1 lần liên tiếp" in str(first.refusal), "a right PIN sets the token's own count back"


def test_a_token_pulled_out_midway_ends_the_batch_and_loses_nothing(
    cast: Cast, signing: SigningWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready = [decided(cast), decided(cast), decided(cast)]
    really, made = pades.sign, []

    def sign_and_pull_out(*given: Any) -> bytes:
        signed = really(*given)
        made.append(signed)
        _opened[(module_path(), "dung", "signing")].session.close()
        return signed

    monkeypatch.setattr(pades, "sign", sign_and_pull_out)
    done = services.sign_results(actor=cast.dung, dossier_ids=ready, pin=signing.hsm.pins["dung"])
    assert [type(one.refusal) for one in done] == [type(None), TokenFailed, SigningStopped]
    assert len(made) == 1
    assert queries.dossier_page(actor=cast.dung, dossier_id=ready[0]).state == State.SIGNED
    monkeypatch.undo()
    done = services.sign_results(actor=cast.dung, dossier_ids=ready[1:], pin=signing.hsm.pins["dung"])
    assert [one.refusal for one in done] == [None, None]


def test_a_refusal_on_the_merits_is_a_signed_result(cast: Cast, signing: SigningWorld) -> None:
    dossier_id = at_leader(cast)
    services.refuse_on_merits(actor=cast.dung, dossier_id=dossier_id, reason="Trẻ đã được khai sinh nơi khác")
    services.sign_result(actor=cast.dung, dossier_id=dossier_id, pin=signing.hsm.pins["dung"])
    services.number_and_seal(actor=cast.khanh, dossier_id=dossier_id, pin=signing.hsm.pins["seal-H99.11"])
    moved = services.issue_result(actor=cast.khanh, dossier_id=dossier_id)
    assert moved.national_status == 9
    assert Result.objects.get().outcome == Outcome.REFUSED
    assert IssuedForm.objects.filter(code="03").exists()
    assert list(custody.papers_of(cast.hoa_party)) == []  # a refusal is no paper to reuse


def test_a_corrected_result_replaces_the_wrong_one_wherever_it_is_verified(
    cast: Cast, signing: SigningWorld
) -> None:
    dossier_id = sealed(cast, signing)
    services.issue_result(actor=cast.khanh, dossier_id=dossier_id)
    wrong = Result.objects.get()
    ended_at = Dossier.objects.get().ended_at
    child = {**wrong.content["child"], "full_name": "Trần Gia Bảo Anh"}
    services.reopen_result(
        actor=cast.chau,
        dossier_id=dossier_id,
        reason="Sai tên đệm",
        content={**wrong.content, "child": child},
    )
    services.sign_correction(actor=cast.dung, dossier_id=dossier_id, pin=signing.hsm.pins["dung"])
    services.seal_correction(actor=cast.khanh, dossier_id=dossier_id, pin=signing.hsm.pins["seal-H99.11"])
    right = Result.objects.exclude(pk=wrong.pk).get()
    assert right.replaces_id == wrong.id
    assert custody.verify_pdf(content(wrong.sealed_file_id)).standing is Standing.REPLACED
    assert custody.verify_pdf(content(right.sealed_file_id)).standing is Standing.IN_FORCE
    dossier = Dossier.objects.get()
    assert dossier.national_status == 9
    assert dossier.ended_at == ended_at  # the statutory count is not reopened
    standing = queries.result_of_file(wrong.sealed_file_id) if wrong.sealed_file_id else None
    assert standing is not None
    assert standing.replaced_by_id == right.id


def test_a_result_is_not_handed_over_before_the_fee_is_paid(cast: Cast, signing: SigningWorld) -> None:
    dossier_id = sealed(cast, signing)
    services.issue_result(actor=cast.khanh, dossier_id=dossier_id)
    payments.raise_charges(
        actor=SYSTEM,
        dossier_id=dossier_id,
        agency_id=cast.an_binh,
        payer_id=cast.hoa_party,
        lines=[payments.FeeLine("BS", "Bản sao Giấy khai sinh", "fee", 16000, ("Hộ nghèo",))],
    )
    with pytest.raises(errors.FeeUnpaid, match=r"16\.000 đ"):
        services.hand_over_result(actor=cast.binh, dossier_id=dossier_id, received_by="Hoa")
    (charge,) = payments_read.charges_of(dossier_id)
    receipt = payments.take_payment(actor=cast.lan, charge_ids=[charge.id])
    assert (receipt.number, receipt.amount) == (1, 16000)
    assert (
        services.hand_over_result(actor=cast.binh, dossier_id=dossier_id, received_by="Hoa").national_status
        == 10
    )


def test_the_same_revision_is_needed_through_the_whole_signature(cast: Cast, signing: SigningWorld) -> None:
    dossier_id = decided(cast)
    with pytest.raises(MovedOn):
        services.sign_result(actor=cast.dung, dossier_id=dossier_id, pin=signing.hsm.pins["dung"], seen=1)
    assert not SignatureAttempt.objects.exists()


@pytest.mark.parametrize("code", ["01", "02", "03", "04", "05"])
def test_forms_are_reprinted_byte_for_byte(cast: Cast, code: str) -> None:
    from motcua.dossiers.services.forms import typeset_content

    dossier_id = received(cast).dossier_id
    form = IssuedForm.objects.get(dossier_id=dossier_id)
    when = clock.local(clock.now()).isoformat(timespec="minutes")
    made = {
        **form.content,
        "reason": "Lý do thử",
        "items": ["Giấy A"],
        "due_before": when,
        "new_due_at": when,
    }
    first = typeset_content(code, made)
    assert first.startswith(b"%PDF")
    assert typeset_content(code, made) == first
    form_file = services.typeset_form(actor=SYSTEM, form_id=form.id)
    assert services.typeset_form(actor=SYSTEM, form_id=form.id) == form_file


def test_hearing_of_a_form_only_orders_its_setting_in_type(cast: Cast) -> None:
    """An event is heard in a transaction; setting in type takes seconds, and journal readers wait for open transactions."""
    form = IssuedForm.objects.get(dossier_id=received(cast).dossier_id)
    heard = JournalEntry.objects.filter(name="dossiers.FormIssued").latest("pk")
    events.deliver(heard.pk, "dossiers.typeset_form")
    form.refresh_from_db()
    assert form.file_id is None
    (job,) = ProcrastinateJob.objects.filter(task_name="dossiers.typeset_form")
    assert job.args == {"form_id": str(form.pk)}
    typeset_form(**job.args)
    form.refresh_from_db()
    assert content(form.file_id).startswith(b"%PDF")


def test_without_a_key_or_a_draft_nobody_signs(cast: Cast) -> None:
    dossier_id = decided(cast)
    with pytest.raises(errors.SigningKeyMissing):
        services.sign_result(actor=cast.dung, dossier_id=dossier_id)  # no key has been entrusted in this test
    Result.objects.all().delete()
    with pytest.raises(errors.ResultMissing):
        services.sign_result(actor=cast.dung, dossier_id=dossier_id)
