"""The doors between the faces: who is shown which, and where somebody lands after logging in.

Faces do not know each other; only their entrances are named here, and one that is not installed is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from motcua.kernel.authority import Actor
from motcua.web.kit.actors import actor_of


@dataclass(frozen=True, slots=True)
class Face:
    """An entrance; `permission` is what an officer needs to find it useful (None: anybody)."""

    view: str
    label: Promise
    permission: str | None = None
    for_officers: bool = False


_FACES = (
    Face("counter:desk", gettext_lazy("Quầy"), "dossier.receive", for_officers=True),
    Face("counter:cash", gettext_lazy("Thu phí"), "payment.collect", for_officers=True),
    Face("office:inbox", gettext_lazy("Giải quyết"), "dossier.read", for_officers=True),
    Face("office:agencies", gettext_lazy("Trang quản trị"), "directory.manage", for_officers=True),
    Face("office:procedures", gettext_lazy("Danh mục"), "catalogue.manage", for_officers=True),
    Face("opendata:board", gettext_lazy("Số liệu")),
    Face("portal:home", gettext_lazy("Cổng dịch vụ công")),
)


def faces_of(actor: Actor) -> Iterator[tuple[str, Promise]]:
    """Address and name of the faces this actor may use."""
    for face in _FACES:
        if face.for_officers and not (actor.is_officer and actor.may(face.permission or "")):
            continue
        try:
            yield reverse(face.view), face.label
        except NoReverseMatch:
            continue


def start(request: HttpRequest) -> HttpResponse:
    """Where one's work is: the first face an officer may use, one's own dossiers for a citizen."""
    actor = actor_of(request)
    if actor.party_ids and not actor.is_officer:
        return HttpResponseRedirect(reverse("portal:dossiers"))
    return HttpResponseRedirect(next(faces_of(actor))[0] if actor.is_officer else "/")
