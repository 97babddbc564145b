"""Money at the desk: what is open, taking it, a numbered receipt."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.dossiers import queries
from motcua.kernel.authority import in_scope
from motcua.kernel.errors import DomainError, PermissionRefused
from motcua.payments import queries as payments
from motcua.payments import services
from motcua.web.counter.papers import text_of
from motcua.web.counter.search import found_dossiers
from motcua.web.counter.views.dossier import dossier_page
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Key
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none
from motcua.web.kit.officers.searching import private_search, search_text
from motcua.web.kit.receipts import receipt_response, said


@officers_only("payment.collect")
@require_http_methods(["GET", "POST"])
@private_search
def find(request: HttpRequest) -> HttpResponse:
    """Find the dossier somebody wants to pay for."""
    actor = actor_of(request)
    text = search_text(request)
    rows = found_dossiers(actor, queries.Box.ALL, text) if text else None
    context = {"text": text, "rows": rows, "keys": [Key("/", gettext("Tìm hồ sơ"))]}
    return render(request, "counter/cash.html", context)


@officers_only("payment.collect")
@require_POST
def take(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Take the money for the ticked charges and go on to the receipt."""
    actor = actor_of(request)
    queries.dossier_page(actor=actor, dossier_id=dossier_id)
    open_ones = {charge.id for charge in payments.charges_of(dossier_id)}
    ticked = [
        key
        for key in map(uuid_or_none, request.POST.getlist("charge"))
        if key is not None and key in open_ones
    ]
    way = payments.Way.TRANSFER if request.POST.get("way") == payments.Way.TRANSFER else payments.Way.CASH
    try:
        receipt = services.take_payment(actor=actor, charge_ids=ticked, way=way)
    except PermissionRefused:
        raise
    except DomainError as refusal:
        return dossier_page(request, dossier_id, refusal=refusal, act="thu")
    return HttpResponseRedirect(reverse("counter:receipt", args=[dossier_id, receipt.id]))


@officers_only("payment.collect", "dossier.receive")
@require_POST
def exempt(request: HttpRequest, dossier_id: UUID, charge_id: UUID) -> HttpResponse:
    """Waive a charge on a ground that the procedure names."""
    actor = actor_of(request)
    queries.dossier_page(actor=actor, dossier_id=dossier_id)
    in_scope(next((one for one in payments.charges_of(dossier_id) if one.id == charge_id), None))
    try:
        services.exempt_charge(actor=actor, charge_id=charge_id, ground=text_of(request.POST, "ground"))
    except PermissionRefused:
        raise
    except DomainError as refusal:
        return dossier_page(request, dossier_id, refusal=refusal, act="mien")
    messages.success(request, gettext("Đã ghi căn cứ miễn."))
    return HttpResponseRedirect(reverse("counter:dossier", args=[dossier_id]))


@officers_only("payment.collect", "dossier.receive", "dossier.hand_over")
@require_GET
def receipt(request: HttpRequest, dossier_id: UUID, receipt_id: UUID) -> HttpResponse:
    """The receipt, made to be printed."""
    page = queries.dossier_page(actor=actor_of(request), dossier_id=dossier_id)
    found = in_scope(next((one for one in payments.receipts_of(dossier_id) if one.id == receipt_id), None))
    ways = {payments.Way.CASH: gettext("Tiền mặt"), payments.Way.TRANSFER: gettext("Chuyển khoản")}
    way = ways.get(payments.Way(found.way), gettext("Trực tuyến"))
    keys = [Key("p", gettext("In biên lai"))]
    context = {
        "page": page,
        "receipt": found,
        "lookup": "-".join(found.lookup[at : at + 4] for at in range(0, len(found.lookup), 4)),
        "row": said(found),
        "way": way,
        "keys": keys,
        "may_collect": actor_of(request).may("payment.collect", found.agency_id),
    }
    return render(request, "counter/receipt.html", context)


@officers_only("payment.collect", "dossier.receive", "dossier.hand_over")
@require_GET
def receipt_file(request: HttpRequest, dossier_id: UUID, receipt_id: UUID, form: str) -> HttpResponse:
    """The receipt as a file: `pdf` or `xml`."""
    queries.dossier_page(actor=actor_of(request), dossier_id=dossier_id)
    found = in_scope(next((one for one in payments.receipts_of(dossier_id) if one.id == receipt_id), None))
    return receipt_response(found, form)


@officers_only("payment.collect")
@require_POST
def replace(request: HttpRequest, dossier_id: UUID, receipt_id: UUID) -> HttpResponse:
    """A receipt in place of a wrong one; the wrong one stays to be seen."""
    actor = actor_of(request)
    queries.dossier_page(actor=actor, dossier_id=dossier_id)
    in_scope(next((one for one in payments.receipts_of(dossier_id) if one.id == receipt_id), None))
    try:
        made = services.replace_receipt(
            actor=actor,
            receipt_id=receipt_id,
            payer_name=text_of(request.POST, "payer_name"),
            reason=text_of(request.POST, "reason"),
        )
    except PermissionRefused:
        raise
    except DomainError as refusal:
        return dossier_page(request, dossier_id, refusal=refusal, act="bien-lai")
    messages.success(request, gettext("Đã lập biên lai thay thế."))
    return HttpResponseRedirect(reverse("counter:receipt", args=[dossier_id, made.id]))
