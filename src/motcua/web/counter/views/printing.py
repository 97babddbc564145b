"""Statutory forms on paper: shown as soon as they are typeset, one key from the dossier."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.documents import queries as documents
from motcua.dossiers import queries
from motcua.kernel.authority import in_scope
from motcua.web.counter.views.dossier import AT_DESK
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Key
from motcua.web.kit.officers import words
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.files import shown


@officers_only(*AT_DESK)
@require_GET
def form(request: HttpRequest, dossier_id: UUID, form_id: UUID) -> HttpResponse:
    """The form in a frame to print. While the worker still typesets it the page says so and looks again."""
    page = queries.dossier_page(actor=actor_of(request), dossier_id=dossier_id)
    issued = in_scope(next((one for one in page.forms if one.id == form_id), None))
    keys = [Key("p", gettext("In")), Key("n", gettext("Tiếp nhận hồ sơ khác"))]
    context = {"page": page, "form": issued, "name": words.form_words(issued.code), "keys": keys}
    response = render(request, "counter/form.html", context)
    if issued.file_id is None:
        response.headers["Refresh"] = "2"
    return response


@officers_only("dossier.receive")
@require_GET
def slip(request: HttpRequest, slip_id: UUID) -> HttpResponse:
    """What was given at the door, to print, with the way back to the desk for whoever brings the rest."""
    given = queries.door_slip(actor=actor_of(request), slip_id=slip_id)
    keys = [Key("p", gettext("In")), Key("n", gettext("Tiếp nhận hồ sơ khác"))]
    context = {"slip": given, "name": words.form_words(given.code), "keys": keys}
    response = render(request, "counter/slip.html", context)
    if given.file_id is None:
        response.headers["Refresh"] = "2"
    return response


@officers_only("dossier.receive")
@require_GET
def slip_file(request: HttpRequest, slip_id: UUID) -> HttpResponseBase:
    """The PDF of a slip."""
    given = queries.door_slip(actor=actor_of(request), slip_id=slip_id)
    return shown(request, documents.file(in_scope(given.best_file_id)))
