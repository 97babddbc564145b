"""Validation data kept in the file itself: the document security store (ETSI EN 319 142-1, 5.4.2)."""

import pikepdf

from motcua.documents.adapters.verification.cms import Evidence

_MOST_ITEMS = 200
_LARGEST_ITEM = 16 << 20


def stored_evidence(document: pikepdf.Pdf) -> Evidence:
    store = document.Root.get("/DSS")
    if not isinstance(store, pikepdf.Dictionary):
        return Evidence()
    return Evidence(
        certificates=_streams(store, "/Certs"), crls=_streams(store, "/CRLs"), ocsps=_streams(store, "/OCSPs")
    )


def _streams(store: pikepdf.Object, key: str) -> tuple[bytes, ...]:
    listed = store.get(key)
    found = []
    for each in list(listed)[:_MOST_ITEMS] if isinstance(listed, pikepdf.Array) else []:
        if not isinstance(each, pikepdf.Stream):
            continue
        try:
            content = each.read_bytes()
        except (pikepdf.PdfError, pikepdf.DataDecodingError):
            continue
        if len(content) <= _LARGEST_ITEM:
            found.append(content)
    return tuple(found)
