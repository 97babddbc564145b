"""One doubtful page after the other, with the reason beside it; above, the rates."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from motcua.documents import queries as documents
from motcua.documents import services
from motcua.documents.queries import DoubtfulPage, Rates
from motcua.kernel.authority import Actor
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Key
from motcua.web.kit.officers import scans as words
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none
from motcua.web.kit.officers.compared import differing, dossier_of

_WHO = ("dossier.receive", "dossier.appraise")
_DAYS = 30


@officers_only(*_WHO)
@require_GET
def doubtful(request: HttpRequest) -> HttpResponse:
    """The queue of the officer's agencies, one page in hand."""
    actor = actor_of(request)
    queue = documents.doubtful_pages(actor=actor)
    asked = uuid_or_none(request.GET.get("trang"))
    current = next((one for one in queue if one.page.id == asked), next(iter(queue), None))
    context = {
        "rows": [{"one": one, "says": words.finding_words(one.page)} for one in queue],
        "current": current,
        "says": words.finding_words(current.page) if current else "",
        "differs": _differs(actor, current) if current else [],
        "sheet": words.sheet_of(current.page) if current and current.page.has_picture else None,
        "rates": _rates(documents.scan_rates(actor=actor, days=_DAYS)),
        "days": _DAYS,
        "keys": [
            Key("j", gettext("Trang sau")),
            Key("k", gettext("Trang trước")),
            Key("v", gettext("Đã xem, trang dùng được")),
            Key("o", gettext("Mở lượt quét")),
        ],
    }
    return render(request, "office/doubtful/queue.html", context)


def _differs(actor: Actor, current: DoubtfulPage) -> list[tuple[str, str, str]]:
    """Field, value and what is known otherwise, of the paper the page in hand belongs to."""
    batch = documents.batch_page(actor=actor, batch_id=current.batch_id)
    known = differing(dossier_of(actor, batch), batch)
    paper = next((one for one in batch.papers if current.page.id in {page.id for page in one.pages}), None)
    if paper is None:
        return []
    return [
        (words.field_words(field.key), field.value, said)
        for field in paper.fields
        for said in known.get((paper.id, field.key), ())
    ]


def _rates(found: Rates) -> list[tuple[str, str, str]]:
    """Name, figure, and what it was counted from."""
    return [
        (
            gettext("Trang cần xem"),
            _percent(found.doubtful_share),
            gettext("%(n)s trên %(all)s trang") % {"n": found.doubtful + found.failed, "all": found.pages},
        ),
        (
            gettext("Trường phải sửa"),
            _percent(found.corrected_share),
            gettext("%(n)s trên %(all)s trường") % {"n": found.corrected_fields, "all": found.fields},
        ),
        (
            gettext("Giây mỗi hồ sơ"),
            _number(found.seconds_per_dossier),
            gettext("%(n)s lượt đã đóng") % {"n": found.batches},
        ),
        (
            gettext("Trường gõ tay mỗi hồ sơ"),
            _number(found.keyed_per_dossier),
            gettext("%(n)s trường") % {"n": found.keyed_fields},
        ),
    ]


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %".replace(".", ",")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}".replace(".", ",")


@officers_only(*_WHO)
@require_GET
def picture(request: HttpRequest, page_id: UUID) -> HttpResponse:
    """The page in hand."""
    return words.picture_response(request, page_id, is_thumb=False)


@officers_only(*_WHO)
@require_POST
def checked(request: HttpRequest, page_id: UUID) -> HttpResponse:
    """The page can be used as it is; the next one is taken in hand."""
    services.check_page(actor=actor_of(request), page_id=page_id)
    return HttpResponseRedirect(reverse("office:doubtful"))
