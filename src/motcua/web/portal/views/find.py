"""Finding a procedure and reading it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from motcua.catalogue import queries as catalogue
from motcua.kernel import clock
from motcua.web.kit.components import Crumb, Page
from motcua.web.portal import words

_SUGGESTIONS = 6


def home(request: HttpRequest) -> HttpResponse:
    """One search box, life events, fields, track."""
    offered = catalogue.life_events_offered()
    events = [(event, *words.LIFE_EVENTS[event]) for event in words.LIFE_EVENTS if event in offered]
    return render(request, "portal/home.html", {"events": events, "fields": catalogue.fields_offered()[:12]})


def search(request: HttpRequest) -> HttpResponse:
    """Procedures for what was typed; asked by a script, only the suggestions."""
    text = request.GET.get("q", "").strip()[:200]
    if request.headers.get("HX-Request"):
        hits = catalogue.find_procedures(text, limit=_SUGGESTIONS).hits if len(text) > 1 else ()
        return render(request, "portal/_suggestions.html", {"hits": hits, "text": text})
    page = catalogue.find_procedures(text, after=request.GET.get("sau"))
    return _list(request, page, text=text)


def fields(request: HttpRequest) -> HttpResponse:
    """All fields of administration."""
    return render(request, "portal/fields.html", {"fields": catalogue.fields_offered()})


def field(request: HttpRequest, code: str) -> HttpResponse:
    """Procedures of one field."""
    page = catalogue.find_procedures(field=code, after=request.GET.get("sau"))
    if not page.hits and not request.GET.get("sau"):
        raise Http404
    name = page.hits[0] if page.hits else None
    title = (
        (name.field_name_en if words.in_english() and name.field_name_en else name.field_name) if name else ""
    )
    return _list(request, page, title=title)


def life_event(request: HttpRequest, event: str) -> HttpResponse:
    """Procedures of a moment of life."""
    known = {str(one): one for one in words.LIFE_EVENTS}
    if event not in known:
        raise Http404
    page = catalogue.find_procedures(life_event=known[event], after=request.GET.get("sau"))
    return _list(request, page, title=str(words.LIFE_EVENTS[known[event]][0]))


def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure in plain words. `?truong-hop=` chooses the case. Unknown codes are a kind 404."""
    version = catalogue.version_in_force(code, clock.today())
    keys = [case.key for case in version.cases]
    chosen = request.GET.get("truong-hop", "")
    case = version.case(chosen if chosen in keys else None) if keys else None
    terms = words.terms_of(case) if case else []
    level, level_note = words.LEVELS[version.level]
    context = {
        "version": version,
        "title": words.title_of(version),
        "case": case,
        "cases": [(one.key, words.name_of(one)) for one in version.cases],
        "terms": terms,
        "main_terms": terms[0] if terms else None,
        "level": level,
        "level_note": level_note,
        "place": words.AGENCY_LEVELS[str(version.agency_level)],
        "bring": words.to_bring(case.components) if case else [],
        "steps": words.steps_of(version),
        "is_online": version.level is not catalogue.OnlineLevel.INFORMATION,
        "summary": version.summary_en if words.in_english() and version.summary_en else version.summary,
        "crumbs": [
            Crumb(gettext("Trang chủ"), reverse("portal:home")),
            Crumb(version.field_name, reverse("portal:field", args=[version.field_code])),
            Crumb(version.code),
        ],
    }
    return render(request, "portal/procedure.html", context)


def _list(
    request: HttpRequest, page: catalogue.ProcedurePage, *, text: str = "", title: str = ""
) -> HttpResponse:
    query = request.GET.copy()
    query.pop("sau", None)
    first = f"{request.path}?{query.urlencode()}" if request.GET.get("sau") else ""
    following = ""
    if page.next:
        query["sau"] = page.next
        following = f"{request.path}?{query.urlencode()}"
    context = {
        "hits": page.hits,
        "text": text,
        "title": title,
        "page": Page(following, first, len(page.hits)),
    }
    return render(request, "portal/list.html", context)
