"""Finding a procedure: the first page, search, fields, life events. Reading one is `procedure`."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.catalogue import queries as catalogue
from motcua.kernel import clock
from motcua.kernel.text import fold
from motcua.oversight import queries as oversight
from motcua.web.kit.components import Page
from motcua.web.portal import channels, places, words

_SUGGESTIONS = 6
#: A title of more letters is read as a sentence.
_DOOR = 60
_FIELDS_OFFERED = 6


def home(request: HttpRequest) -> HttpResponse:
    """One question, the visitor's own place, three doors, life events, and how the province keeps its word."""
    events = catalogue.titles_by_event()
    context = {
        "events": [
            (event, *words.LIFE_EVENTS[event], _doors(events[event]))
            for event in words.LIFE_EVENTS
            if event in events
        ],
        "desk": places.chosen_desk(request),
        "told": oversight.headline(settings.MOTCUA_PROVINCE_CODE),
    }
    return render(request, "portal/home.html", context)


def _doors(titles: tuple[catalogue.ProcedureTitle, ...]) -> list[tuple[str, str, bool]]:
    """Code, title, whether it has to be marked as Vietnamese; a title as long as a sentence is no door where others are."""
    short = [one for one in titles if len(one.title) <= _DOOR] or titles[:1]
    return [(one.code, words.title_of(one), words.in_english() and not one.title_en) for one in short]


def search(request: HttpRequest) -> HttpResponse:
    """Procedures for what was typed; asked by a script, only the suggestions."""
    text = request.GET.get("q", "").strip()[:200]
    if request.headers.get("HX-Request"):
        hits = catalogue.find_procedures(text, limit=_SUGGESTIONS).hits if len(text) > 1 else ()
        return render(request, "portal/_suggestions.html", {"hits": _told(hits), "text": text})
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
        "hits": _told(page.hits),
        "text": text,
        "title": title,
        "page": Page(following, first, len(page.hits)),
        "desk": places.chosen_desk(request),
        "near": () if page.hits else _fields_near(text),
    }
    return render(request, "portal/list.html", context)


def _told(hits: tuple[catalogue.ProcedureHit, ...]) -> list[dict[str, object]]:
    """Hits with what most people decide by: how long, how much, how far online."""
    versions = catalogue.versions_in_force((hit.code for hit in hits), clock.today())
    return [
        {
            "code": hit.code,
            "title": words.title_of(hit),
            "is_vietnamese": words.in_english() and not hit.title_en,
            "glance": channels.glance(versions[hit.code]) if hit.code in versions else "",
            "field": hit.field_name_en if words.in_english() and hit.field_name_en else hit.field_name,
        }
        for hit in hits
    ]


def _fields_near(text: str) -> list[catalogue.FieldCount]:
    """Where to look on when nothing was found: fields that share a word with what was typed, then the largest."""
    typed = set(fold(text).split())
    offered = catalogue.fields_offered()
    shared = {one.code: len(typed & set(fold(f"{one.name} {one.name_en}").split())) for one in offered}
    return sorted(offered, key=lambda one: (-shared[one.code], -one.procedures, one.name))[:_FIELDS_OFFERED]
