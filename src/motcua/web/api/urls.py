"""The API and its OpenAPI document."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from motcua.kernel.errors import DomainError
from motcua.web.api.authentication import KeyBearer
from motcua.web.api.dossiers import router as dossiers
from motcua.web.api.others import public, uploads
from motcua.web.kit.errors import problem, refusal

api = NinjaAPI(
    title="Một Cửa",
    version="1",
    description="The one-stop system of the province for programs. Refusals are problem documents with stable codes.",
    auth=KeyBearer(),
    docs_url=None,  # the page would need scripts from elsewhere; the document itself is at openapi.json
    urls_namespace="api",
)
api.add_router("/dossiers", dossiers)
api.add_router("", public)
api.add_router("", uploads)


@api.exception_handler(DomainError)
def refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    return refusal(request, error)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(request, status=401, code="api.key_missing", detail="Thiếu khóa truy cập.")


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [{"at": "/".join(map(str, fault["loc"])), "message": fault["msg"]} for fault in error.errors]
    return problem(
        request, status=422, code="api.invalid", detail="Yêu cầu có trường không hợp lệ.", faults=faults
    )


app_name = "api"
urlpatterns = [path("v1/", api.urls)]
