"""The text of digitized papers for download, the same for officers and for the person whose paper it is."""

import tempfile
from uuid import UUID

from django.http import FileResponse

from motcua.documents import queries as documents
from motcua.documents.queries import TextForm
from motcua.kernel.authority import in_scope
from motcua.web.kit.serving import without_rights

_TYPES = {
    TextForm.PLAIN: ("text/plain; charset=utf-8", ".txt"),
    TextForm.ALTO: ("application/xml", ".alto.xml"),
    TextForm.HOCR: ("application/xhtml+xml", ".hocr"),
}
#: A thick record has a hundred megabytes of layout; more than this goes through a file.
_IN_MEMORY = 4 << 20


def text_response(file_id: UUID, form: str) -> FileResponse:
    """What was read in a file that the reader already sees, to be saved. `OutOfScope` where nothing was, or of another form."""
    wanted = in_scope(next((one for one in TextForm if one == form), None))
    spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the response closes it
    for piece in documents.paper_text(file_id, wanted):
        spool.write(piece.encode())
    spool.seek(0)
    kind, ending = _TYPES[wanted]
    name = documents.file(file_id).filename.rpartition(".")[0] or "giay-to"
    response = FileResponse(spool, as_attachment=True, filename=f"{name}{ending}", content_type=kind)
    return without_rights(response)
