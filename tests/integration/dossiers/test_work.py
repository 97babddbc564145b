"""Between receipt and decision: supplement, pauses, opinions, extension, stop, withdrawal."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.factories.dossiers import BIRTH_PAPERS, at_leader, in_work, received, submitted

from motcua.directory import queries as directory
from motcua.dossiers import errors, queries, services
from motcua.dossiers.models import ClockPause, Dossier, IssuedForm, Passage
from motcua.kernel import clock
from motcua.kernel.errors import OutOfScope, PermissionRefused

pytestmark = pytest.mark.django_db


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=clock.LOCAL)


def due_of(dossier_id: UUID) -> datetime:
    due = Dossier.objects.get(pk=dossier_id).due_at
    assert due is not None
    return clock.local(due)


def test_a_supplement_stops_the_clock_and_by_restart_begins_the_term_anew(cast: Cast) -> None:
    with clock.frozen(local(7, 8)):
        dossier_id = in_work(cast)
        assert due_of(dossier_id) == local(8, 8)
    with clock.frozen(local(7, 10)):
        services.ask_supplement(
            actor=cast.chau, dossier_id=dossier_id, reason="Thiếu giấy chứng sinh", items=["a"]
        )
    page = queries.dossier_page(actor=cast.hoa, dossier_id=dossier_id)
    assert (page.national_status, page.is_paused) == (5, True)
    with clock.frozen(local(9, 9)):
        services.give_supplement(actor=cast.hoa, dossier_id=dossier_id, note="Đã bổ sung")
    assert due_of(dossier_id) == local(
        10, 9
    )  # one whole working day from the full dossier (Decree 61/2018 art. 17)
    page = queries.dossier_page(actor=cast.chau, dossier_id=dossier_id)
    assert page.promised_due_at == local(8, 8)  # the original term is never overwritten
    assert page.reckoning is not None
    assert page.reckoning.due_at == local(10, 9)
    assert ClockPause.objects.get().ended_at == local(9, 9)
    assert IssuedForm.objects.filter(code="02").count() == 1


def test_only_one_supplement_is_asked_even_before_receipt(cast: Cast) -> None:
    dossier_id = submitted(cast).dossier_id
    services.ask_supplement(actor=cast.binh, dossier_id=dossier_id, reason="Ảnh mờ")
    services.give_supplement(actor=cast.hoa, dossier_id=dossier_id)
    services.receive_dossier(actor=cast.binh, dossier_id=dossier_id, papers=BIRTH_PAPERS)
    with pytest.raises(errors.SupplementExhausted):
        services.ask_supplement(actor=cast.binh, dossier_id=dossier_id, reason="Thêm nữa")


def test_an_opinion_has_its_own_term_and_never_pauses(cast: Cast) -> None:
    with clock.frozen(local(7, 8)):
        dossier_id = in_work(cast)
        due = due_of(dossier_id)
        with pytest.raises(OutOfScope):
            queries.dossier_page(actor=cast.phuc, dossier_id=dossier_id)
        services.ask_opinion(
            actor=cast.chau,
            dossier_id=dossier_id,
            agency_id=cast.agriculture,
            question="Thửa đất có trong quy hoạch không?",
            working_days=Decimal("0.5"),
        )
        assert due_of(dossier_id) == due
        with pytest.raises(errors.ConsultationOpen):
            services.submit_to_leader(actor=cast.chau, dossier_id=dossier_id)
        (asked,) = queries.open_consultations_of(actor=cast.phuc)
        assert (
            asked.due_at == local(7, 13, 30)
            or asked.due_at == local(7, 14)
            or asked.due_at > local(7, 11, 30)
        )
        with pytest.raises(PermissionRefused):
            services.answer_consultation(actor=cast.chau, consultation_id=asked.id, answer="Tôi tự trả lời")
        services.answer_consultation(
            actor=cast.phuc, consultation_id=asked.id, answer="Không có vướng mắc", is_agreed=True
        )
        with pytest.raises(errors.ConsultationClosed):
            services.answer_consultation(actor=cast.phuc, consultation_id=asked.id, answer="Lần nữa")
        services.submit_to_leader(actor=cast.chau, dossier_id=dossier_id)


def test_silence_past_the_term_lets_the_work_go_on(cast: Cast) -> None:
    with clock.frozen(local(7, 8)):
        dossier_id = in_work(cast)
        services.ask_opinion(
            actor=cast.chau,
            dossier_id=dossier_id,
            agency_id=cast.agriculture,
            question="?",
            working_days=Decimal(1),
        )
    with clock.frozen(local(9, 8)):
        assert services.submit_to_leader(actor=cast.chau, dossier_id=dossier_id).national_status == 4


def test_one_apology_a_day_before_the_term(cast: Cast) -> None:
    with clock.frozen(local(7, 8)):
        dossier_id = in_work(cast)
        new = local(11, 17)
        services.apologise_and_extend(
            actor=cast.dung, dossier_id=dossier_id, reason="Mất điện", new_due_at=new
        )
        assert due_of(dossier_id) == new
        with pytest.raises(errors.ExtensionRefused):
            services.apologise_and_extend(
                actor=cast.dung,
                dossier_id=dossier_id,
                reason="Lại mất điện",
                new_due_at=new + timedelta(days=1),
            )
    page = queries.dossier_page(actor=cast.hoa, dossier_id=dossier_id)
    assert (page.promised_due_at, page.extended_due_at) == (local(8, 8), new)
    form = IssuedForm.objects.get(code="04")
    assert form.content["due_before"].startswith("2026-12-08")
    assert form.content["new_due_at"].startswith("2026-12-11")


def test_on_the_due_day_it_is_too_late_to_apologise(cast: Cast) -> None:
    with clock.frozen(local(7, 8)):
        dossier_id = in_work(cast)
    with clock.frozen(local(8, 7)), pytest.raises(errors.ExtensionRefused):
        services.apologise_and_extend(
            actor=cast.dung, dossier_id=dossier_id, reason="Muộn", new_due_at=local(11, 17)
        )


def test_a_pause_after_an_extension_moves_the_extended_term(cast: Cast) -> None:
    with clock.frozen(local(7, 8)):
        dossier_id = in_work(cast)
        services.apologise_and_extend(
            actor=cast.dung, dossier_id=dossier_id, reason="Bận", new_due_at=local(11, 10)
        )
        services.require_payment(actor=cast.chau, dossier_id=dossier_id, reason="Nộp thuế")
    with clock.frozen(local(8, 8)):
        services.settle_payment(actor=cast.lan, dossier_id=dossier_id, proof="Giấy nộp tiền 123")
    assert due_of(dossier_id) == local(14, 10)  # one working day on; 12 and 13 are a weekend


def test_the_applicant_withdraws_until_the_decision(cast: Cast) -> None:
    dossier_id = at_leader(cast)
    moved = services.withdraw_dossier(actor=cast.hoa, dossier_id=dossier_id, reason="Đổi ý")
    assert moved.national_status == 7
    decided = at_leader(cast)
    services.approve(actor=cast.dung, dossier_id=decided)
    with pytest.raises(errors.MoveImpossible):
        services.withdraw_dossier(actor=cast.hoa, dossier_id=decided, reason="Muộn")


def test_stopping_while_paused_closes_the_pause(cast: Cast) -> None:
    dossier_id = in_work(cast)
    services.ask_supplement(actor=cast.chau, dossier_id=dossier_id, reason="Thiếu")
    moved = services.stop_dossier(actor=cast.binh, dossier_id=dossier_id, reason="Quá hạn bổ sung")
    assert moved.national_status == 8
    assert ClockPause.objects.get().ended_at is not None
    assert IssuedForm.objects.filter(code="05").exists()


def test_sent_back_returns_to_the_last_appraisal(cast: Cast) -> None:
    dossier_id = at_leader(cast)
    with pytest.raises(errors.ReasonMissing):
        services.send_back(actor=cast.dung, dossier_id=dossier_id, reason="")
    services.send_back(actor=cast.dung, dossier_id=dossier_id, reason="Soát lại tên cha")
    page = queries.dossier_page(actor=cast.chau, dossier_id=dossier_id)
    assert page.step_key == "appraise"
    assert page.step_due_at is not None
    services.submit_to_leader(actor=cast.chau, dossier_id=dossier_id)
    assert len(queries.dossier_page(actor=cast.chau, dossier_id=dossier_id).results) == 1


def test_a_move_costs_at_most_twelve_statements(cast: Cast) -> None:
    dossier_id = in_work(cast)
    chau, dung, hoa = cast.chau, cast.dung, cast.hoa
    acts: list[Callable[[], object]] = [
        lambda: services.ask_supplement(actor=chau, dossier_id=dossier_id, reason="Thiếu"),
        lambda: services.give_supplement(actor=hoa, dossier_id=dossier_id),
        lambda: services.submit_to_leader(actor=chau, dossier_id=dossier_id),
        lambda: services.approve(actor=dung, dossier_id=dossier_id),
    ]
    for act in acts:
        with CaptureQueriesContext(connection) as statements:
            act()
        # A savepoint stands for the BEGIN and COMMIT of the real transaction; nested ones are the test's.
        costly = [row["sql"] for row in statements if "SAVEPOINT" not in row["sql"]]
        assert len(costly) <= 10, costly


def test_what_may_be_done_is_what_is_offered(cast: Cast) -> None:
    """Every act offered to somebody passes the permission check; every act not offered is refused."""
    dossier_id = at_leader(cast)
    offered = {
        name: {move.key for move in queries.dossier_page(actor=cast.actor(name), dossier_id=dossier_id).moves}
        for name in ("hoa", "binh", "chau", "dung", "em", "khanh")
    }
    assert offered["hoa"] == {"withdraw"}
    assert {"approve", "refuse", "send_back"} <= offered["dung"]
    assert {"approve", "refuse", "send_back"} <= offered["em"]  # by delegation
    assert not offered["chau"] & {"approve", "refuse", "send_back"}
    assert offered["khanh"] == set()


def test_the_chain_shows_tampering_and_the_database_refuses_it(cast: Cast) -> None:
    dossier_id = at_leader(cast)
    assert queries.verify_chain().faults == ()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Passage.objects.filter(dossier_id=dossier_id, seq=2).update(reason="sửa")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Passage.objects.filter(dossier_id=dossier_id, seq=3).delete()
    with connection.cursor() as cursor:  # somebody with the keys of the database
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE dossiers_passage DISABLE TRIGGER passage_append_only")
        cursor.execute(
            "UPDATE dossiers_passage SET at = at - interval '1 day' WHERE dossier_id = %s AND seq = 2",
            [dossier_id],
        )
    report = queries.verify_chain()
    assert [(fault.dossier_id, fault.seq, fault.kind) for fault in report.faults] == [
        (dossier_id, 2, "edited")
    ]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM dossiers_passage WHERE dossier_id = %s AND seq = 4", [dossier_id])
    assert {fault.kind for fault in queries.verify_chain().faults} == {"edited", "truncated"}


@pytest.mark.usefixtures("clock_stands")
def test_lists_cost_the_same_whatever_their_length(cast: Cast) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as statements:
            queries.inbox(actor=chau)
            queries.own_dossiers(actor=hoa)
            queries.box_counts(actor=chau)
        return len(statements)

    for _ in range(2):
        received(cast)
    chau, hoa = cast.chau, cast.hoa
    few = cost()
    for _ in range(15):
        received(cast)
    assert cost() == few


def test_pages_follow_each_other_without_gap_or_repeat(cast: Cast) -> None:
    ids = {received(cast).dossier_id for _ in range(7)} | {submitted(cast).dossier_id for _ in range(3)}
    for box in (queries.Box.WORK, queries.Box.RECEPTION):
        seen: list[UUID] = []
        after = None
        while True:
            page = queries.inbox(actor=cast.binh, box=box, after=after, limit=3)
            seen += [row.id for row in page.rows]
            after = page.after
            if after is None:
                break
        assert len(seen) == len(set(seen)) == 10
        assert set(seen) == ids


@pytest.mark.parametrize(
    "text", ["nguyen thi hoa", "NGUYỄN THỊ HOA", "hoa khai sinh", "sinh hoa", "dang ky  NGUYEN"]
)
def test_search_forgives_accents_and_order(cast: Cast, text: str) -> None:
    moved = received(cast)
    found = queries.inbox(actor=cast.chau, filters=queries.Filters(text=text)).rows
    assert [row.id for row in found] == [moved.dossier_id]
    assert queries.inbox(actor=cast.chau, filters=queries.Filters(text="không có ai")).rows == []


@pytest.mark.parametrize("text", ["040195000123", " 040 195 000 123", "040.195.000.123"])
def test_search_by_a_whole_number_finds_the_person(cast: Cast, text: str) -> None:
    moved = received(cast)
    assert directory.party(cast.hoa_party).number == "040195000123"
    with CaptureQueriesContext(connection) as asked:
        found = queries.inbox(actor=cast.chau, filters=queries.Filters(text=text)).rows
    assert [row.id for row in found] == [moved.dossier_id]
    assert "search_text" not in asked[-1]["sql"].partition("WHERE")[2]
    elsewhere = queries.inbox(actor=cast.giang, filters=queries.Filters(text=text)).rows
    assert elsewhere == []


def test_search_by_a_number_of_nobody_or_a_part_of_one_looks_into_the_texts(cast: Cast) -> None:
    moved = received(cast)
    Dossier.objects.filter(pk=moved.dossier_id).update(search_text="tran van cu 099199888777 khai sinh")
    for text in ("099199888777", "099199888", "888777"):
        found = queries.inbox(actor=cast.chau, filters=queries.Filters(text=text)).rows
        assert [row.id for row in found] == [moved.dossier_id]


def test_tracking_without_login_tells_the_status_only(cast: Cast) -> None:
    moved = received(cast)
    status = queries.track(f" {moved.code} ".lower())
    assert status.national_status == 2
    assert "Hoa" not in repr(status)
    with pytest.raises(OutOfScope):
        queries.track("H99.11-261123-9999")
    with pytest.raises(OutOfScope):
        queries.track("' OR 1=1 --")


def test_drafts_are_kept_and_guarded(cast: Cast) -> None:
    draft = services.begin_draft(actor=cast.hoa, procedure_code="1.001193", form_data={"copies": 1})
    again = services.change_draft(actor=cast.hoa, draft_id=draft.id, seen=1, form_data={"copies": 2})
    assert again.revision == 2
    assert queries.draft_of(actor=cast.hoa, draft_id=draft.id).form_data == {"copies": 2}
    with pytest.raises(errors.DraftConflict):
        services.change_draft(actor=cast.hoa, draft_id=draft.id, seen=1, form_data={})
    with pytest.raises(OutOfScope):
        queries.draft_of(actor=cast.an_phat, draft_id=draft.id)
    with pytest.raises(OutOfScope):
        services.change_draft(actor=cast.an_phat, draft_id=draft.id, seen=2, form_data={})
    assert [row.id for row in queries.own_drafts(actor=cast.hoa)] == [draft.id]
    services.discard_draft(actor=cast.an_phat, draft_id=draft.id)
    assert queries.own_drafts(actor=cast.hoa)
    services.discard_draft(actor=cast.hoa, draft_id=draft.id)
    assert queries.own_drafts(actor=cast.hoa) == []
