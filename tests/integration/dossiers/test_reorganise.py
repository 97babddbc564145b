"""Agencies merge, calendars change, versions change: open dossiers follow, and what was promised stays on record."""

from datetime import date, datetime
from uuid import UUID

import pytest
from pypdfium2 import PdfDocument
from tests.cast import Cast
from tests.factories.dossiers import in_work, received, submitted

from motcua.catalogue import queries as catalogue
from motcua.directory import services as directory
from motcua.dossiers import errors, queries, services
from motcua.dossiers.models import Dossier, Passage
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM
from motcua.kernel.errors import PermissionRefused

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 12, 7, 8, tzinfo=clock.LOCAL)


def due_of(dossier_id: UUID) -> datetime:
    due = Dossier.objects.get(pk=dossier_id).due_at
    assert due is not None
    return clock.local(due)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in PdfDocument(pdf)).split())


def test_open_dossiers_follow_the_agency_that_took_over(cast: Cast) -> None:
    working, waiting = in_work(cast), submitted(cast).dossier_id
    ended = submitted(cast).dossier_id
    services.refuse_at_door(actor=cast.binh, dossier_id=ended, reason="Trùng")
    code = Dossier.objects.get(pk=working).code
    handed = services.hand_over_to_successor(
        actor=SYSTEM, predecessor_id=cast.an_binh, successor_id=cast.yen_hoa, decision="Nghị quyết 01"
    )
    assert handed == 2
    page = queries.dossier_page(actor=cast.giang, dossier_id=working)
    assert (page.code, page.competent.id, page.receiving.id) == (code, cast.yen_hoa, cast.yen_hoa)
    assert page.assignee_id is None
    assert Dossier.objects.get(pk=ended).receiving_id == cast.an_binh
    assert Dossier.objects.get(pk=waiting).awaits_acknowledgement
    again = services.hand_over_to_successor(
        actor=SYSTEM, predecessor_id=cast.an_binh, successor_id=cast.yen_hoa, decision="Nghị quyết 01"
    )
    assert again == 0
    assert queries.verify_chain().faults == ()


def test_a_decided_day_off_moves_running_terms_and_says_why(cast: Cast) -> None:
    with clock.frozen(MONDAY):
        dossier_id = in_work(cast)
        assert due_of(dossier_id) == MONDAY.replace(day=8)
        directory.decide_day(
            actor=cast.quang,
            day=date(2026, 12, 7),
            is_worked=False,
            name="Nghỉ do bão",
            source="Công văn 12",
            agency_id=cast.an_binh,
        )
        moved = services.reproject_terms(actor=SYSTEM, agency_id=cast.an_binh, ground="Công văn 12")
    assert moved == 1
    assert due_of(dossier_id) == MONDAY.replace(day=8, hour=17, minute=30)
    passage = Passage.objects.get(move="reproject")
    assert passage.reason == "Công văn 12"
    assert Dossier.objects.get(pk=dossier_id).promised_due_at == MONDAY.replace(day=8)
    assert services.reproject_terms(actor=SYSTEM, agency_id=None, ground="lần nữa") == 0


def test_only_the_catalogue_manager_moves_a_dossier_to_another_version(cast: Cast) -> None:
    dossier_id = in_work(cast)
    other = catalogue.version_in_force("1.000894", clock.today())
    same = catalogue.version_in_force("1.001193", clock.today())
    with pytest.raises(errors.VersionForeign):
        services.change_version(actor=SYSTEM, dossier_id=dossier_id, version_id=other.id, ground="x")
    with pytest.raises(PermissionRefused):
        services.change_version(actor=cast.chau, dossier_id=dossier_id, version_id=same.id, ground="x")
    with pytest.raises(errors.ReasonMissing):
        services.change_version(actor=SYSTEM, dossier_id=dossier_id, version_id=same.id, ground=" ")
    services.change_version(actor=SYSTEM, dossier_id=dossier_id, version_id=same.id, ground="Nghị định mới")
    assert Passage.objects.get(move="change_version").detail == {
        "from_version": same.number,
        "to_version": same.number,
    }


def test_control_sheet_and_ledger_are_printed(cast: Cast) -> None:
    with clock.frozen(MONDAY):
        dossier_id = in_work(cast)
        moved = received(cast)
    sheet = text_of(services.control_sheet(actor=cast.chau, dossier_id=dossier_id))
    assert "Phân công thụ lý" in sheet
    assert "Hoàng Thị Hạnh" in sheet
    book = text_of(
        services.ledger(
            actor=cast.binh, agency_id=cast.an_binh, first_day=MONDAY.date(), last_day=MONDAY.date()
        )
    )
    assert moved.code is not None
    assert moved.code.replace("-", "") in book.replace(" ", "").replace("-", "")
    with pytest.raises(PermissionRefused):
        services.ledger(
            actor=cast.giang, agency_id=cast.an_binh, first_day=MONDAY.date(), last_day=MONDAY.date()
        )
