"""Files into a batch: whole by a plain form, or in pieces that survive a dropped line."""

from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from motcua.documents import errors, services
from motcua.documents import queries as documents
from motcua.documents.queries import FileView
from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError, OutOfScope
from motcua.web.counter.scanning.looking import AT_SCANNER
from motcua.web.kit.actors import actor_of
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only

_PIECE_MAX = 8 << 20
_LETTER_MAX = 64 << 20


@officers_only(*AT_SCANNER)
@require_POST
def files(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Add files by a plain form. Each refused file is named with its reason; the others are taken."""
    keep_all(request, actor_of(request), batch_id)
    return HttpResponseRedirect(reverse("counter:scan", args=[batch_id]))


def keep_all(request: HttpRequest, actor: Actor, batch_id: UUID) -> None:
    """Keep what the form brought (`files`) and add it to the batch; refusals become messages."""
    taken = 0
    for upload in request.FILES.getlist("files"):
        name = str(upload.name)
        try:
            if name.lower().endswith(".eml"):
                content = BytesIO(upload.read(_LETTER_MAX))
                added = services.add_letter(actor=actor, batch_id=batch_id, stream=content, filename=name)
                taken += len(added)
                continue
            kept = services.keep_file(actor=actor, stream=upload, filename=name)
            if is_repeat(actor, batch_id, kept):
                messages.warning(
                    request, gettext("Tệp “%(name)s” đã có trong lượt quét này.") % {"name": name}
                )
            else:
                taken += 1
        except OutOfScope:
            raise
        except DomainError as refusal:
            advice = f" {gettext(refusal.advice)}" if refusal.advice else ""
            messages.error(request, f"{name}: {sentence_of(refusal)}{advice}")
    if taken:
        said = ngettext("Đã nhận %(n)s tệp.", "Đã nhận %(n)s tệp.", taken) % {"n": taken}
        messages.success(request, said)


def is_repeat(actor: Actor, batch_id: UUID, kept: FileView) -> bool:
    """Add the file; whether the batch had it already."""
    return services.add_scan_file(actor=actor, batch_id=batch_id, file_id=kept.id).is_repeat


@officers_only(*AT_SCANNER)
@require_POST
def begin(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Begin a transfer of a file of this batch."""
    actor = actor_of(request)
    documents.progress(actor=actor, batch_id=batch_id)
    size = request.POST.get("size", "")
    if not size.isdecimal():
        return JsonResponse({"detail": gettext("Thiếu kích thước tệp.")}, status=400)
    try:
        upload = services.begin_upload(
            actor=actor, filename=request.POST.get("filename", "")[:255], size=int(size)
        )
    except DomainError as refusal:
        return _refused(refusal)
    answer = {
        "offset": upload.offset,
        "url": reverse("counter:scan_piece", args=[upload.id]),
        "finish": reverse("counter:scan_upload_finish", args=[batch_id, upload.id]),
    }
    return JsonResponse(answer, status=201)


@officers_only(*AT_SCANNER)
@require_POST
def piece(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """One piece at `Upload-Offset`. A wrong offset answers 409 and says where to go on."""
    offset = request.headers.get("Upload-Offset", "")
    content = request.read(_PIECE_MAX + 1)
    if not offset.isdecimal() or len(content) > _PIECE_MAX:
        return JsonResponse({"detail": gettext("Phần tệp không hợp lệ.")}, status=400)
    try:
        view = services.append_chunk(
            actor=actor_of(request), upload_id=upload_id, offset=int(offset), content=content
        )
    except errors.UploadOffsetWrong as wrong:
        return JsonResponse({"offset": wrong.params["expected"]}, status=409)
    except DomainError as refusal:
        return _refused(refusal)
    return JsonResponse({"offset": view.offset})


@officers_only(*AT_SCANNER)
@require_POST
def finish(request: HttpRequest, batch_id: UUID, upload_id: UUID) -> HttpResponse:
    """The last piece is there: the file joins the batch."""
    actor = actor_of(request)
    try:
        if documents.upload_for(actor, upload_id).filename.lower().endswith(".eml"):
            return _letter(actor, batch_id, upload_id)
        kept = services.finish_upload(actor=actor, upload_id=upload_id)
        repeated = is_repeat(actor, batch_id, kept)
    except DomainError as refusal:
        return _refused(refusal)
    words = gettext("Đã có trong lượt quét: %(name)s") if repeated else gettext("Đã gửi xong: %(name)s")
    return JsonResponse({"message": words % {"name": kept.filename}})


def _letter(actor: Actor, batch_id: UUID, upload_id: UUID) -> JsonResponse:
    added = services.add_uploaded_letter(actor=actor, batch_id=batch_id, upload_id=upload_id)
    words = ngettext("Đã nhận %(n)s tệp đính kèm.", "Đã nhận %(n)s tệp đính kèm.", len(added))
    return JsonResponse({"message": words % {"n": len(added)}})


def _refused(refusal: DomainError) -> JsonResponse:
    advice = f" {gettext(refusal.advice)}" if refusal.advice else ""
    return JsonResponse(
        {"detail": f"{sentence_of(refusal)}{advice}", "code": refusal.code}, status=refusal.kind.value
    )
