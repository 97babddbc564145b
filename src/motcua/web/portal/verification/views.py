"""Drop a file or scan a code; nothing that is sent is kept."""

import re
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.documents import queries
from motcua.documents.errors import CodeForged, CodeUnreadable, FileTooLarge
from motcua.documents.services import Checked
from motcua.kernel.errors import DomainError, Kind
from motcua.web.kit.visitors import bounded
from motcua.web.portal.verification.report import report_address
from motcua.web.portal.verification.wording import (
    Answer,
    answer_about_code,
    answer_about_file,
    answer_about_paper,
    answer_about_picture,
)

LARGEST = 60 << 20
_LONGEST_CODE = 2000
_LONGEST_NUMBER = 20
_REFERENCE = re.compile(r"[A-Z2-9]{16}")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*", b"BM")


@require_http_methods(["GET", "POST"])
@bounded(when=lambda request: request.method == "POST" or "ma" in request.GET)
def verify(request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST takes `file` (PDF or picture), `anh` (a picture just taken) or `ma`, and `so` to compare with it.

    `?ma=` of addresses given out before still judges a code; where it names a paper it moves on to the opaque address.
    """
    answer, fault, checked = None, "", Checked()
    code = (request.POST.get("ma") or request.GET.get("ma") or "").strip()[:_LONGEST_CODE]
    number = request.POST.get("so", "").strip()[:_LONGEST_NUMBER]
    field = "anh" if "anh" in request.FILES else "file"
    sent = request.FILES.get(field)
    try:
        if isinstance(sent, UploadedFile):
            answer = _about_file(sent, number)
        elif code:
            field = "ma"
            if is_reference(code):
                return HttpResponseRedirect(reverse("verification:paper", args=[reference_of(code)]))
            found = queries.verify_code(code)
            if request.method == "GET" and found.paper is not None:
                return HttpResponseRedirect(reverse("verification:paper", args=[found.payload.paper]))
            answer = answer_about_code(found, number, code=code)
        elif request.method == "POST":
            fault = gettext("Chụp mã, chọn tệp, hoặc gõ số in cạnh mã.")
    except DomainError as refusal:
        if refusal.kind is Kind.BUSY:
            # Nothing is wrong with what was sent: 503, and when to come again.
            raise
        fault = _said(refusal)
        if isinstance(refusal, CodeForged):
            checked = Checked(queries.ReportBasis.CODE, queries.FORGED)
    return _page(
        request,
        answer,
        checked=checked,
        fault=fault,
        field=field,
        code=code if request.method == "POST" and answer is None else "",
    )


@require_safe
@bounded(when=lambda request: True)
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The answer about one paper, by its random verification code: nothing in the address tells whose it is."""
    try:
        answer = answer_about_paper(queries.verify_reference(reference))
    except CodeUnreadable as refusal:
        return _page(request, None, fault=_said(refusal), field="ma", code="")
    return _page(request, answer)


def _page(
    request: HttpRequest,
    answer: Answer | None,
    *,
    fault: str = "",
    field: str = "file",
    code: str = "",
    checked: Checked | None = None,
) -> HttpResponse:
    context = {
        "report_url": report_address(answer.checked if answer else checked or Checked()),
        "answer": answer,
        "faults": {field: fault} if fault else {},
        "file_fault": fault if field == "file" else "",
        "picture_fault": fault if field == "anh" else "",
        "code_fault": fault if field == "ma" else "",
        "code": code if field == "ma" else "",
    }
    return render(request, "portal/verification/verify.html", context, status=422 if fault else 200)


def _about_file(sent: "UploadedFile[bytes]", number: str) -> Answer:
    size = sent.size or 0
    if size > LARGEST:
        raise FileTooLarge(size=filesizeformat(size), largest=filesizeformat(LARGEST))
    data = sent.read()
    if b"%PDF-" in data[:1024]:
        return answer_about_file(queries.verify_pdf(data, is_stranger=True), sent.name or "")
    texts = queries.read_codes(BytesIO(data))
    ours = [text for text in texts if text.startswith("MC")]
    if not texts and is_picture(data):
        return answer_about_picture()
    if not texts:
        return answer_about_file(queries.verify_pdf(data, is_stranger=True), sent.name or "")
    if not ours:
        raise CodeUnreadable
    return answer_about_code(queries.verify_code(ours[0]), number, code=ours[0], is_picture=True)


def is_reference(code: str) -> bool:
    return bool(_REFERENCE.fullmatch(reference_of(code)))


def reference_of(code: str) -> str:
    """The number beside a code as people type it: with spaces, dashes and small letters."""
    return re.sub(r"[\s-]", "", code).upper()


def is_picture(data: bytes) -> bool:
    head = data[:16]
    return (
        head.startswith(_PICTURES) or head[4:8] == b"ftyp" or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
    )


def _said(refusal: DomainError) -> str:
    """The refusal and what to do about it."""
    advice = gettext(refusal.advice) if refusal.advice else ""
    return " ".join(filter(None, (refusal.sentence(gettext(refusal.message)), advice)))
