"""What lies ahead and why: forecast of lateness, slow steps, who holds interlinked dossiers. Every figure says how it came."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from motcua.oversight import queries
from motcua.oversight.queries import HolderTime, Outlook, StepTime
from motcua.web.kit.components import Cell, Column, Crumb, Option, Rows, Tone
from motcua.web.kit.officers.access import officers_only
from motcua.web.office.oversight.choice import Choice, choice_of
from motcua.web.office.words import agency_name

_MINUTES_A_DAY = 480


@officers_only("oversight.read")
@require_GET
def outlook(request: HttpRequest) -> HttpResponse:
    """The forecast, the necks of the bottle, and the holders of interlinked dossiers."""
    choice = choice_of(request)
    unit = _unit(choice)
    found = queries.outlook_of(actor=choice.actor, unit=unit, is_folded=choice.is_folded) if unit else None
    steps, passed = queries.slow_steps(actor=choice.actor, agency_id=choice.agency_id)
    held, shared = queries.holders(actor=choice.actor, agency_id=choice.agency_id)
    context = {
        "choice": choice,
        "agency_options": [Option(one.code, agency_name(one)) for one in choice.agencies],
        "needs_agency": not unit,
        "found": found,
        "forecast": _forecast(found) if found and found.rows else None,
        "test": _test_words(found) if found else "",
        "steps": _steps(steps) if steps else None,
        "passed": passed,
        "held": _held(held) if held else None,
        "shared": shared,
        "crumbs": [
            Crumb(gettext("Điều hành"), f"{reverse('office:steering')}?{choice.query()}"),
            Crumb(gettext("Dự báo và điểm nghẽn")),
        ],
    }
    return render(request, "office/oversight/outlook.html", context)


def _unit(choice: Choice) -> str:
    """Whose forecast: the agency chosen, the only one overseen, or the province for who sees all of it."""
    if choice.agency:
        return choice.agency.code
    if queries.sees_everything(choice.actor):
        return next(iter(queries.provinces()), "")
    return choice.agencies[0].code if len(choice.agencies) == 1 else ""


def _forecast(found: Outlook) -> Rows:
    columns = [
        Column(gettext("Thủ tục")),
        Column(gettext("Đang giải quyết"), is_number=True),
        Column(gettext("Đã quá hạn"), is_number=True),
        Column(gettext("Dự báo sẽ trễ thêm"), is_number=True),
        Column(gettext("Dựa trên (hồ sơ)"), is_number=True),
    ]
    rows = []
    for one in found.rows[:30]:
        base = queries.count_text(one.alike) if one.alike else queries.NOTHING
        rows.append(
            [
                Cell(one.procedure),
                Cell(queries.count_text(one.open)),
                Cell(queries.count_text(one.late_already)),
                Cell(queries.NOTHING if one.expected is None else queries.grouped(f"{one.expected:.1f}")),
                Cell(f"{base} *" if one.of_all and one.alike else base),
            ]
        )
    return Rows(gettext("Dự báo trễ hạn theo thủ tục"), columns, rows)


def _test_words(found: Outlook) -> str:
    """How far the forecast can be trusted, said in one sentence."""
    test = found.test
    if not test.came or test.error_percent is None:
        return gettext("Chưa đủ hồ sơ đã kết thúc để kiểm tra lại dự báo.")
    said = gettext(
        "Kiểm tra lại trên %(days)s ngày đã qua: dự báo %(expected)s hồ sơ trễ, thực tế %(came)s; "
        "mỗi ngày lệch trung bình %(error)s hồ sơ (%(percent)s %% số trễ)."
    )
    return said % {
        "days": test.days,
        "expected": queries.grouped(f"{test.expected:.0f}"),
        "came": queries.count_text(test.came),
        "error": queries.grouped(f"{test.mean_error:.1f}"),
        "percent": queries.grouped(f"{test.error_percent:.0f}"),
    }


def _steps(found: list[StepTime]) -> Rows:
    columns = [
        Column(gettext("Bước")),
        Column(gettext("Đã qua bước"), is_number=True),
        Column(gettext("Trung vị thời gian ở bước"), is_number=True),
        Column(gettext("Thời gian của bước"), is_number=True),
        Column(gettext("Quá thời gian"), is_number=True),
        Column(gettext("Nhận xét")),
    ]
    rows = [
        [
            Cell(one.step),
            Cell(queries.count_text(one.passed)),
            Cell(_span(one.median_spent)),
            Cell(_span(one.median_allowed)),
            Cell(queries.count_text(one.late)),
            _remark(one),
        ]
        for one in found
    ]
    return Rows(gettext("Thời gian ở từng bước"), columns, rows)


def _remark(one: StepTime) -> Cell:
    if one.median_allowed is None:
        return Cell(gettext("không có hạn riêng"))
    if one.pressure > 1:
        return Cell(gettext("điểm nghẽn"), tone=Tone.LATE)
    if one.late * 4 > one.passed:
        return Cell(gettext("hay quá thời gian"), tone=Tone.SOON)
    return Cell(gettext("trong thời gian"))


def _held(found: list[HolderTime]) -> Rows:
    columns = [
        Column(gettext("Cơ quan")),
        Column(gettext("Số hồ sơ có giữ"), is_number=True),
        Column(gettext("Trung bình mỗi hồ sơ"), is_number=True),
        Column(gettext("Phần trong tổng thời gian"), is_number=True),
    ]
    rows = [
        [
            Cell(agency_name(one.agency)),
            Cell(queries.count_text(one.held.dossiers)),
            Cell(_span(one.held.minutes / one.held.dossiers)),
            Cell(queries.grouped(f"{one.share:.1f}") + " %"),
        ]
        for one in found
    ]
    return Rows(gettext("Thời gian giữ hồ sơ liên thông"), columns, rows)


def _span(minutes: float | None) -> str:
    """Office time as people say it: working days of eight hours, hours below two days."""
    if minutes is None:
        return queries.NOTHING
    if minutes < 60:
        return ngettext("%(n)s phút", "%(n)s phút", round(minutes)) % {"n": round(minutes)}
    if minutes < 2 * _MINUTES_A_DAY:
        hours = queries.grouped(f"{minutes / 60:.1f}")
        return ngettext("%(n)s giờ làm việc", "%(n)s giờ làm việc", 2) % {"n": hours}
    days = queries.grouped(f"{minutes / _MINUTES_A_DAY:.1f}")
    return ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", 2) % {"n": days}
