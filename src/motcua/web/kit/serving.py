"""Serving what people sent: shown only where a browser runs nothing of it, handed over for saving otherwise.

The answer is a document without rights. It may load nothing, run nothing, send nothing, and only our own pages may frame it;
all but a PDF is in a sandbox besides. (A browser shows no PDF in a sandbox; its own reader is one, and a PDF with
programs or attachments is not taken in the first place.)
"""

from io import BytesIO
from pathlib import PurePath
from typing import TypeVar

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase

from motcua.documents import queries as documents
from motcua.documents.errors import DecodingRefused, PictureNotShown
from motcua.documents.queries import FileView
from motcua.web.kit.middleware import framable

_Response = TypeVar("_Response", bound=HttpResponseBase)

#: What a browser shows by itself without running anything.
SHOWN = frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"})
_RIGHTS = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


#: Part of an address that asks for the file as it came, not as it is shown.
AS_RECEIVED = "nguyen-ban"


def shown_file(request: HttpRequest, file: FileView) -> FileResponse:
    """The file to look at: a picture no browser shows (HEIC, TIFF) as one that all show, unless the address asks for it
    `AS_RECEIVED`. What cannot be made visible is handed over for saving. Refuses: `DecodersBusy`.
    """
    if AS_RECEIVED in request.GET:
        return held_file(file, may_show=False)
    if not is_made_visible(file.media_type):
        return held_file(file)
    try:
        picture = documents.shown_picture(file)
    except (DecodingRefused, PictureNotShown):
        return held_file(file, may_show=False)
    response = FileResponse(
        BytesIO(picture),
        filename=PurePath(file.filename).with_suffix(".jpg").name,
        content_type="image/jpeg",
        headers={"Content-Length": str(len(picture))},
    )
    return framable(without_rights(response))


def is_made_visible(media_type: str) -> bool:
    """Whether a file of this kind is shown as something else than it is."""
    return media_type in documents.MADE_VISIBLE


def held_file(file: FileView, *, may_show: bool = True) -> FileResponse:
    """The bytes of a kept file; `may_show` is false where it is only for saving (a program asks, a text was made)."""
    is_shown = may_show and file.media_type in SHOWN
    response = FileResponse(
        documents.open_file(file.id),
        as_attachment=not is_shown,
        filename=file.filename,
        content_type=file.media_type if is_shown or not may_show else "application/octet-stream",
        headers={"Content-Length": str(file.size)},
    )
    without_rights(response, may_sandbox=not (is_shown and file.media_type == "application/pdf"))
    return framable(response) if is_shown else response


def without_rights(response: _Response, *, may_sandbox: bool = True) -> _Response:
    """Take all rights from an answer that carries what people sent or what was read in it."""
    response.headers["Content-Security-Policy"] = f"{_RIGHTS}; sandbox" if may_sandbox else _RIGHTS
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
