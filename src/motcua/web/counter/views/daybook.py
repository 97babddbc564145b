"""The day book: what the desk received on a day, to look over and to print."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.dossiers import queries
from motcua.dossiers.queries import Box, Filters
from motcua.kernel import clock
from motcua.web.counter.screen import receiving_agencies
from motcua.web.counter.search import table_of
from motcua.web.kit import when
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Key, Page
from motcua.web.kit.officers import words
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import cursor, with_query

_PAGE = 100
#: No desk kept this book before.
_FIRST = date(2000, 1, 1)


@officers_only("dossier.receive")
@require_GET
def daybook(request: HttpRequest) -> HttpResponse:
    """Received on one day (today by default), in the order of their numbers from the last; a hundred to the page."""
    on, after = _day(request), cursor(request)
    found = queries.inbox(
        actor=actor_of(request),
        box=Box.RECEPTION,
        filters=Filters(received_from=on, received_to=on),
        after=after,
        limit=_PAGE,
    )
    actor = actor_of(request)
    desks = receiving_agencies(actor)
    slips = [one for desk in desks for one in queries.door_slips(actor=actor, agency_id=desk, on=on)]
    is_today = on >= clock.today()
    next_url = with_query(request, {"sau": found.after}) if found.after else ""
    context = {
        "on": on,
        "weekday": when.weekday(on),
        "table": table_of(list(found.rows), gettext("Hồ sơ nhận trong ngày")) if found.rows else None,
        "count": len(found.rows),
        "slips": [(slip, words.form_words(slip.code)) for slip in slips],
        "undone": queries.undone_receptions(actor=actor, agency_ids=list(desks), on=on),
        "door": queries.door_counts(actor=actor, agency_ids=list(desks), first=on, last=on),
        "pager": Page(next_url, with_query(request, {"sau": None}) if after else "", len(found.rows)),
        "before_url": with_query(request, {"ngay": (on - timedelta(days=1)).isoformat(), "sau": None}),
        "after_url": ""
        if is_today
        else with_query(request, {"ngay": (on + timedelta(days=1)).isoformat(), "sau": None}),
        "keys": [Key("j k", gettext("Dòng dưới, dòng trên")), Key("Enter", gettext("Mở hồ sơ đang chọn"))],
    }
    return render(request, "counter/daybook.html", context)


def _day(request: HttpRequest) -> date:
    try:
        asked = date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return clock.today()
    return max(_FIRST, min(asked, clock.today()))
