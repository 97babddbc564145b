"""All money of one dossier: how it is reckoned, adding, correcting, cancelling, giving back, and what was done so far."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries
from motcua.dossiers import services as dossiers
from motcua.dossiers.queries import DossierPage
from motcua.dossiers.words import ABANDONED
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.payments import queries as payments
from motcua.payments import services
from motcua.payments.errors import AmountInvalid, BenefitInvalid
from motcua.web.counter.papers import text_of
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.fees import said
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none

AT_MONEY = ("payment.collect", "payment.refund", "dossier.receive")


@officers_only(*AT_MONEY)
@require_GET
def charges(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """The page of a dossier's money."""
    return _page(request, dossier_id)


@officers_only(*AT_MONEY)
@require_POST
def charge_act(request: HttpRequest, dossier_id: UUID, act: str) -> HttpResponse:
    """One act of that page. A refusal shows the page again with what was typed."""
    perform = ACTS.get(act)
    if perform is None:
        raise OutOfScope
    actor = actor_of(request)
    page = queries.dossier_page(actor=actor, dossier_id=dossier_id)
    try:
        words = perform(actor, page, request.POST)
    except (PermissionRefused, OutOfScope):
        raise
    except DomainError as refusal:
        return _page(request, dossier_id, refusal=refusal, act=act)
    messages.success(request, words)
    return HttpResponseRedirect(reverse("counter:charges", args=[dossier_id]))


def _page(
    request: HttpRequest, dossier_id: UUID, *, refusal: DomainError | None = None, act: str = ""
) -> HttpResponse:
    actor = actor_of(request)
    page = queries.dossier_page(actor=actor, dossier_id=dossier_id)
    agency_id = page.receiving.id
    reckoned = queries.reckoned_fees(
        version=catalogue.version(page.version_id),
        case_key=page.case_key,
        channel=catalogue.Channel(page.channel),
        on=clock.local(page.submitted_at).date(),
        form_data=page.form_data,
        applicant_id=page.applicant.id,
        english=(get_language() or "vi").startswith("en"),
    )
    charges = payments.charges_of(page.id)
    is_running = page.received_at is not None and page.state not in ABANDONED
    context = {
        "page": page,
        "sum": said(reckoned),
        "charges": charges,
        "differences": _differences(reckoned, charges) if is_running else [],
        "may_add": page.state not in ABANDONED,
        "may_waive": actor.may("payment.collect", agency_id) or actor.may("dossier.receive", agency_id),
        "outstanding": payments.outstanding(page.id),
        "trail": payments.trail_of(page.id),
        "refunds": payments.refunds_asked(page.id),
        "benefits": payments.benefit_lines(page.applicant.id),
        "may_collect": actor.may("payment.collect", agency_id),
        "may_ask_refund": actor.may("payment.collect", agency_id) or actor.may("payment.refund", agency_id),
        "may_refund": actor.may("payment.refund", agency_id),
        "may_receive": actor.may("dossier.receive", agency_id),
        "own_id": actor.account_id,
        "faults": [Fault("", sentence_of(refusal))] if refusal else [],
        "failed": act if refusal else "",
        "opened": (text_of(request.POST, "charge"), act) if refusal else ("", ""),
        "typed": request.POST if refusal else {},
    }
    return render(request, "counter/charges.html", context, status=refusal.kind.value if refusal else 200)


@dataclass(frozen=True, slots=True)
class FeeDiffers:
    """A fee that is reckoned otherwise now than what was charged."""

    name: str
    charged: int
    reckoned: int
    is_paid: bool


def _differences(
    reckoned: catalogue.FeeReckoning, charges: Sequence[payments.ChargeView]
) -> list[FeeDiffers]:
    """Where the reckoning by the form and the benefit levels of today says something else; a fee nobody knows says nothing."""
    due = {(one.row.code, one.row.name): one.amount for one in reckoned.fees}
    found = []
    for charge in charges:
        now = due.pop((charge.code, charge.name), None if charge.is_added else 0)
        is_due = charge.state in (payments.ChargeState.OPEN, payments.ChargeState.PAID)
        charged = charge.amount if is_due else 0
        if now is not None and now != charged and charge.state != payments.ChargeState.REFUNDED:
            found.append(FeeDiffers(charge.name, charged, now, charge.state == payments.ChargeState.PAID))
    return found + [FeeDiffers(name, 0, now, is_paid=False) for (_, name), now in due.items() if now]


def _amount(post: QueryDict) -> int:
    """Whole đồng as typed, grouped or not. Refuses: `AmountInvalid`."""
    digits = text_of(post, "amount").replace(".", "").replace(" ", "").removesuffix("đ")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 15:
        raise AmountInvalid(largest="100.000.000.000 đ")
    return int(digits)


