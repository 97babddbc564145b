"""Pages of refusals and failures: what happened, why, what to do next, and the occurrence id to quote.

Faces get HTML, programs get RFC 9457 problem documents.
"""

import logging
import sys
from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_request, gettext, gettext_lazy, override

from motcua.kernel.errors import DomainError, Kind
from motcua.kernel.lacking import Lack, lack_of
from motcua.web.kit.held_posts import does_take, hold

_log = logging.getLogger("motcua.web")
_OCCURRENCE = "_motcua_occurrence"
_COME_AGAIN = 60  # seconds
#: When a program that was told "busy" should come again.
_BUSY_SECONDS = 5
#: Refusals that say when to come again.
_WAITS = frozenset({Kind.BUSY, Kind.TOO_MANY})

_TITLES = {
    Kind.INVALID: gettext_lazy("Chưa thực hiện được"),
    Kind.FORBIDDEN: gettext_lazy("Bạn không có quyền làm việc này"),
    Kind.NOT_FOUND: gettext_lazy("Không tìm thấy"),
    Kind.CONFLICT: gettext_lazy("Nội dung đã thay đổi"),
    Kind.TOO_MANY: gettext_lazy("Đã thử quá nhiều lần"),
    Kind.BUSY: gettext_lazy("Hệ thống đang bận"),
}


def name_occurrence(request: HttpRequest, occurrence: UUID) -> None:
    """Attach the id of this request."""
    setattr(request, _OCCURRENCE, occurrence.hex[-10:].upper())


def occurrence_of(request: HttpRequest) -> str:
    """The short id a caller can quote, or an empty string outside the middleware."""
    return str(getattr(request, _OCCURRENCE, ""))


def sentence_of(error: DomainError) -> str:
    """The refusal in the language of the reader, with its parameters filled in."""
    return error.sentence(gettext(error.message))


