"""The frame of every page: where one is, who is reading, in which language."""

import re

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from motcua.kernel.authority import ANONYMOUS, Actor
from motcua.web.kit.actors import actor_of
from motcua.web.kit.faces import faces_of

register = template.Library()
_PARTS = "kit/components/"


@register.inclusion_tag(f"{_PARTS}nav_link.html", takes_context=True)
def nav_link(context: template.Context, view: str, label: str, count: int | None = None) -> dict[str, object]:
    """An entry of the face's navigation; current when the page is at or below its address."""
    try:
        url = reverse(view)
    except NoReverseMatch:
        return {"url": ""}
    path = context["request"].path
    current = path == url or (url != "/" and url.count("/") > 2 and path.startswith(url))
    return {"url": url, "label": label, "is_current": current, "count": count}


_VIETNAMESE = re.compile("[àáâãèéêìíòóôõùúýăđĩũơưạ-ỹ]", re.IGNORECASE)

#: The doors of every public page, beside each the pages that stand behind it.
_DOORS = (
    ("portal:home", gettext_lazy("Nộp hồ sơ"), ("/tim/", "/linh-vuc/", "/su-kien/", "/thu-tuc/", "/nhap/")),
    ("portal:track", gettext_lazy("Tra cứu hồ sơ"), ("/ho-so/",)),
    ("verification:verify", gettext_lazy("Kiểm tra giấy tờ"), ()),
    ("opendata:board", gettext_lazy("Số liệu"), ()),
)


@register.inclusion_tag(f"{_PARTS}public_doors.html", takes_context=True)
def public_doors(context: template.Context) -> dict[str, object]:
    """The three doors and the figures, the present one marked; a page of a failure may have no request."""
    request = context.get("request")
    path = request.path if request is not None else ""
    doors = []
    for view, label, behind in _DOORS:
        url = reverse(view)
        is_here = path == url or (url != "/" and path.startswith(url)) or path.startswith(behind or ("\0",))
        doors.append((url, label, is_here))
    return {"doors": doors}


@register.simple_tag(takes_context=True)
def visitor(context: template.Context) -> Actor:
    """Who is reading: `ANONYMOUS` for nobody in particular. Asked of the database at most once per request."""
    request = context.get("request")
    return actor_of(request) if request is not None else ANONYMOUS


@register.filter
def initials(name: str) -> str:
    """`TH` for `Lê Thị Thu Hà`: the last two words, as people are called."""
    return "".join(word[0] for word in name.split()[-2:]).upper()


@register.filter
def vi(text: object) -> SafeString | str:
    """Mark what has no translation (names, addresses, texts of law) as Vietnamese within a page of another language; known by
    its letters, for the same place may hold a translation.
    """
    said = "" if text is None else str(text)
    if (get_language() or "vi").startswith("vi") or not _VIETNAMESE.search(said):
        return said
    return format_html('<span lang="vi">{}</span>', said)


@register.inclusion_tag(f"{_PARTS}face_links.html", takes_context=True)
def face_links(context: template.Context) -> dict[str, object]:
    """Links between the faces, for officers; a citizen has one."""
    request = context.get("request")
    if request is None or not request.user.is_authenticated or not actor_of(request).is_officer:
        return {"faces": ()}
    return {"faces": list(faces_of(actor_of(request))), "path": request.path}
