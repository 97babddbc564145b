"""Electronic receipts on pages: how they are said, and the two forms in which they are given out."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext

from motcua.kernel.errors import OutOfScope
from motcua.payments import queries as payments
from motcua.payments import services
from motcua.payments.queries import ReceiptKind, ReceiptView
from motcua.web.kit.components import Tone


@dataclass(frozen=True, slots=True)
class ReceiptSaid:
    """A receipt, said: `is_signed` whether its file can be had."""

    receipt: ReceiptView
    kind: str
    is_signed: bool
    standing: str
    tone: Tone


def said(receipt: ReceiptView) -> ReceiptSaid:
    """With what became of it: waiting for the signature, in force, or replaced."""
    kinds = {
        ReceiptKind.ORIGINAL: gettext("Biên lai"),
        ReceiptKind.REPLACEMENT: gettext("Biên lai thay thế"),
        ReceiptKind.DECREASE: gettext("Biên lai điều chỉnh giảm (hoàn tiền)"),
    }
    is_signed = payments.is_signed(receipt.id)
    replaced_by = payments.replaced_by(receipt.id)
    if replaced_by is not None:
        standing, tone = gettext("Đã thay bằng số %(number)s") % {"number": f"{replaced_by:08d}"}, Tone.QUIET
    elif is_signed:
        standing, tone = gettext("Có giá trị, đã ký số"), Tone.DONE
    else:
        standing, tone = gettext("Đang chờ ký số"), Tone.SOON
    return ReceiptSaid(receipt, kinds[ReceiptKind(receipt.kind)], is_signed, standing, tone)


def receipt_response(receipt: ReceiptView, form: str) -> HttpResponse:
    """`xml` the signed original, `pdf` how it reads on paper. Raises `OutOfScope` for another form, `ReceiptUnsigned`."""
    file = payments.receipt_file(receipt.id)
    if form == "xml":
        response = HttpResponse(file.content, content_type="application/xml")
    elif form == "pdf":
        response = HttpResponse(services.receipt_pdf(file), content_type="application/pdf")
    else:
        raise OutOfScope
    name = file.filename.removesuffix("xml") + form
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
