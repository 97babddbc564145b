"""Files of papers at the desk in pieces that survive a dropped line, by the mechanism of the portal and the scan desk."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from motcua.directory import queries as directory
from motcua.documents import queries as documents
from motcua.documents import services as custody
from motcua.kernel.authority import in_scope
from motcua.web.kit import transfers
from motcua.web.kit.actors import actor_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none


def upload_address(owner_id: UUID | None) -> str:
    """Where transfers of papers of that person are opened; of nobody yet where it is not known."""
    address = reverse("counter:upload")
    return f"{address}?{urlencode({'cua': owner_id})}" if owner_id else address


@officers_only("dossier.receive")
def begin(request: HttpRequest) -> HttpResponse:
    """Open a transfer; `?cua=` says whose paper it is, where that is known already."""
    owner_id = uuid_or_none(request.GET.get("cua"))
    if owner_id is not None:
        in_scope(directory.parties([owner_id]).get(owner_id))
    return transfers.create(
        request, lambda upload_id: reverse("counter:upload_piece", args=[upload_id]), owner_party_id=owner_id
    )


@officers_only("dossier.receive")
def piece(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """A transfer of this officer; wholly there, it is kept and the page carries it along."""
    actor = actor_of(request)

    def take(upload: documents.UploadView) -> Mapping[str, object]:
        kept = custody.finish_upload(actor=actor, upload_id=upload.id)
        said = gettext("Đã gửi xong: %(name)s")
        if kept.is_unchecked:
            said = gettext("Đã gửi xong: %(name)s (chưa kiểm tra mã độc)")
        return {"file_id": str(kept.id), "filename": kept.filename, "message": said % {"name": kept.filename}}

    return transfers.resource(request, upload_id, take)
