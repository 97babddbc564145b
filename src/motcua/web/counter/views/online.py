"""What people sent online and waits at the door."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.dossiers import queries
from motcua.dossiers.queries import Box, Filters
from motcua.dossiers.words import BEFORE_RECEIPT
from motcua.web.counter.search import table_of, text_scanned
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Key, Page
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import cursor, with_query
from motcua.web.kit.officers.searching import private_search, search_text


@officers_only("dossier.receive")
@require_http_methods(["GET", "POST"])
@private_search
def queue(request: HttpRequest) -> HttpResponse:
    """Not yet received, newest first; opening one lets the desk receive, ask or refuse."""
    text = search_text(request)
    after = cursor(request)
    found = queries.inbox(
        actor=actor_of(request),
        box=Box.RECEPTION,
        filters=Filters(text=text_scanned(text), states=BEFORE_RECEIPT),
        after=after,
    )
    next_url = with_query(request, {"sau": found.after}) if found.after else ""
    context = {
        "text": text,
        "table": table_of(list(found.rows), gettext("Hồ sơ chờ tiếp nhận")) if found.rows else None,
        "pager": Page(next_url, with_query(request, {"sau": None}) if after else "", len(found.rows)),
        "keys": [
            Key("/", gettext("Tìm")),
            Key("j k", gettext("Dòng dưới, dòng trên")),
            Key("Enter", gettext("Mở hồ sơ đang chọn")),
        ],
    }
    return render(request, "counter/online.html", context)
