"""Transfers in pieces by the tus protocol 1.0 (core, creation, termination, checksum), for every face.

A face opens the transfer after looking at its own scope (`create`) and says what becomes of a file that is wholly there
(`resource` with its `take`). https://tus.io/protocols/resumable-upload
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Mapping
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext

from motcua.documents import errors
from motcua.documents import queries as documents
from motcua.documents import services as custody
from motcua.documents.queries import UploadView
from motcua.kernel.errors import DomainError, Kind
from motcua.web.kit.actors import actor_of
from motcua.web.kit.errors import problem, sentence_of, wait_of

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,checksum"
#: Names of the protocol → of the standard library.
_ALGORITHMS: Mapping[str, str] = {"sha1": "sha1", "sha256": "sha256"}
_CHECKSUM_DIFFERS = 460
_PIECE = 1 << 20
_OCTETS = "application/offset+octet-stream"
#: What becomes of a file that is wholly there: it is kept, put where it belongs, and told about (`message`, `html`). Asked
#: again, it answers the same.
Take = Callable[[UploadView], Mapping[str, object]]


def create(
    request: HttpRequest,
    address: Callable[[UUID], str],
    *,
    owner_party_id: UUID | None = None,
    check: Callable[[int], None] = lambda size: None,
) -> HttpResponse:
    """Open a transfer; `address` is that of one transfer. The caller has checked where the file may go, and for whom;
    `check` refuses what has no room there (its bytes are told), before any of it is sent.
    """
    if request.method == "OPTIONS":
        return _options()
    if (wrong := _wrong_version(request)) is not None:
        return wrong
    if request.method != "POST":
        return _not_allowed(request, "POST, OPTIONS")
    size = _number(request.headers.get("Upload-Length", ""))
    if size is None:
        return _said(request, 400, "kit.upload_length", gettext("Thiếu kích thước tệp."))
    named = _metadata(request.headers.get("Upload-Metadata", ""))
    if named is None:
        return _said(request, 400, "kit.upload_metadata", gettext("Không đọc được tên tệp."))
    try:
        if 0 < size <= settings.MOTCUA_UPLOAD_MAX_BYTES:
            # What is too large for anybody is told so below, not that their room is used up.
            check(size)
        upload = custody.begin_upload(
            actor=actor_of(request),
            filename=named.get("filename", "")[:255],
            size=size,
            owner_party_id=owner_party_id,
        )
    except DomainError as refusal:
        return _refused(request, refusal)
    return _at(HttpResponse(status=201, headers={"Location": address(upload.id)}), upload)


def resource(request: HttpRequest, upload_id: UUID, take: Take) -> HttpResponse:
    """One transfer: HEAD where it stands, PATCH a piece, DELETE to end it.

    Beyond the protocol: POST asks what became of a whole file, and so does the last PATCH with `Prefer:
    return=representation` (RFC 7240), which saves the page a request.
    """
    method = request.headers.get("X-HTTP-Method-Override", request.method or "").upper()
    if method == "OPTIONS":
        return _options()
    if (wrong := _wrong_version(request)) is not None:
        return wrong
    acts = {"HEAD": _head, "PATCH": _patch, "DELETE": _delete, "POST": _finish}
    if method not in acts:
        return _not_allowed(request, "HEAD, PATCH, DELETE, POST, OPTIONS")
    try:
        upload = documents.upload_for(actor_of(request), upload_id)
        return acts[method](request, upload, take)
    except DomainError as refusal:
        return _refused(request, refusal)


def _head(request: HttpRequest, upload: UploadView, take: Take) -> HttpResponse:
    if not upload.is_open and upload.file_id is None:
        raise errors.UploadClosed
    answer = HttpResponse(
        status=200, headers={"Cache-Control": "no-store", "Upload-Length": str(upload.size)}
    )
    return _at(answer, upload)


def _patch(request: HttpRequest, upload: UploadView, take: Take) -> HttpResponse:
    if request.content_type != _OCTETS:
        return _said(request, 415, "kit.content_type", gettext("Phần tệp không hợp lệ."))
    offset = _number(request.headers.get("Upload-Offset", ""))
    if offset is None:
        return _said(request, 400, "kit.upload_offset", gettext("Thiếu vị trí của phần tệp."))
    if offset != upload.offset:
        raise errors.UploadOffsetWrong(expected=upload.offset)
    if upload.file_id is None:
        announced = request.headers.get("Upload-Checksum", "")
        with SpooledTemporaryFile(max_size=_PIECE) as checked:
            source: IO[bytes] | HttpRequest = request
            if announced:
                if (wrong := _copy_checked(request, checked, announced)) is not None:
                    return wrong
                source = checked
            upload = _receive(request, source, upload)
    told: Mapping[str, Any] = {}
    if upload.offset == upload.size:
        told = take(upload)
    if told and "return=representation" in request.headers.get("Prefer", ""):
        return _at(JsonResponse(dict(told)), upload)
    return _at(HttpResponse(status=204), upload)


def _receive(request: HttpRequest, source: IO[bytes] | HttpRequest, upload: UploadView) -> UploadView:
    """Piece by piece, so that what arrived before the line dropped counts."""
    while True:
        try:
            content = source.read(_PIECE)
        except (UnreadablePostError, OSError):
            return upload
        if not content:
            return upload
        upload = custody.append_chunk(
            actor=actor_of(request), upload_id=upload.id, offset=upload.offset, content=content
        )


def _copy_checked(request: HttpRequest, target: IO[bytes], announced: str) -> HttpResponse | None:
    """What was sent, once it is what was announced (`sha1 <base64>`): nothing of another counts."""
    name, _, given = announced.partition(" ")
    if name not in _ALGORITHMS:
        return _said(request, 400, "kit.checksum", gettext("Kiểu mã kiểm tra không được hỗ trợ."))
    digest = hashlib.new(_ALGORITHMS[name], usedforsecurity=False)
    size = 0
    while content := request.read(_PIECE):
        size += len(content)
        if size > settings.MOTCUA_UPLOAD_MAX_BYTES:
            return _said(request, 413, "kit.too_large", gettext("Phần tệp quá lớn."))
        digest.update(content)
        target.write(content)
    if not hmac.compare_digest(base64.b64encode(digest.digest()).decode(), given.strip()):
        damaged = gettext("Phần tệp bị sai lệch trên đường truyền, hãy gửi lại.")
        return _said(request, _CHECKSUM_DIFFERS, "kit.checksum", damaged)
    target.seek(0)
    return None


def _delete(request: HttpRequest, upload: UploadView, take: Take) -> HttpResponse:
    custody.drop_upload(actor=actor_of(request), upload_id=upload.id)
    return _tus(HttpResponse(status=204))


def _finish(request: HttpRequest, upload: UploadView, take: Take) -> HttpResponse:
    if upload.offset != upload.size:
        raise errors.UploadIncomplete(received=upload.offset, declared=upload.size)
    return _tus(JsonResponse(dict(take(upload))))


def _options() -> HttpResponse:
    answer = HttpResponse(status=204)
    answer.headers["Tus-Version"] = VERSION
    answer.headers["Tus-Extension"] = EXTENSIONS
    answer.headers["Tus-Max-Size"] = str(settings.MOTCUA_UPLOAD_MAX_BYTES)
    answer.headers["Tus-Checksum-Algorithm"] = ",".join(_ALGORITHMS)
    return _tus(answer)


def _wrong_version(request: HttpRequest) -> HttpResponse | None:
    if request.headers.get("Tus-Resumable") == VERSION:
        return None
    said = gettext("Phiên bản giao thức tải tệp không được hỗ trợ.")
    answer = _said(request, 412, "kit.tus_version", said)
    answer.headers["Tus-Version"] = VERSION
    return answer


def _not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    said = gettext("Trình duyệt đã gửi một yêu cầu không hợp lệ.")
    answer = _said(request, 405, "kit.method", said)
    answer.headers["Allow"] = allowed
    return answer


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def _metadata(header: str) -> dict[str, str] | None:
    """`filename d29ybGQ=,filetype …`; None where it cannot be read."""
    found: dict[str, str] = {}
    for pair in header.split(",") if header.strip() else ():
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return None
    return found


def _at(answer: HttpResponse, upload: UploadView) -> HttpResponse:
    answer.headers["Upload-Offset"] = str(upload.offset)
    return _tus(answer)


def _tus(answer: HttpResponse) -> HttpResponse:
    answer.headers["Tus-Resumable"] = VERSION
    return answer


def _said(request: HttpRequest, status: int, code: str, detail: str, advice: str = "") -> HttpResponse:
    return _tus(problem(request, status=status, code=code, detail=detail, advice=advice))


def _refused(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """Gone is 410, a wrong place 409, too large 413; everything else by its kind."""
    status = _STATUS.get(refusal.code, refusal.kind.value)
    advice = gettext(refusal.advice) if refusal.advice else ""
    answer = _said(request, status, refusal.code, sentence_of(refusal), advice)
    if refusal.kind in (Kind.BUSY, Kind.TOO_MANY):
        answer.headers["Retry-After"] = wait_of(refusal)
    return answer


_STATUS: Mapping[str, int] = {
    errors.UploadClosed.code: 410,
    errors.UploadDamaged.code: 410,
    errors.UploadOffsetWrong.code: 409,
    errors.FileTooLarge.code: 413,
}
