"""The text of digitized papers for download, the same for officers and for the person whose paper it is."""

import shutil
import tempfile
import zipfile
from uuid import UUID

from django.http import FileResponse

from motcua.documents import queries as documents
from motcua.documents.queries import TextForm
from motcua.kernel.authority import in_scope
from motcua.web.kit.serving import held_file, without_rights

_TYPES = {
    TextForm.PLAIN: ("text/plain; charset=utf-8", ".txt"),
    TextForm.ALTO: ("application/xml", ".alto.xml"),
    TextForm.HOCR: ("application/xhtml+xml", ".hocr"),
}
#: In the place of a form: the files as scanned or photographed, unchanged.
_AS_RECEIVED = "goc"
#: A thick record has a hundred megabytes of layout; more than this goes through a file.
_IN_MEMORY = 4 << 20


def text_response(file_id: UUID, form: str) -> FileResponse:
    """What was read in a file that the reader already sees, or the files it was made from, to be saved.

    `OutOfScope` where nothing was read, or of another form.
    """
    if form == _AS_RECEIVED:
        return _received(file_id)
    wanted = in_scope(next((one for one in TextForm if one == form), None))
    spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the response closes it
    for piece in documents.paper_text(file_id, wanted):
        spool.write(piece.encode())
    spool.seek(0)
    kind, ending = _TYPES[wanted]
    name = documents.file(file_id).filename.rpartition(".")[0] or "giay-to"
    response = FileResponse(spool, as_attachment=True, filename=f"{name}{ending}", content_type=kind)
    return without_rights(response)


def _received(file_id: UUID) -> FileResponse:
    """One file as it is; several in a ZIP, unpacked as they came, numbered in their order."""
    files = documents.received_files(file_id)
    if len(files) == 1:
        return held_file(files[0], may_show=False)
    spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(spool, "w", zipfile.ZIP_STORED) as archive:
        for number, each in enumerate(files, start=1):
            with (
                documents.open_file(each.id) as stream,
                archive.open(f"{number:03} {each.filename}", "w") as out,
            ):
                shutil.copyfileobj(stream, out)
    spool.seek(0)
    name = documents.file(file_id).filename.rpartition(".")[0] or "giay-to"
    response = FileResponse(spool, as_attachment=True, filename=f"{name}.zip", content_type="application/zip")
    return without_rights(response)
