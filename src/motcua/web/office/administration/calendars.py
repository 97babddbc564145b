"""Working calendars: hours of an agency, and days decided otherwise; what a decision moves is shown before it is made."""

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
from motcua.directory.queries import AgencyView, HoursView
from motcua.dossiers import queries as dossiers
from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Fault, Option
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.templatetags.kit import field_id
from motcua.web.office.administration import words
from motcua.web.office.administration.agencies import known_agency
from motcua.web.office.administration.typed import day_of, hours_of, hours_words, text_of, typed_day


@dataclass(frozen=True, slots=True)
class _Decision:
    """A day as the administrator wants it."""

    day: date
    is_worked: bool
    name: str
    source: str


@officers_only("directory.manage")
@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest, agency_id: UUID | None = None) -> HttpResponse:
    """Hours and days of one agency, or the days decided for everybody. `act`: `hours`, `look` (preview), `decide`."""
    actor = actor_of(request)
    agency = known_agency(agency_id) if agency_id else None
    faults: dict[str, str] = {}
    decision, moved = None, None
    act = request.POST.get("act", "")
    if act == "hours" and agency is not None:
        if _set_hours(request, actor, agency, faults):
            messages.success(request, gettext("Đã ghi giờ làm việc. Hạn của hồ sơ đang mở được tính lại."))
            return HttpResponseRedirect(_address(agency))
    elif act in {"look", "decide"}:
        decision = _decision(request, faults)
        if decision is not None and act == "decide":
            _decide(actor, agency, decision)
            messages.success(
                request,
                gettext("Đã ghi ngày này. Hạn của hồ sơ đang mở được tính lại, nhật ký ghi rõ lý do."),
            )
            return HttpResponseRedirect(_address(agency))
        if decision is not None:
            moved = dossiers.terms_if(
                actor=actor,
                agency_id=agency.id if agency else None,
                day=decision.day,
                is_worked=decision.is_worked,
            )
    return _page(request, actor, agency, faults, decision, moved)


@officers_only("directory.manage")
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, override_id: UUID) -> HttpResponse:
    """Take a decided day back: what it would move, then the reason."""
    actor = actor_of(request)
    decided, agency_id = directory.decided_day(actor=actor, override_id=override_id)
    agency = known_agency(agency_id) if agency_id else None
    fault = ""
    if request.method == "POST":
        try:
            services.withdraw_day(
                actor=actor, override_id=override_id, reason=text_of(request.POST, "reason")
            )
        except (PermissionRefused, OutOfScope):
            raise
        except DomainError as refusal:
            is_empty = refusal.code == "directory.name_missing"
            fault = (
                gettext("Ghi lý do rút; nhật ký của từng hồ sơ sẽ nêu.") if is_empty else sentence_of(refusal)
            )
        else:
            messages.success(request, gettext("Đã rút quyết định. Hạn của hồ sơ đang mở được tính lại."))
            return HttpResponseRedirect(_address(agency))
    context = {
        "day": decided,
        "agency": agency,
        "back_url": _address(agency),
        "moved": dossiers.terms_if(actor=actor, agency_id=agency_id, day=decided.day, is_worked=None),
        "fault": fault,
        "faults": {"reason": fault} if fault else None,
        "typed": text_of(request.POST, "reason"),
    }
    return render(request, "office/administration/withdraw.html", context, status=422 if fault else 200)


def _address(agency: AgencyView | None) -> str:
    return reverse("office:agency_calendar", args=[agency.id]) if agency else reverse("office:calendar")


def _page(
    request: HttpRequest,
    actor: Actor,
    agency: AgencyView | None,
    faults: dict[str, str],
    decision: _Decision | None,
    moved: dossiers.TermsMoved | None,
) -> HttpResponse:
    days = directory.decided_days(actor=actor, agency_id=agency.id if agency else None)
    hours = directory.office_hours(actor=actor, agency_id=agency.id) if agency else ()
    today = clock.today()
    context = {
        "agency": agency,
        "rooms": words.rooms("calendar"),
        "tabs": words.agency_tabs(agency, "agency_calendar") if agency else [],
        "week": _week(agency) if agency else [],
        "hours": [_hours(one) for one in hours],
        "days": [(one, one.is_own and one.day >= today) for one in days],
        "decision": decision,
        "moved": moved,
        "typed": request.POST,
        "typed_day": typed_day(request.POST, "day"),
        "typed_begin": typed_day(request.POST, "begins"),
        "weekdays": [Option(str(number), str(name)) for number, name in enumerate(words.WEEKDAYS)],
        "sorts": [
            Option("off", gettext("Ngày nghỉ")),
            Option("worked", gettext("Ngày làm việc, làm bù")),
        ],
        "wrong": faults,
        "faults": [Fault(field_id(name), message) for name, message in faults.items()],
    }
    return render(request, "office/administration/calendar.html", context, status=422 if faults else 200)


def _week(agency: AgencyView) -> list[tuple[str, str]]:
    week = directory.calendar_of(agency.id).weekday_hours
    return [(str(name), hours_words(intervals)) for name, intervals in zip(words.WEEKDAYS, week, strict=True)]


def _hours(one: HoursView) -> tuple[str, str, str, str]:
    """Weekday, hours, validity, by whom and why."""
    place = one.place or gettext("cơ quan này")
    return (
        str(words.WEEKDAYS[one.weekday]),
        hours_words(one.intervals),
        words.validity_words(one.begins_on, one.ends_on),
        f"{place} · {one.source}",
    )


def _set_hours(request: HttpRequest, actor: Actor, agency: AgencyView, faults: dict[str, str]) -> bool:
    post = request.POST
    weekday, intervals = text_of(post, "weekday"), hours_of(text_of(post, "hours"))
    begins_on, source = day_of(post, "begins", faults), text_of(post, "hours_source")
    if weekday not in {"0", "1", "2", "3", "4", "5", "6"}:
        faults["weekday"] = gettext("Chọn ngày trong tuần.")
    if intervals is None:
        faults["hours"] = gettext("Viết giờ như 07:30–11:30, 13:30–17:30; để trống nếu không làm việc.")
    if not source:
        faults["hours_source"] = gettext("Ghi văn bản quy định giờ làm việc.")
    if faults or begins_on is None or intervals is None:
        return False
    try:
        services.set_office_hours(
            actor=actor,
            agency_id=agency.id,
            weekday=int(weekday),
            intervals=intervals,
            begins_on=begins_on,
            source=source,
        )
    except (PermissionRefused, OutOfScope):
        raise
    except DomainError as refusal:
        faults["hours"] = sentence_of(refusal)
    return not faults


def _decision(request: HttpRequest, faults: dict[str, str]) -> _Decision | None:
    post = request.POST
    day, sort = day_of(post, "day", faults), text_of(post, "sort")
    name, source = text_of(post, "name"), text_of(post, "source")
    if sort not in {"off", "worked"}:
        faults["sort"] = gettext("Chọn nghỉ hay làm việc.")
    if not name:
        faults["name"] = gettext("Ghi tên ngày, ví dụ: Làm bù ngày 02/01.")
    if not source:
        faults["source"] = gettext("Ghi văn bản quyết định; nhật ký của từng hồ sơ sẽ nêu văn bản này.")
    if faults or day is None:
        return None
    return _Decision(day, sort == "worked", name, source)


def _decide(actor: Actor, agency: AgencyView | None, decision: _Decision) -> None:
    services.decide_day(
        actor=actor,
        day=decision.day,
        is_worked=decision.is_worked,
        name=decision.name,
        source=decision.source,
        agency_id=agency.id if agency else None,
    )
