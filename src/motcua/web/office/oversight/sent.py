"""Plans of reports and the archive of what was sent: shown again from what was kept, byte for byte as files."""

from __future__ import annotations

import re
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.kernel.authority import Actor
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused
from motcua.oversight import queries, services
from motcua.oversight.queries import Rhythm, SentView
from motcua.web.kit import when
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Cell, Column, Crumb, Fault, Option, Rows, SummaryRow
from motcua.web.kit.errors import sentence_of
from motcua.web.kit.officers.access import officers_only
from motcua.web.office.oversight.figures import drawn_charts, units_of


@officers_only("oversight.read")
@require_http_methods(["GET", "POST"])
def reports(request: HttpRequest) -> HttpResponse:
    """The running plans, a form for a new one, and the newest reports sent."""
    actor = actor_of(request)
    fault = ""
    if request.method == "POST":
        try:
            services.plan_report(
                actor=actor,
                unit=request.POST.get("unit", ""),
                rhythm=_rhythm(request.POST.get("rhythm", "")),
                recipients=re.split(r"[\s,;]+", request.POST.get("recipients", "")),
                is_folded=request.POST.get("is_folded") == "1",
                language="en" if (get_language() or "vi").startswith("en") else "vi",
            )
        except (OutOfScope, PermissionRefused):
            raise
        except DomainError as refusal:
            fault = sentence_of(refusal)
        else:
            messages.success(
                request, gettext("Đã đặt lịch. Báo cáo của kỳ gần nhất được gửi trong vòng một giờ.")
            )
            return HttpResponseRedirect(reverse("office:sent_reports"))
    context = _context(request, actor) | {
        "fault": fault,
        "faults": [Fault("f-recipients", fault)] if fault else [],
    }
    return render(request, "office/oversight/reports.html", context, status=422 if fault else 200)


@officers_only("oversight.read")
@require_POST
def end(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """Send no more by this plan."""
    services.end_plan(actor=actor_of(request), plan_id=plan_id)
    messages.success(request, gettext("Đã dừng lịch gửi. Báo cáo đã gửi vẫn được giữ."))
    return HttpResponseRedirect(reverse("office:sent_reports"))


@officers_only("oversight.read")
@require_GET
def report(request: HttpRequest, sent_id: UUID) -> HttpResponse:
    """A report as it was sent, with its files and how its letters fared."""
    view = queries.sent_report(actor=actor_of(request), sent_id=sent_id)
    context = {
        "view": view,
        "facts": _facts(view),
        "tables": [_table(one["title"], one["head"], one["body"]) for one in view.content["tables"]],
        "charts": drawn_charts(view.charts),
        "files": [
            (one["filename"], reverse("office:sent_file", args=[view.id, one["filename"]]))
            for one in view.files
        ],
        "crumbs": [
            Crumb(gettext("Điều hành"), reverse("office:steering")),
            Crumb(gettext("Lịch gửi và kho báo cáo"), reverse("office:sent_reports")),
            Crumb(view.content["subject"]),
        ],
    }
    return render(request, "office/oversight/sent_report.html", context)


@officers_only("oversight.read")
@require_GET
def file(request: HttpRequest, sent_id: UUID, name: str) -> FileResponse:
    """One of its files."""
    kind, stream = queries.open_sent_file(actor=actor_of(request), sent_id=sent_id, filename=name)
    return FileResponse(stream, as_attachment=True, filename=name, content_type=kind)


def _context(request: HttpRequest, actor: Actor) -> dict[str, object]:
    units = units_of(actor)
    names = {one.value: one.label for one in units}
    plans = queries.plans(actor=actor)
    sent = queries.sent_reports(actor=actor)
    return {
        "plans": [(one, names.get(one.unit, one.unit), _rhythm_words(one.rhythm)) for one in plans],
        "sent": _sent_table(sent, names) if sent else None,
        "units": units,
        "foldings": [
            Option("0", gettext("Mỗi đơn vị giữ số của mình")),
            Option("1", gettext("Gộp đơn vị cũ vào đơn vị kế thừa")),
        ],
        "rhythms": [Option(one.value, _rhythm_words(one)) for one in Rhythm],
        "typed": request.POST,
        "crumbs": [
            Crumb(gettext("Điều hành"), reverse("office:steering")),
            Crumb(gettext("Số liệu và báo cáo"), reverse("office:figures")),
            Crumb(gettext("Lịch gửi và kho báo cáo")),
        ],
    }


def _rhythm(text: str) -> Rhythm:
    return Rhythm(text) if text in set(Rhythm) else Rhythm.MONTH


def _rhythm_words(rhythm: Rhythm) -> str:
    names = {
        Rhythm.WEEK: gettext("hằng tuần"),
        Rhythm.MONTH: gettext("hằng tháng"),
        Rhythm.QUARTER: gettext("hằng quý"),
    }
    return names[rhythm]


def _sent_table(sent: list[SentView], names: dict[str, str]) -> Rows:
    columns = [
        Column(gettext("Báo cáo")),
        Column(gettext("Kỳ")),
        Column(gettext("Lịch")),
        Column(gettext("Số liệu lúc")),
        Column(gettext("Mẫu")),
    ]
    rows = [
        [
            Cell(names.get(one.unit, one.unit), reverse("office:sent_report", args=[one.id])),
            Cell(queries.period_name(queries.parse_period(one.period))),
            Cell(_rhythm_words(one.rhythm)),
            Cell(when.short_moment(one.as_of)),
            Cell(one.template),
        ]
        for one in sent
    ]
    return Rows(gettext("Báo cáo đã gửi"), columns, rows)


def _facts(view: SentView) -> list[SummaryRow]:
    states = {
        "sent": gettext("đã gửi"),
        "failed": gettext("gửi lỗi, sẽ gửi lại"),
        "waiting": gettext("chờ gửi"),
    }
    letters = "\n".join(f"{address}: {states[state]}" for address, state in view.letters.items())
    return [
        SummaryRow(gettext("Số liệu lúc"), when.moment(view.as_of)),
        SummaryRow(gettext("Người nhận"), letters),
        SummaryRow(gettext("Mẫu báo cáo"), view.template),
        SummaryRow(gettext("Mã kiểm tra nội dung"), view.digest),
    ]


def _table(title: str, head: list[str], body: list[list[str | int | None]]) -> Rows:
    return Rows(
        title,
        [Column(name, is_number=place > 0) for place, name in enumerate(head)],
        [
            [Cell(value if isinstance(value, str) else queries.count_text(value)) for value in row]
            for row in body
        ],
    )
