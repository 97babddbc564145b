"""Which issued paper a file shows: the code printed on its pages stands under the signatures and names one paper."""

from contextlib import suppress

from motcua.documents.adapters.decoding import decode
from motcua.documents.adapters.decoding.tasks import READ_CODES_OF_PDF
from motcua.documents.errors import CodeForged, CodeUnreadable, DecodersBusy, DecodingRefused
from motcua.documents.models import Paper
from motcua.documents.rules import qr


def paper_printed_in(data: bytes, key: bytes) -> Paper | None:
    """The issued paper whose code, signed with our key, stands on a page. An ended paper first.

    A code can be copied onto another paper: it tells what became of the paper it names, never that this file is it.
    """
    try:
        texts = decode(READ_CODES_OF_PDF, data)
    except (DecodingRefused, DecodersBusy):
        return None
    named = set()
    for text in texts:
        with suppress(CodeUnreadable, CodeForged):
            named.add(qr.decode(text, key).paper)
    rows = Paper.objects.issued().select_related("file", "replaced_by__file")
    found = list(rows.filter(verification_code__in=named - {""})) if named - {""} else []
    return min(found, key=lambda row: row.ending is None, default=None)
