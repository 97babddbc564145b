"""What stands around the services: where to go and whom to call, help, privacy, accessibility, terms, the map of the site,
and the files programs ask for by convention (robots.txt, sitemap.xml, RFC 9116 security.txt).
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from motcua.catalogue import queries as catalogue
from motcua.kernel import clock
from motcua.web.kit.house import house
from motcua.web.portal import places, words

_YEAR = 365 * 24 * 3600
#: RFC 9116 asks for an expiry of less than a year, so that a forgotten file is not believed.
_SECURITY_DAYS = 180
#: A sitemap holds so many addresses at most (sitemaps.org).
_MOST_ADDRESSES = 50_000
_PAGES = (
    "home",
    "search",
    "fields",
    "track",
    "contacts",
    "help",
    "privacy",
    "accessibility",
    "terms",
    "site_map",
)


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """Every place that takes dossiers in, with hours, telephone and a map; `?q=` narrows by name."""
    text = request.GET.get("q", "").strip()[:100]
    context = {"desks": places.desks(text), "text": text, "chosen": request.COOKIES.get(places.CHOSEN, "")}
    return render(request, "portal/about/contacts.html", context)


# No token: the answer only sets a display cookie, and pages without a form stay free of a session.
@csrf_exempt
@require_POST
def choose_place(request: HttpRequest) -> HttpResponse:
    """Remember a place on this browser (`ma`) and go back (`next`); an unknown code forgets the one before."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    agency = places.desk_coded(request.POST.get("ma", "")[:40])
    if agency is None:
        response.delete_cookie(places.CHOSEN)
    else:
        response.set_cookie(places.CHOSEN, agency.code, max_age=_YEAR, samesite="Lax", httponly=True)
    return response


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Step by step, without an account, on somebody's behalf, whom to ask."""
    return render(request, "portal/about/help.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, why, who sees it, the rights of the person (Law 91/2025/QH15 on personal data)."""
    return render(request, "portal/about/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What works for whom, what does not yet, and whom to tell."""
    return render(request, "portal/about/accessibility.html")


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """What the portal promises and what it expects."""
    return render(request, "portal/about/terms.html")


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Every page a visitor can open without knowing its address."""
    context = {
        "fields": catalogue.fields_offered(),
        "events": [
            (event, words.LIFE_EVENTS[event][0])
            for event in catalogue.life_events_offered()
            if event in words.LIFE_EVENTS
        ],
    }
    return render(request, "portal/about/site_map.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Public pages may be indexed; what is somebody's own, or needs a code, may not."""
    closed = (
        "/ho-so/",
        "/nhap/",
        "/kho-giay-to/",
        "/quay/",
        "/co-quan/",
        "/api/",
        "/dang-nhap/",
        "/tra-cuu/?",
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return _plain("\n".join([*lines, "", f"Sitemap: {_address('portal:sitemap')}", ""]))


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The addresses of all public pages: procedures, fields, what stands around them (sitemaps.org 0.9)."""
    addresses = [_address(f"portal:{name}") for name in _PAGES]
    addresses += [
        _address("verification:verify"),
        _address("verification:report"),
        _address("opendata:board"),
    ]
    addresses += [_address("portal:field", one.code) for one in catalogue.fields_offered()]
    addresses += [_address("portal:procedure", code) for code in catalogue.codes_offered()]
    context = {"addresses": addresses[:_MOST_ADDRESSES]}
    return render(request, "portal/about/sitemap.xml", context, content_type="application/xml")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell of a weakness."""
    here = house()
    lines = [f"Contact: mailto:{here.email}"] if here and here.email else []
    lines += [f"Contact: tel:{here.phone}"] if here and here.phone else []
    lines.append(f"Contact: {_address('portal:contacts')}")
    expires = clock.now() + timedelta(days=_SECURITY_DAYS)
    lines += [
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: vi, en",
        f"Canonical: {_address('portal:security')}",
    ]
    return _plain("\n".join([*lines, ""]))


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For those who ask without reading the page."""
    return HttpResponsePermanentRedirect(static("kit/mark.svg"))


def _address(view: str, *args: str) -> str:
    return f"{settings.BASE_URL}{reverse(view, args=args)}"


def _plain(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
