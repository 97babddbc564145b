"""Operations on procedures, uploads, files and public look-up."""

from collections.abc import Mapping
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router

from motcua.catalogue import queries as catalogue
from motcua.documents import queries as custody
from motcua.documents import services as documents
from motcua.dossiers import queries as dossiers
from motcua.kernel import clock
from motcua.kernel.authority import in_scope
from motcua.web.api.authentication import caller
from motcua.web.api.schemas import FileOut, ProcedureOut, StatusOut, UploadIn, UploadOut
from motcua.web.kit import transfers
from motcua.web.kit.actors import act_as
from motcua.web.kit.errors import too_many
from motcua.web.kit.serving import held_file
from motcua.web.kit.visitors import wait_for_look_up

public = Router(tags=["public"], auth=None)
uploads = Router(tags=["files"])


@public.get("/track/{code}", response=StatusOut, summary="Status of a dossier by its code")
def track(request: HttpRequest, code: str) -> dossiers.PublicStatus | HttpResponse:
    """Status only; no key is needed. Look-ups per address and minute are bounded (429)."""
    seconds = wait_for_look_up(request)
    if seconds:
        return too_many(request, seconds)
    return dossiers.track(code)


@public.get("/procedures", response=list[ProcedureOut], summary="Find a procedure")
def find(request: HttpRequest, q: str = "", limit: int = 20) -> list[dict[str, object]]:
    """Forgives accents, typing errors and the order of words."""
    page = catalogue.find_procedures(q, limit=min(max(limit, 1), 100))
    return [_procedure(hit) for hit in page.hits]


@public.get("/procedures/{code}", summary="One procedure in force, with its form")
def procedure(request: HttpRequest, code: str) -> dict[str, object]:
    """Cases with papers, limits and fees; the e-form as JSON Schema 2020-12 with its UI schema and digest."""
    version = catalogue.version_in_force(code, clock.today())
    return {
        **_procedure(version),
        **_reason(version),
        "version": version.number,
        "summary": version.summary,
        "cases": [
            {
                "key": case.key,
                "name": case.name,
                "components": [
                    {
                        "key": part.key,
                        "name": part.name,
                        "originals": part.originals,
                        "copies": part.copies,
                        "is_required": part.is_required,
                    }
                    for part in case.components
                ],
                "limits": [
                    {"channel": row.channel, "amount": str(row.limit.amount), "unit": row.limit.unit}
                    for row in case.limits
                ],
                "fees": [
                    {
                        "channel": row.channel,
                        "code": row.code,
                        "name": row.name,
                        "amount": row.amount,
                        "rule": row.rule,
                        "note": row.note,
                    }
                    for row in case.fees
                ],
            }
            for case in version.cases
        ],
        "form": {
            "digest": version.form.digest,
            "schema": version.form.schema,
            "ui": version.form.ui,
        }
        if version.form
        else None,
    }


@uploads.post("/uploads", response={201: UploadOut}, summary="Begin a resumable upload")
def begin(request: HttpRequest, given: UploadIn) -> tuple[int, custody.UploadView]:
    """Send the bytes with PATCH from `offset`, then finish."""
    actor = caller(request)
    return 201, documents.begin_upload(
        actor=actor, filename=given.filename, size=given.size, sha256=given.sha256
    )


@uploads.patch("/uploads/{uuid:upload_id}", response=UploadOut, summary="Send the next piece")
def append(request: HttpRequest, upload_id: UUID, offset: int) -> custody.UploadView:
    """The body is the piece; a wrong `offset` is refused with 409 and the right one."""
    return documents.append_chunk(
        actor=caller(request), upload_id=upload_id, offset=offset, content=request.body
    )


@uploads.post("/uploads/{uuid:upload_id}/finish", response=FileOut, summary="Finish an upload")
def finish(request: HttpRequest, upload_id: UUID) -> custody.FileView:
    """Checks size, digest and type; the file can then be attached to an application."""
    return documents.finish_upload(actor=caller(request), upload_id=upload_id)


@uploads.api_operation(["OPTIONS"], "/tus", include_in_schema=False, url_name="tus")
@uploads.post("/tus", summary="Open a transfer by the tus protocol 1.0", url_name="tus")
def open_transfer(request: HttpRequest) -> HttpResponse:
    """For clients of the protocol (<https://tus.io>): creation, termination, checksum. Whole, it is a file as after `finish`."""
    act_as(request, caller(request))
    return transfers.create(request, lambda upload_id: reverse("api:tus_piece", args=[upload_id]))


@uploads.api_operation(["OPTIONS"], "/tus/{uuid:upload_id}", include_in_schema=False, url_name="tus_piece")
@uploads.api_operation(
    ["HEAD"],
    "/tus/{uuid:upload_id}",
    summary="How much has come",
    operation_id="transfer_offset",
    url_name="tus_piece",
)
@uploads.patch(
    "/tus/{uuid:upload_id}", summary="Send a piece", operation_id="transfer_piece", url_name="tus_piece"
)
@uploads.delete(
    "/tus/{uuid:upload_id}", summary="Give a transfer up", operation_id="transfer_end", url_name="tus_piece"
)
@uploads.post(
    "/tus/{uuid:upload_id}",
    summary="What became of a whole file",
    operation_id="transfer_whole",
    url_name="tus_piece",
)
def transfer(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """POST, and the last PATCH with `Prefer: return=representation`, answer with the file."""
    actor = caller(request)
    act_as(request, actor)

    def take(upload: custody.UploadView) -> Mapping[str, object]:
        kept = documents.finish_upload(actor=actor, upload_id=upload.id)
        return FileOut.from_orm(kept).model_dump(mode="json")

    return transfers.resource(request, upload_id, take)


@uploads.get("/files/{uuid:file_id}", summary="The bytes of an own file")
def content(request: HttpRequest, file_id: UUID) -> FileResponse:
    """Only files the caller keeps or owns; to citizens, no result that waits for its fee."""
    actor = caller(request)
    found = custody.file_for(actor, file_id)
    in_scope(None if not actor.is_officer and dossiers.is_held_back_file(file_id) else found)
    return held_file(found, may_show=False)


def _reason(version: catalogue.VersionSnapshot) -> dict[str, object]:
    """Why it is offered online only in part; nothing where it is not."""
    reason = version.partial_reason
    return {"partial_ground": reason.ground.value, "partial_reason": reason.text} if reason else {}


def _procedure(found: catalogue.ProcedureHit | catalogue.VersionSnapshot) -> dict[str, object]:
    return {
        "code": found.code,
        "title": found.title,
        "field_name": found.field_name,
        "level": found.level.value,
    }
