"""Agencies: the list, and one of them with its codes, validity and what became of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from motcua.directory import queries as directory
from motcua.directory import services
from motcua.directory.errors import AgencyUnknown
from motcua.directory.queries import AgencyView, SuccessionView
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.kit import when
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Cell, Column, Fault, Page, Rows, SummaryRow, Tab, Tone
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import with_query
from motcua.web.office.administration import words
from motcua.web.office.administration.competence import fields_of, known_fields
from motcua.web.office.administration.typed import text_of
from motcua.web.office.words import agency_name

_FIELD_OF = {"directory.phone_invalid": "phone", "directory.email_invalid": "email"}


@officers_only("directory.manage")
@require_GET
def agencies(request: HttpRequest) -> HttpResponse:
    """All agencies by code; search, closed ones apart, keyset pages."""
    is_closed = request.GET.get("hop") == "da-ngung"
    text, after = request.GET.get("q", "").strip(), request.GET.get("sau", "")
    found = directory.agencies_listed(
        actor=actor_of(request), text=text, is_closed=is_closed, after=_cursor(after)
    )
    home = reverse("office:agencies")
    next_url = with_query(request, {"sau": found.after}) if found.after else ""
    context = {
        "rooms": words.rooms("agencies"),
        "boxes": [
            Tab(gettext("Đang hoạt động"), home, not is_closed),
            Tab(gettext("Đã ngừng"), f"{home}?hop=da-ngung", is_closed),
        ],
        "text": text,
        "is_closed": is_closed,
        "rows": _table(found.rows) if found.rows else None,
        "pager": Page(next_url, with_query(request, {"sau": None}) if after else "", len(found.rows)),
    }
    return render(request, "office/administration/agencies.html", context)


@officers_only("directory.manage")
@require_http_methods(["GET", "POST"])
def agency(request: HttpRequest, agency_id: UUID) -> HttpResponse:
    """One agency; what may change without becoming another agency is changed here: how it is reached, and (`act`:
    `competence`) what it answers for.
    """
    actor, view = actor_of(request), known_agency(agency_id)
    faults: dict[str, str] = {}
    if request.method == "POST" and request.POST.get("act") == "competence":
        services.correct_agency(
            actor=actor,
            agency_id=agency_id,
            field_codes=fields_of(request, also=view.field_codes),
            is_one_stop=request.POST.get("is_one_stop") == "1",
        )
        messages.success(request, gettext("Đã ghi thẩm quyền. Hồ sơ nộp từ bây giờ theo thẩm quyền mới."))
        return HttpResponseRedirect(reverse("office:agency", args=[agency_id]))
    if request.method == "POST":
        try:
            services.correct_agency(
                actor=actor,
                agency_id=agency_id,
                address=text_of(request.POST, "address"),
                phone=text_of(request.POST, "phone"),
                email=text_of(request.POST, "email"),
            )
        except (PermissionRefused, OutOfScope):
            raise
        except DomainError as refusal:
            faults[_FIELD_OF.get(refusal.code, "address")] = sentence_of(refusal)
        else:
            messages.success(request, gettext("Đã ghi thông tin liên hệ của cơ quan."))
            return HttpResponseRedirect(reverse("office:agency", args=[agency_id]))
    origins, heirs = directory.successions_around(actor=actor, agency_id=agency_id)
    typed = {name: text_of(request.POST, name) for name in ("address", "phone", "email")}
    context = {
        "agency": view,
        "tabs": words.agency_tabs(view, "agency"),
        "facts": _facts(view),
        "fields": known_fields(),
        "origins": [_succession(one) for one in origins],
        "heirs": [_succession(one) for one in heirs],
        "typed": typed if faults else {"address": view.address, "phone": view.phone, "email": view.email},
        "wrong": faults,
        "faults": [Fault(f"f-{name}", message) for name, message in faults.items()],
    }
    return render(request, "office/administration/agency.html", context, status=422 if faults else 200)


def known_agency(agency_id: UUID) -> AgencyView:
    """The agency of an address; one that does not exist is not found."""
    try:
        return directory.agency(agency_id)
    except AgencyUnknown:
        raise OutOfScope from None


def _cursor(text: str) -> str | None:
    code, _, key = text.partition("~")
    try:
        return f"{code}~{UUID(key)}"
    except ValueError:
        return None


def _table(rows: tuple[AgencyView, ...]) -> Rows:
    columns = [
        Column(gettext("Mã"), is_code=True),
        Column(gettext("Tên cơ quan")),
        Column(gettext("Loại")),
        Column(gettext("Địa bàn")),
        Column(gettext("Hiệu lực")),
    ]
    return Rows(gettext("Danh sách cơ quan"), columns, [_cells(row) for row in rows])


def _cells(row: AgencyView) -> list[Cell]:
    return [
        Cell(row.code, reverse("office:agency", args=[row.id])),
        Cell(agency_name(row)),
        Cell(str(words.KINDS[row.kind])),
        Cell(row.territory_name),
        Cell(words.validity_words(row.begins_on, row.ends_on), tone=Tone.QUIET if row.ends_on else None),
    ]


def _facts(view: AgencyView) -> list[SummaryRow]:
    return [
        SummaryRow(gettext("Mã (Quyết định 20/2020)"), view.code),
        SummaryRow(gettext("Mã (QCVN 102:2016)"), view.code_qcvn or gettext("không viết được theo cách này")),
        SummaryRow(gettext("Tên tiếng Anh"), view.name_en),
        SummaryRow(gettext("Loại"), str(words.KINDS[view.kind])),
        SummaryRow(gettext("Cấp"), str(words.LEVELS[view.level])),
        SummaryRow(gettext("Địa bàn"), f"{view.territory_name} ({view.territory_code})"),
        SummaryRow(gettext("Lĩnh vực phụ trách"), ", ".join(view.field_codes)),
        SummaryRow(gettext("Bộ phận Một cửa"), gettext("có") if view.is_one_stop else gettext("không")),
        SummaryRow(gettext("Hiệu lực"), words.validity_words(view.begins_on, view.ends_on)),
    ]


def _succession(one: SuccessionView) -> tuple[str, str, str]:
    """Name, address, `từ 01/07/2025 theo 15/NQ`."""
    since = gettext("từ %(day)s theo %(decision)s") % {
        "day": when.day(one.effective_on),
        "decision": one.decision,
    }
    name = f"{agency_name(one.agency)} ({one.agency.code})"
    return name, reverse("office:agency", args=[one.agency.id]), since