def _charge(page: DossierPage, post: QueryDict) -> UUID:
    wanted = uuid_or_none(text_of(post, "charge"))
    return in_scope(next((one.id for one in payments.charges_of(page.id) if one.id == wanted), None))


def _refund(page: DossierPage, post: QueryDict) -> UUID:
    wanted = uuid_or_none(text_of(post, "refund"))
    return in_scope(next((one.id for one in payments.refunds_asked(page.id) if one.id == wanted), None))


def _add(actor: Actor, page: DossierPage, post: QueryDict) -> str:
    services.add_charge(
        actor=actor,
        dossier_id=page.id,
        agency_id=page.receiving.id,
        payer_id=page.applicant.id,
        name=text_of(post, "name"),
        kind="charge" if post.get("kind") == "charge" else "fee",
        amount=_amount(post),
        reason=text_of(post, "reason"),
    )
    return gettext("Đã thêm khoản thu.")


def _correct(actor: Actor, page: DossierPage, post: QueryDict) -> str:
    services.correct_charge(
        actor=actor, charge_id=_charge(page, post), amount=_amount(post), reason=text_of(post, "reason")
    )
    return gettext("Đã sửa khoản thu.")


def _reckon(actor: Actor, page: DossierPage, post: QueryDict) -> str:
    moved = dossiers.reckon_charges_again(actor=actor, dossier_id=page.id)
    if any(one.is_paid for one in moved):
        return gettext("Đã tính lại. Khoản đã thu giữ nguyên: thu thêm hoặc hoàn phần chênh lệch ở dưới.")
    return (
        gettext("Đã tính lại các khoản.") if moved else gettext("Các khoản đã đúng theo cách tính hiện nay.")
    )


def _waive(actor: Actor, page: DossierPage, post: QueryDict) -> str:
    services.exempt_charge(actor=actor, charge_id=_charge(page, post), ground=text_of(post, "ground"))
    return gettext("Đã ghi căn cứ miễn.")


def _cancel(actor: Actor, page: DossierPage, post: QueryDict) -> str:
    services.cancel_charge(actor=actor, charge_id=_charge(page, post), reason=text_of(post, "reason"))
    return gettext("Đã hủy khoản thu.")


def _ask_refund(actor: Actor, page: DossierPage, post: QueryDict) -> str:
    services.ask_refund(
        actor=actor, charge_id=_charge(page, post), amount=_amount(post), reason=text_of(post, "reason")
    )
    return gettext("Đã ghi đề nghị hoàn; người thứ hai sẽ duyệt.")


def _make_refund(actor: Actor, page: DossierPage, post: QueryDict) -> str:
    services.make_refund(actor=actor, refund_id=_refund(page, post))
    return gettext("Đã duyệt hoàn tiền.")


def _decline_refund(actor: Actor, page: DossierPage, post: QueryDict) -> str:
    services.decline_refund(actor=actor, refund_id=_refund(page, post), reason=text_of(post, "reason"))
    return gettext("Đã từ chối đề nghị hoàn.")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BenefitInvalid from None


def _state_benefit(actor: Actor, page: DossierPage, post: QueryDict) -> str:
    valid_from = _day(text_of(post, "valid_from"))
    if valid_from is None:
        raise BenefitInvalid
    services.state_benefit(
        actor=actor,
        party_id=page.applicant.id,
        agency_id=page.receiving.id,
        level=text_of(post, "level"),
        source=text_of(post, "source"),
        valid_from=valid_from,
        valid_until=_day(text_of(post, "valid_until")),
    )
    return gettext("Đã ghi mức ưu đãi.")


def _end_benefit(actor: Actor, page: DossierPage, post: QueryDict) -> str:
    wanted = uuid_or_none(text_of(post, "benefit"))
    known = {one.id for one in payments.benefit_lines(page.applicant.id)}
    services.end_benefit(
        actor=actor,
        benefit_id=in_scope(wanted if wanted in known else None),
        agency_id=page.receiving.id,
    )
    return gettext("Đã kết thúc mức ưu đãi.")


ACTS: dict[str, Callable[[Actor, DossierPage, QueryDict], str]] = {
    "tinh-lai": _reckon,
    "them": _add,
    "mien": _waive,
    "sua": _correct,
    "huy": _cancel,
    "de-nghi-hoan": _ask_refund,
    "duyet-hoan": _make_refund,
    "tu-choi-hoan": _decline_refund,
    "uu-dai": _state_benefit,
    "het-uu-dai": _end_benefit,
}
