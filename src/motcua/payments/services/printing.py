"""The receipt as people read it on paper: made from what was signed, whenever somebody asks."""

from django.conf import settings

from motcua.directory import queries as directory
from motcua.documents.services import typeset
from motcua.kernel import clock
from motcua.kernel.money import show
from motcua.kernel.outside import outside
from motcua.payments.queries import ReceiptFile, receipt
from motcua.payments.words import ReceiptKind, Way

_KINDS = {
    ReceiptKind.ORIGINAL: "",
    ReceiptKind.REPLACEMENT: "thay thế",
    ReceiptKind.DECREASE: "điều chỉnh giảm",
}
_WAYS = {Way.CASH: "tiền mặt", Way.TRANSFER: "chuyển khoản", Way.ONLINE: "trực tuyến"}


def receipt_pdf(file: ReceiptFile) -> bytes:
    """PDF/A of a signed receipt, in Vietnamese as the decree wants it; the same receipt gives the same bytes."""
    outside("typesetting")
    one = file.receipt
    agency = directory.agency(one.agency_id)
    before = receipt(one.refers_to_id) if one.refers_to_id else None
    at = clock.local(one.at)
    context = {
        "agency": {"parent": "", "name": agency.name},
        "place": agency.territory_name,
        "date": at.date(),
        "receipt": one,
        "kind": _KINDS[ReceiptKind(one.kind)],
        "refers_to": f"{before.number:08d}/{before.year}" if before else "",
        "moment": f"{at:%H:%M ngày %d/%m/%Y}",
        "way": _WAYS[Way(one.way)],
        "lines": [
            {"name": line["name"], "formula": line.get("formula", ""), "amount": show(line["amount"])}
            for line in one.lines
        ],
        "total": show(one.amount),
        "lookup": "-".join(one.lookup[at : at + 4] for at in (0, 4, 8)),
        "address": f"{settings.BASE_URL}/tra-cuu-bien-lai/",
        "signed_at": f"{clock.local(file.signed_at):%H:%M ngày %d/%m/%Y}",
        "key_label": file.key_label,
    }
    return typeset(template_name="payments/receipt.html", context=context)
