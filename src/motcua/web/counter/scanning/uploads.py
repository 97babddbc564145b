"""Files into a batch: whole by a plain form, or in pieces that survive a dropped line."""

from collections.abc import Mapping
from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from motcua.documents import queries as documents
from motcua.documents import services
from motcua.documents.queries import FileView
from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError, OutOfScope
from motcua.web.counter.scanning.looking import AT_SCANNER
from motcua.web.kit import transfers
from motcua.web.kit.actors import actor_of
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only

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
def begin(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Open a transfer of a file of this batch."""
    documents.progress(actor=actor_of(request), batch_id=batch_id)
    return transfers.create(
        request, lambda upload_id: reverse("counter:scan_upload_piece", args=[batch_id, upload_id])
    )


@officers_only(*AT_SCANNER)
def piece(request: HttpRequest, batch_id: UUID, upload_id: UUID) -> HttpResponse:
    """A transfer of this batch; wholly there, the file joins the batch, and of a letter its attachments."""
    actor = actor_of(request)
    documents.progress(actor=actor, batch_id=batch_id)
    return transfers.resource(request, upload_id, lambda upload: _join(actor, batch_id, upload))


def _join(actor: Actor, batch_id: UUID, upload: documents.UploadView) -> Mapping[str, str]:
    if upload.filename.lower().endswith(".eml"):
        added = services.add_uploaded_letter(actor=actor, batch_id=batch_id, upload_id=upload.id)
        words = ngettext("Đã nhận %(n)s tệp đính kèm.", "Đã nhận %(n)s tệp đính kèm.", len(added))
        return {"message": words % {"n": len(added)}}
    kept = services.finish_upload(actor=actor, upload_id=upload.id)
    repeated = is_repeat(actor, batch_id, kept)
    words = gettext("Đã có trong lượt quét: %(name)s") if repeated else gettext("Đã gửi xong: %(name)s")
    return {"message": words % {"name": kept.filename}}
