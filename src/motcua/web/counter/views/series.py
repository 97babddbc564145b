"""Electronic receipts as the cashier and the accountant follow them: the series, the days reported, what failed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from motcua.directory import queries as directory
from motcua.kernel.authority import in_scope
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.payments import queries, services
from motcua.payments.queries import DaySummaryView, SummaryState
from motcua.web.kit import when
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Tone
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only

_SHOWN = 60


@officers_only(*queries.MAY_SEE_SERIES)
@require_GET
def summaries(request: HttpRequest) -> HttpResponse:
    """Series of the agencies whose money the officer works with, and the latest summaries of days."""
    return _page(request)


@officers_only("payment.collect")
@require_POST
def send_again(request: HttpRequest, summary_id: UUID) -> HttpResponse:
    """A summary that was refused or given up goes out again."""
    actor = actor_of(request)
    shown = queries.summaries_of(queries.series_agencies(actor), limit=_SHOWN)
    in_scope(next((one for one in shown if one.id == summary_id), None))
    try:
        services.send_summary_again(actor=actor, summary_id=summary_id)
    except (PermissionRefused, OutOfScope):
        raise
    except DomainError as refusal:
        return _page(request, sentence_of(refusal), refusal.kind.value)
    messages.success(request, gettext("Bảng tổng hợp sẽ được gửi lại ngay."))
    return HttpResponseRedirect(reverse("counter:summaries"))


def _page(request: HttpRequest, fault: str = "", status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    agencies = queries.series_agencies(actor)
    names = {agency.id: agency.name for agency in directory.agencies(agencies).values()}
    found = queries.summaries_of(agencies, limit=_SHOWN)
    context = {
        "series": [(one, names.get(one.agency_id, "")) for one in queries.series_of(agencies)],
        "summaries": [
            (
                one,
                names.get(one.agency_id, ""),
                *_standing(one),
                one.may_be_sent_again and actor.may("payment.collect", one.agency_id),
            )
            for one in found
        ],
        "failed": sum(one.may_be_sent_again for one in found),
        "has_agencies": len(agencies) > 1,
        "faults": {"": fault} if fault else {},
    }
    return render(request, "counter/summaries.html", context, status=status)


def _standing(one: DaySummaryView) -> tuple[str, Tone, str]:
    """What became of it: word, tone, and what more there is to say."""
    if one.state == SummaryState.ACCEPTED:
        said = gettext("Đã nhận, mã %(code)s") % {"code": one.answer} if one.answer else gettext("Đã nhận")
        late = " · " + gettext("gửi sau ngày lập, kèm lý do") if one.is_late else ""
        return gettext("Cơ quan thuế đã nhận"), Tone.DONE, said + late
    if one.state == SummaryState.REFUSED:
        return gettext("Bị từ chối"), Tone.LATE, one.answer
    if one.has_ended:
        return gettext("Không gửi được"), Tone.LATE, one.error
    if one.error:
        at = when.short_moment(one.next_try_at) if one.next_try_at else ""
        more = gettext("lần %(n)d chưa được (%(why)s), thử lại %(at)s")
        return gettext("Đang gửi lại"), Tone.SOON, more % {"n": one.attempts, "why": one.error, "at": at}
    return gettext("Chờ gửi"), Tone.QUIET, ""
