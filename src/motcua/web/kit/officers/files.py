"""Kept files in the browser: PDF and pictures are shown, everything else is handed over for saving."""

from collections.abc import Iterable
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseNotModified

from motcua.documents import queries as documents
from motcua.documents.queries import FileView
from motcua.dossiers.queries import DossierPage
from motcua.kernel.errors import OutOfScope
from motcua.web.kit.middleware import framable
from motcua.web.kit.papers import text_response
from motcua.web.kit.serving import is_made_visible, shown_file


def files_of(page: DossierPage) -> frozenset[UUID]:
    """Every file that belongs to the dossier: papers, statutory forms, results in each of their stages."""
    results = (
        file_id
        for result in page.results
        for file_id in (result.draft_file_id, result.signed_file_id, result.sealed_file_id)
    )
    ids: Iterable[UUID | None] = (
        *(p.file_id for p in page.papers),
        *(file_id for form in page.forms for file_id in (form.file_id, form.signed_file_id)),
        *results,
    )
    return frozenset(file_id for file_id in ids if file_id is not None)


def file_of_dossier(request: HttpRequest, page: DossierPage, file_id: UUID) -> HttpResponseBase:
    """A file of a dossier the reader already sees; any other file does not exist (`OutOfScope`)."""
    if file_id not in files_of(page):
        raise OutOfScope
    return shown(request, documents.file(file_id))


def text_of_dossier(page: DossierPage, file_id: UUID, form: str) -> FileResponse:
    """What was read in a paper of a dossier the reader already sees; `OutOfScope` for any other file."""
    if file_id not in files_of(page):
        raise OutOfScope
    return text_response(file_id, form)


def shown(request: HttpRequest, file: FileView) -> HttpResponseBase:
    """The file to look at, inside a frame of our own pages if wanted. The digest of the content is its ETag."""
    tag = f'"{file.sha256}{"-jpeg" if is_made_visible(file.media_type) else ""}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    response = shown_file(request, file)
    response.headers["ETag"] = tag
    return framable(response)


def is_picture(media_type: str) -> bool:
    """Whether an `<img>` shows it; a PDF needs a frame."""
    return media_type.startswith("image/")
