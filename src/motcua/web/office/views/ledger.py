"""The ledger of a desk (form 07): the dossiers received in a span of days, to look over and to print."""

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.directory import queries as directory
from motcua.dossiers import queries, services
from motcua.kernel import clock
from motcua.kernel.authority import EVERYWHERE, Actor
from motcua.kernel.errors import OutOfScope
from motcua.web.kit import when
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Cell, Column, Rows, Tab
from motcua.web.kit.middleware import framable
from motcua.web.kit.officers import words
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import uuid_or_none

_WHO = "dossier.read"
_SHOWN = 200
#: A book is a year; longer spans belong to more than one.
_LONGEST = timedelta(days=366)
_FIRST = date(2000, 1, 1)


@officers_only(_WHO)
@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """`co-quan`, `tu`, `den` (this month by default); the first two hundred lines, and all of them on paper."""
    actor = actor_of(request)
    agency_id, agencies = _agency(request, actor)
    first, last = _span(request)
    lines = queries.ledger_lines(actor=actor, agency_id=agency_id, first=first, last=last, limit=_SHOWN + 1)
    here = {"co-quan": str(agency_id), "tu": first.isoformat(), "den": last.isoformat()}
    context = {
        "agency": directory.agency(agency_id),
        "first": first,
        "last": last,
        "table": _table(lines[:_SHOWN]) if lines else None,
        "is_more": len(lines) > _SHOWN,
        "agencies": [
            Tab(
                directory.agency(one).name,
                f"{reverse('office:ledger')}?{urlencode(here | {'co-quan': str(one)})}",
                one == agency_id,
            )
            for one in (agencies if 1 < len(agencies) <= 8 else ())
        ],
        "print_url": f"{reverse('office:ledger_file')}?{urlencode(here)}",
    }
    return render(request, "office/ledger.html", context)


@officers_only(_WHO)
@require_GET
def ledger_file(request: HttpRequest) -> HttpResponse:
    """Form 07 as PDF."""
    actor = actor_of(request)
    agency_id, _ = _agency(request, actor)
    first, last = _span(request)
    pdf = services.ledger(actor=actor, agency_id=agency_id, first_day=first, last_day=last)
    return framable(HttpResponse(pdf, content_type="application/pdf"))


def _table(lines: Sequence[queries.LedgerLine]) -> Rows:
    columns = [
        Column(gettext("Số"), is_number=True),
        Column(gettext("Mã hồ sơ"), is_code=True),
        Column(gettext("Người đề nghị")),
        Column(gettext("Thủ tục")),
        Column(gettext("Nhận")),
        Column(gettext("Hẹn trả")),
        Column(gettext("Trả")),
        Column(gettext("Cách trả, người nhận")),
    ]
    return Rows(gettext("Hồ sơ nhận trong khoảng thời gian này"), columns, [_row(line) for line in lines])


def _row(line: queries.LedgerLine) -> list[Cell]:
    moments = (line.received_at, line.due_at, line.returned_at)
    way = str(words.RETURN_WAYS.get(line.way, ""))
    return [
        Cell(str(line.number or "")),
        Cell(line.code, reverse("office:dossier", args=[line.dossier_id])),
        Cell(line.applicant_name),
        Cell(line.procedure_title),
        *(Cell(when.short_moment(moment) if moment else "") for moment in moments),
        Cell(" · ".join(part for part in (way, line.receiver) if part)),
    ]


def _agency(request: HttpRequest, actor: Actor) -> tuple[UUID, list[UUID]]:
    """The agency asked for, where the actor reads; those who read everywhere begin with the first desk."""
    everywhere = EVERYWHERE in actor.agencies_with(_WHO)
    if everywhere:
        held = [one.id for one in directory.find_agencies(is_one_stop=True)]
    else:
        held = sorted(actor.agencies_with(_WHO) - {EVERYWHERE})
    asked = uuid_or_none(request.GET.get("co-quan")) or next(iter(held), None)
    if asked is None or not (everywhere or asked in held):
        raise OutOfScope
    return asked, held


def _span(request: HttpRequest) -> tuple[date, date]:
    today = clock.today()
    last = max(_FIRST, min(_day(request, "den") or today, today))
    first = _day(request, "tu") or last.replace(day=1)
    return max(min(first, last), last - _LONGEST, _FIRST), last


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
