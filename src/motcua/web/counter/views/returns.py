"""The return desk: results that are ready, found by code, scan or name."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.dossiers import queries
from motcua.dossiers.queries import Box, Filters
from motcua.web.counter.search import found_dossiers, table_of, text_scanned
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Key, Page
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import cursor, with_query
from motcua.web.kit.officers.searching import private_search, search_text


@officers_only("dossier.hand_over")
@require_http_methods(["GET", "POST"])
@private_search
def returns(request: HttpRequest) -> HttpResponse:
    """Ready results; a scan or code that fits one dossier opens it at once."""
    actor, text, after = actor_of(request), search_text(request), cursor(request)
    found = queries.inbox(actor=actor, box=Box.RETURN, filters=Filters(text=text_scanned(text)), after=after)
    rows = list(found.rows)
    elsewhere = found_dossiers(actor, Box.ALL, text) if text.strip() and not rows else []
    is_code = queries.parse_code(text_scanned(text)) is not None
    if is_code and len(rows) + len(elsewhere) == 1:
        return HttpResponseRedirect(reverse("counter:dossier", args=[(rows or elsewhere)[0].id]))
    next_url = with_query(request, {"sau": found.after}) if found.after else ""
    context = {
        "text": text,
        "table": table_of(rows, gettext("Kết quả chờ trả")) if rows else None,
        "elsewhere": table_of(elsewhere, gettext("Hồ sơ khác")) if elsewhere else None,
        "pager": Page(next_url, with_query(request, {"sau": None}) if after else "", len(rows)),
        "keys": [
            Key("/", gettext("Tìm")),
            Key("j k", gettext("Dòng dưới, dòng trên")),
            Key("Enter", gettext("Mở hồ sơ đang chọn")),
        ],
    }
    return render(request, "counter/returns.html", context)
