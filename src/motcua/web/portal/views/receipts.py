"""Receipts: one's own, and the public look-up by the code printed on each."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.directory import queries as directory
from motcua.kernel.authority import in_scope
from motcua.payments import queries as payments
from motcua.payments.errors import ReceiptUnknown
from motcua.web.kit.actors import actor_of
from motcua.web.kit.receipts import receipt_response, said
from motcua.web.kit.visitors import bounded
from motcua.web.portal import words
from motcua.web.portal.access import citizen_only


@citizen_only
def own_receipts(request: HttpRequest) -> HttpResponse:
    """Everything those the person acts for have paid, newest first."""
    found = payments.receipts_of_parties(actor_of(request).party_ids)
    rows = [(said(one), words.name_of(directory.agency(one.agency_id))) for one in found]
    return render(request, "portal/receipts.html", {"rows": rows})


@citizen_only
def own_receipt_file(request: HttpRequest, receipt_id: UUID, form: str) -> HttpResponse:
    """The file of an own receipt."""
    found = payments.receipts_of_parties(actor_of(request).party_ids)
    return receipt_response(in_scope(next((one for one in found if one.id == receipt_id), None)), form)


@bounded(when=lambda request: bool(request.GET.get("ma")))
def look_up(request: HttpRequest) -> HttpResponse:
    """`?ma=` is the code on the receipt, typed with or without care: whether it is ours, its sum, and what became of it."""
    code = request.GET.get("ma", "").strip()[:60]
    row, agency, error = None, "", False
    if code:
        try:
            found = payments.receipt_of_lookup(code)
            row, agency = said(found), words.name_of(directory.agency(found.agency_id))
        except ReceiptUnknown:
            error = True
    context = {"code": code, "row": row, "agency": agency, "error": error}
    return render(request, "portal/receipt_lookup.html", context, status=404 if error else 200)


@bounded(when=lambda request: True)
def looked_up_file(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The file of a receipt for whoever holds its code."""
    return receipt_response(payments.receipt_of_lookup(code), form)
