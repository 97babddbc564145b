"""A new agency by decision: its code, place, kind and what it answers for."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.directory import queries as directory
from motcua.directory import services
from motcua.directory.errors import AgencyCodeInvalid, AgencyUnknown, GsoCodeInvalid, TerritoryUnknown
from motcua.directory.queries import AgencyKind, AgencyLevel
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault, Option
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.templatetags.kit import field_id
from motcua.web.office.administration import words
from motcua.web.office.administration.competence import fields_of, known_fields
from motcua.web.office.administration.typed import day_of, text_of, typed_day

Faults = dict[str, str]
_FIELD_OF = {
    "directory.phone_invalid": "phone",
    "directory.email_invalid": "email",
    "directory.name_missing": "name",
}
#: The unit of an agency is one of its own level.
_CODED = {AgencyLevel.PROVINCE: 2, AgencyLevel.DISTRICT: 3, AgencyLevel.COMMUNE: 5}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the agency stands and above whom: what is found by the codes that were typed."""

    territory_id: UUID
    parent_id: UUID | None


@officers_only("directory.manage")
@require_http_methods(["GET", "POST"])
def opening(request: HttpRequest) -> HttpResponse:
    """A form; posting opens the agency and leads to its page."""
    faults: Faults = {}
    if request.method == "POST":
        try:
            agency_id = _open(request, faults)
        except (PermissionRefused, OutOfScope):
            raise
        except DomainError as refusal:
            faults[_FIELD_OF.get(refusal.code, "code")] = sentence_of(refusal)
        else:
            if agency_id is not None:
                messages.success(request, gettext("Đã mở cơ quan. Tiếp theo: chức danh, cán bộ và vai trò."))
                return HttpResponseRedirect(reverse("office:agency", args=[agency_id]))
    context = {
        "rooms": words.rooms("agencies"),
        "kinds": [Option(kind.value, str(name)) for kind, name in words.KINDS.items()],
        "levels": [Option(level.value, str(name)) for level, name in words.LEVELS.items()],
        "fields": known_fields(),
        "chosen_fields": request.POST.getlist("fields"),
        "typed": request.POST,
        "typed_day": typed_day(request.POST, "begins"),
        "wrong": faults,
        "faults": [Fault(field_id(name), message) for name, message in faults.items()],
    }
    return render(request, "office/administration/opening.html", context, status=422 if faults else 200)


def _open(request: HttpRequest, faults: Faults) -> UUID | None:
    post = request.POST
    kind, level = text_of(post, "kind"), text_of(post, "level")
    if kind not in set(AgencyKind):
        faults["kind"] = gettext("Chọn loại cơ quan.")
    if level not in set(AgencyLevel):
        faults["level"] = gettext("Chọn cấp.")
    for name, message in (
        ("code", gettext("Ghi mã cơ quan, ví dụ H99.15.")),
        ("name", gettext("Ghi tên cơ quan.")),
        ("decision", gettext("Ghi số quyết định thành lập.")),
    ):
        if not text_of(post, name):
            faults[name] = message
    begins_on = day_of(post, "begins", faults)
    place = _place(request, begins_on, faults)
    if faults or begins_on is None or place is None:
        return None
    return services.open_agency(
        actor=actor_of(request),
        code=text_of(post, "code"),
        name=text_of(post, "name"),
        name_en=text_of(post, "name_en"),
        kind=AgencyKind(kind),
        level=AgencyLevel(level),
        territory_id=place.territory_id,
        parent_id=place.parent_id,
        begins_on=begins_on,
        field_codes=fields_of(request),
        is_one_stop=post.get("is_one_stop") == "1",
        address=text_of(post, "address"),
        phone=text_of(post, "phone"),
        email=text_of(post, "email"),
        decision=text_of(post, "decision"),
    )


def _place(request: HttpRequest, on: date | None, faults: Faults) -> _Place | None:
    code, above = text_of(request.POST, "territory"), text_of(request.POST, "parent")
    level = text_of(request.POST, "level")
    try:
        territory = directory.territory(code, on)
    except (TerritoryUnknown, GsoCodeInvalid) as refusal:
        faults["territory"] = sentence_of(refusal)
        return None
    if level in set(AgencyLevel) and len(code) != _CODED.get(AgencyLevel(level), len(code)):
        faults["territory"] = gettext("Địa bàn không cùng cấp với cơ quan.")
        return None
    if not above:
        return _Place(territory.id, None)
    try:
        return _Place(territory.id, directory.agency(above, on).id)
    except (AgencyUnknown, AgencyCodeInvalid) as refusal:
        faults["parent"] = sentence_of(refusal)
        return None
