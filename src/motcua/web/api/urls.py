"""The API and its OpenAPI document."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext
from ninja.errors import AuthenticationError, HttpError, ValidationError

from motcua.directory.errors import ApiTokenInvalid
from motcua.kernel.errors import DomainError
from motcua.web.api.authentication import KeyBearer
from motcua.web.api.document import Api
from motcua.web.api.dossiers import router as dossiers
from motcua.web.api.others import public, uploads
from motcua.web.api.reading import StrictParser
from motcua.web.api.rendering import QuickJson
from motcua.web.kit.errors import problem, refusal, sentence_of

api = Api(
    title="Một Cửa",
    version="1",
    description="The one-stop system of the province for programs. Refusals are problem documents with stable codes.",
    auth=KeyBearer(),
    parser=StrictParser(),
    renderer=QuickJson(),
    docs_url=None,  # the page would need scripts from elsewhere; the document itself is at openapi.json
    urls_namespace="api",
)
api.add_router("/dossiers", dossiers)
api.add_router("", public)
api.add_router("", uploads)


@api.exception_handler(DomainError)
def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    return refusal(request, error)


@api.exception_handler(ApiTokenInvalid)
def unknown_key(request: HttpRequest, error: ApiTokenInvalid) -> HttpResponse:
    return _unauthorised(request, error.code, sentence_of(error))


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return _unauthorised(request, "api.key_missing", gettext("Thiếu khóa truy cập."))


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(
        request, status=error.status_code, code="api.unreadable", detail=gettext("Yêu cầu không đọc được.")
    )


def _unauthorised(request: HttpRequest, code: str, detail: str) -> HttpResponse:
    answer = problem(request, status=401, code=code, detail=detail)
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [{"at": "/".join(map(str, fault["loc"])), "message": fault["msg"]} for fault in error.errors]
    return problem(
        request,
        status=422,
        code="api.invalid",
        detail=gettext("Yêu cầu có trường không hợp lệ."),
        faults=faults,
    )


urlpatterns = [path("v1/", api.urls)]
