"""Telling the province of a paper one holds to be forged: nameless unless its author leaves a way to be reached."""

from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.documents import queries, services
from motcua.documents.queries import ReportBasis
from motcua.documents.services import Checked
from motcua.kernel.errors import DomainError
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import SummaryRow
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.tags.frame import vi
from motcua.web.kit.visitors import wait_for_report

_SALT = "verification.report"
#: An answer older than this is asked for again: what became of a paper may have changed.
_OLDEST = 24 * 60 * 60


def report_address(checked: Checked) -> str:
    """Where to report the paper with this answer; signed, so that nobody hands in an answer the system did not give."""
    said = {
        "b": checked.basis.value,
        "f": checked.finding,
        "d": checked.sha256,
        "p": checked.paper_id.hex if checked.paper_id else "",
    }
    return f"{reverse('verification:report')}?{urlencode({'kq': signing.dumps(said, salt=_SALT, compress=True)})}"


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """GET shows the form, POST takes `text`, `contact` and, signed, the answer of the verification (`kq`)."""
    answer = request.POST.get("kq") or request.GET.get("kq") or ""
    checked = _checked(answer)
    text, contact = request.POST.get("text", ""), request.POST.get("contact", "")
    fault, field, seconds = "", "text", 0
    if request.method == "POST":
        try:
            services.check_report(text=text, contact=contact)
            seconds = wait_for_report(request)
            if not seconds:
                kept = services.report_forgery(
                    actor=actor_of(request), text=text, contact=contact, checked=checked
                )
                said = gettext(
                    "Đã ghi báo giấy giả số %(number)s. Nơi cấp giấy hoặc quản trị của tỉnh sẽ xem."
                )
                messages.success(request, said % {"number": kept.number})
                return HttpResponseRedirect(reverse("verification:verify"))
            fault = gettext(
                "Mạng của bạn vừa gửi nhiều báo cáo. Chờ một phút rồi bấm gửi lại; nội dung vẫn còn đây."
            )
        except DomainError as refusal:
            fault = sentence_of(refusal)
    context = {
        "checked": _rows(checked) if checked else (),
        "answer": answer if checked else "",
        "text": text,
        "contact": contact,
        "fault": fault,
        "faults": {field: fault} if fault else None,
    }
    status = 429 if seconds else 422 if fault else 200
    page = render(request, "portal/verification/report.html", context, status=status)
    if seconds:
        page.headers["Retry-After"] = str(seconds)
    return page


def _checked(answer: str) -> Checked | None:
    try:
        said = signing.loads(answer, salt=_SALT, max_age=_OLDEST)
    except signing.BadSignature:
        return None
    paper_id = UUID(said["p"]) if said["p"] else None
    return Checked(ReportBasis(said["b"]), said["f"], said["d"], paper_id)


def _rows(checked: Checked) -> tuple[SummaryRow, ...]:
    paper = queries.paper(checked.paper_id) if checked.paper_id else None
    rows = (
        SummaryRow(
            gettext("Kết quả kiểm tra"), gettext(queries.finding_words(checked.basis, checked.finding))
        ),
        SummaryRow(gettext("Giấy trong sổ"), vi(paper.title) if paper else ""),
        SummaryRow("SHA-256", checked.sha256),
    )
    return tuple(row for row in rows if row.value)