def wait_of(error: DomainError) -> str:
    """Seconds after which the caller may come again: what the refusal says, else what anybody busy needs."""
    return str(error.params.get("seconds") or _BUSY_SECONDS)


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page (or problem document) of a refusal by a rule, with the status of its kind."""
    answer = _answer(
        request,
        status=error.kind.value,
        code=error.code,
        title=str(_TITLES[error.kind]),
        detail=sentence_of(error),
        advice=gettext(error.advice) if error.advice else "",
        ground=gettext(error.ground) if error.ground else "",
        faults=faults_of(error),
    )
    if error.kind in _WAITS:
        answer.headers["Retry-After"] = wait_of(error)
    return answer


def faults_of(error: DomainError) -> list[dict[str, str]]:
    """The fields a refusal is about, for programs: where (a JSON pointer into the form) and why; empty for most."""
    found = error.params.get("faults")
    pairs = found if isinstance(found, list) else []
    return [{"at": str(path), "message": gettext(str(message))} for path, message in pairs if message]


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404 for addresses that lead nowhere."""
    return _answer(
        request,
        status=404,
        code="kit.not_found",
        title=gettext("Không tìm thấy trang này"),
        detail=gettext("Địa chỉ có thể đã gõ nhầm, hoặc trang đã được chuyển đi."),
        advice=gettext("Kiểm tra lại địa chỉ, hoặc bắt đầu từ trang chủ."),
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 raised by Django itself."""
    return _answer(
        request,
        status=403,
        code="kit.forbidden",
        title=str(_TITLES[Kind.FORBIDDEN]),
        detail=gettext("Tài khoản đang dùng không được phép mở trang này."),
        advice=gettext("Đăng nhập bằng tài khoản khác, hoặc liên hệ người quản trị đơn vị."),
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, and 413 when what was sent is larger than allowed."""
    if isinstance(exception, (RequestDataTooBig, TooManyFilesSent)):
        return too_large(request)
    return _answer(
        request,
        status=400,
        code="kit.bad_request",
        title=gettext("Yêu cầu không đọc được"),
        detail=gettext("Trình duyệt đã gửi một yêu cầu không hợp lệ."),
        advice=gettext("Quay lại, tải lại trang rồi thử lần nữa."),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    """413: the form or its files exceed the limit of one request."""
    return _answer(
        request,
        status=413,
        code="kit.too_large",
        title=gettext("Nội dung gửi lên quá lớn"),
        detail=gettext("Tổng dung lượng gửi trong một lần vượt quá giới hạn của hệ thống."),
        advice=gettext("Gửi từng tệp một, hoặc quét lại ở chế độ đen trắng 300 dpi để giảm dung lượng."),
    )


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """429: more look-ups from one address than a person makes."""
    answer = _answer(
        request,
        status=429,
        code="kit.too_many",
        title=gettext("Tra cứu quá nhiều lần"),
        detail=gettext("Địa chỉ mạng của bạn vừa tra cứu quá nhiều lần trong một phút."),
        advice=gettext("Chờ một phút rồi thử lại."),
    )
    answer.headers["Retry-After"] = str(seconds)
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when the form's token no longer fits: almost always a page left open past the end of its session."""
    _log.info("csrf %s %s", reason, occurrence_of(request))
    if does_take(request) and not wants_problem(request):
        return HttpResponseRedirect(hold(request))
    return _answer(
        request,
        status=403,
        code="kit.session_expired",
        title=gettext("Phiên làm việc đã hết hạn"),
        detail=gettext(
            "Trang này đã mở quá lâu, hoặc bạn đã đăng xuất ở một cửa sổ khác. Chưa có gì được gửi đi."
        ),
        advice=gettext("Quay lại trang trước, tải lại rồi gửi lần nữa. Bản nháp đã lưu vẫn còn nguyên."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a bug. The id on the page is the id in the log. What the machine lacks for a moment is no bug: 503."""
    if (lack := lack_of(sys.exc_info()[1])) is not None:
        return unavailable(request, lack)
    _log.error("failed %s %s %s", request.method, request.path, occurrence_of(request))
    return _answer(
        request,
        status=500,
        code="kit.failed",
        title=gettext("Hệ thống gặp lỗi"),
        detail=gettext("Lỗi thuộc về hệ thống, không phải do bạn. Những gì bạn đã lưu vẫn còn nguyên."),
        advice=gettext("Thử lại sau ít phút. Nếu vẫn lỗi, gọi bộ phận hỗ trợ và đọc mã sự việc bên dưới."),
    )


def unavailable(request: HttpRequest, lack: Lack) -> HttpResponse:
    """503: come again. The page asks neither the database nor the store, for they may be what is missing."""
    _log.error("lacks %s %s %s %s", lack, request.method, request.path, occurrence_of(request))
    with override(get_language_from_request(request)):
        told = {
            "title": gettext("Hệ thống tạm thời chưa phục vụ được"),
            "detail": gettext(
                "Máy chủ đang thiếu điều kiện để làm việc này. Chưa có gì bị mất; việc vừa gửi chưa được ghi."
            ),
            "advice": gettext(
                "Đợi một phút rồi gửi lại. Nếu kéo dài, gọi bộ phận hỗ trợ và đọc mã sự việc bên dưới."
            ),
        }
        if wants_problem(request):
            answer = problem(request, status=503, code=f"kit.lacks_{lack}", retry_after=_COME_AGAIN, **told)
        else:
            told["occurrence"] = occurrence_of(request)
            answer = HttpResponse(render_to_string("kit/unavailable.html", told), status=503)
    answer.headers["Retry-After"] = str(_COME_AGAIN)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def session_ended() -> HttpResponse:
    """What a script is told whose person has to log in again; what is on its page stays there."""
    detail = gettext(
        "Phiên đã hết. Đăng nhập lại ở một thẻ khác rồi tiếp tục; nội dung vẫn còn trên trang này."
    )
    return JsonResponse({"detail": detail, "code": "kit.session_expired"}, status=401)


def wants_problem(request: HttpRequest) -> bool:
    """Whether the caller is a program: the API, an upload script, or somebody who accepts JSON before HTML."""
    if request.path.startswith("/api/") or "Tus-Resumable" in request.headers:
        return True
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def problem(
    request: HttpRequest, *, status: int, code: str, detail: str, title: str = "", **more: object
) -> HttpResponse:
    """A problem document (RFC 9457) with a stable machine code and the occurrence id."""
    told = {
        "type": f"urn:motcua:{code}",
        "title": title or detail,
        "status": status,
        "detail": detail,
        "code": code,
    }
    told |= {"occurrence": occurrence_of(request), **more}
    return JsonResponse(told, status=status, content_type="application/problem+json")


def _answer(
    request: HttpRequest,
    *,
    status: int,
    code: str,
    title: str,
    detail: str,
    advice: str = "",
    ground: str = "",
    faults: Sequence[dict[str, str]] = (),
) -> HttpResponse:
    occurrence = occurrence_of(request)
    if wants_problem(request):
        more: dict[str, object] = {"advice": advice, "ground": ground}
        if faults:
            more["faults"] = list(faults)
        return problem(request, status=status, code=code, detail=detail, title=title, **more)
    context = {"title": title, "detail": detail, "advice": advice, "ground": ground, "code": code}
    return render(
        request, "kit/refusal.html", context | {"occurrence": occurrence, "status": status}, status=status
    )
