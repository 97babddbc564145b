"""Drop a file or scan a code; nothing that is sent is kept."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.documents import queries
from motcua.documents.errors import CodeUnreadable, FileTooLarge
from motcua.kernel.errors import DomainError
from motcua.web.kit.visitors import bounded
from motcua.web.portal.verification.wording import Answer, answer_about_code, answer_about_file

LARGEST = 60 << 20
_LONGEST_CODE = 2000


@require_http_methods(["GET", "POST"])
@bounded(when=lambda request: request.method == "POST" or "ma" in request.GET)
def verify(request: HttpRequest) -> HttpResponse:
    """GET shows the form (`?ma=` judges a code at once); POST takes `file` (PDF or picture of a code) or `ma`."""
    answer, fault, field = None, "", "file"
    code = (request.POST.get("ma") or request.GET.get("ma") or "").strip()[:_LONGEST_CODE]
    sent = request.FILES.get("file")
    try:
        if isinstance(sent, UploadedFile):
            answer = _about_file(sent)
        elif code:
            field = "ma"
            answer = answer_about_code(queries.verify_code(code))
        elif request.method == "POST":
            fault = gettext("Chọn tệp hoặc nhập nội dung mã cần kiểm tra.")
    except DomainError as refusal:
        fault = " ".join(filter(None, (_said(refusal), gettext(refusal.advice) if refusal.advice else "")))
    context = {
        "answer": answer,
        "faults": {field: fault} if fault else {},
        "file_fault": fault if field == "file" else "",
        "code_fault": fault if field == "ma" else "",
        "code": code if field == "ma" else "",
    }
    return render(request, "portal/verification/verify.html", context, status=422 if fault else 200)


def _about_file(sent: "UploadedFile[bytes]") -> Answer:
    size = sent.size or 0
    if size > LARGEST:
        raise FileTooLarge(size=filesizeformat(size), largest=filesizeformat(LARGEST))
    data = sent.read()
    if b"%PDF-" in data[:1024]:
        return answer_about_file(queries.verify_pdf(data), sent.name or "")
    texts = queries.read_codes(data)
    if not texts:
        return answer_about_file(queries.verify_pdf(data), sent.name or "")
    ours = [text for text in texts if text.startswith("MC")]
    if not ours:
        raise CodeUnreadable
    return answer_about_code(queries.verify_code(ours[0]))


def _said(refusal: DomainError) -> str:
    return refusal.sentence(gettext(refusal.message))
