"""Reports of forged papers: kept with the verdict, seen by whose paper it is, closed with a note that ends the contact."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.cast import Cast
from tests.integration.documents.test_papers import record

from motcua.documents import queries, services
from motcua.documents.errors import ReportClosed, ReportTextWrong
from motcua.documents.events import ForgeryReportClosed, ForgeryReported
from motcua.documents.models import ForgeryReport
from motcua.documents.queries import FORGED, OF_ANOTHER, ReportBasis, Standing, Verdict
from motcua.documents.services import Checked
from motcua.kernel.authority import ANONYMOUS
from motcua.kernel.errors import OutOfScope, PermissionRefused
from motcua.kernel.models import JournalEntry


def test_a_nameless_report_reaches_the_issuer_and_is_closed(cast: Cast) -> None:
    paper = record(cast)
    checked = Checked(ReportBasis.FILE, Verdict.CHANGED.value, "ab" * 32, paper.id)
    told = services.report_forgery(
        actor=ANONYMOUS, text=" Sai con dấu. ", contact="0912345678", checked=checked
    )
    (seen,) = queries.forgery_reports(actor=cast.khanh)
    assert (seen.text, seen.contact, seen.sha256) == ("Sai con dấu.", "0912345678", "ab" * 32)
    assert (seen.finding, seen.number) == (queries.SENTENCES[Verdict.CHANGED], told.number)
    assert seen.paper is not None
    assert seen.paper.id == paper.id
    services.close_report(actor=cast.khanh, report_id=seen.id, note="Đã báo công an xã.")
    assert queries.forgery_reports(actor=cast.khanh) == []
    (closed,) = queries.forgery_reports(actor=cast.quang, is_closed=True)
    assert (closed.closing_note, closed.contact) == ("Đã báo công an xã.", "")
    assert closed.closed_by == cast.actor("khanh").name
    with pytest.raises(ReportClosed):
        services.close_report(actor=cast.khanh, report_id=seen.id, note="Lần nữa")


def test_the_journal_says_who_closed_it_and_nothing_personal(cast: Cast) -> None:
    told = services.report_forgery(actor=cast.hoa, text="Của ông Nam, 0912345678", contact="0987654321")
    services.close_report(actor=cast.quang, report_id=told.id, note="Không có căn cứ")
    names = (ForgeryReported.name, ForgeryReportClosed.name)
    reported, closed = JournalEntry.objects.filter(name__in=names).order_by("id")
    assert reported.payload["report_id"] == closed.payload["report_id"] == str(told.id)
    assert closed.payload["actor_id"] == str(cast.quang.account_id)
    for kept in (str(reported.payload), str(closed.payload)):
        assert not any(word in kept for word in ("Nam", "0912345678", "0987654321", str(cast.hoa.account_id)))


def test_another_agency_does_not_find_it_and_nobody_else_may_look(cast: Cast) -> None:
    """About a paper of An Bình; about no paper at all it belongs to administrators alone."""
    checked = Checked(ReportBasis.CODE, Standing.IN_FORCE.value, paper_id=record(cast).id)
    services.report_forgery(actor=ANONYMOUS, text="Mã dán sang giấy khác", checked=checked)
    loose = services.report_forgery(actor=ANONYMOUS, text="Có người bán giấy giả")
    assert [one.text for one in queries.forgery_reports(actor=cast.khanh)] == ["Mã dán sang giấy khác"]
    assert len(queries.forgery_reports(actor=cast.quang)) == 2
    with pytest.raises(OutOfScope):
        services.close_report(actor=cast.khanh, report_id=loose.id, note="Xong")
    with pytest.raises(OutOfScope):
        services.close_report(actor=cast.quang, report_id=uuid4(), note="Xong")
    for other in (cast.hoa, cast.binh, cast.giang, ANONYMOUS):
        with pytest.raises(PermissionRefused):
            queries.forgery_reports(actor=other)
        with pytest.raises(PermissionRefused):
            services.close_report(actor=other, report_id=loose.id, note="Xong")


def test_what_is_refused_and_what_is_one_report(cast: Cast) -> None:
    first = services.report_forgery(actor=ANONYMOUS, text="Giấy giả")
    assert services.report_forgery(actor=ANONYMOUS, text="Giấy giả ").id == first.id, "sent twice"
    for text in ("", " \n"):
        with pytest.raises(ReportTextWrong):
            services.report_forgery(actor=ANONYMOUS, text=text)
    with pytest.raises(ReportTextWrong):
        services.report_forgery(actor=ANONYMOUS, text="x" * 4001)
    with pytest.raises(ReportTextWrong):
        services.report_forgery(actor=ANONYMOUS, text="x", contact="y" * 201)
    with pytest.raises(ReportTextWrong):
        services.close_report(actor=cast.quang, report_id=first.id, note=" ")
    with pytest.raises(ValueError, match="invented"):
        services.report_forgery(actor=ANONYMOUS, text="x", checked=Checked(ReportBasis.FILE, "invented"))
    with pytest.raises(IntegrityError), transaction.atomic():
        ForgeryReport.objects.filter(pk=first.id).update(closing_note="đóng mà không ai đóng")


@pytest.mark.parametrize("finding", [*Standing, OF_ANOTHER, FORGED])
def test_every_answer_about_a_code_has_its_words(finding: str) -> None:
    assert queries.finding_words(ReportBasis.CODE, str(finding))


@pytest.mark.parametrize("finding", list(Verdict))
def test_every_verdict_on_a_file_has_its_words(finding: Verdict) -> None:
    assert queries.finding_words(ReportBasis.FILE, finding.value)
    assert queries.finding_words(ReportBasis.NOTHING, "") == ""
