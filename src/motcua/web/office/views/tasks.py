"""My work: what waits for this person in every role they hold, nearest term first; and how much of it, for the header."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.dossiers import queries
from motcua.dossiers.queries import Task
from motcua.dossiers.words import DUTY_NAMES, MOVES, MoveKey, MovePlace
from motcua.kernel.authority import Actor
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Cell, Column, Page, Rows, Tab, Tone
from motcua.web.kit.officers import clocks
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import cursor, with_query
from motcua.web.kit.officers.holders import holders_of
from motcua.web.office.views.inbox import list_keys

#: Trays where a kind of work is done for many at once.
_TRAYS = {
    MoveKey.APPROVE: "office:tray",
    MoveKey.SIGN: "office:tray",
    MoveKey.NUMBER_AND_SEAL: "office:results",
    MoveKey.ISSUE: "office:results",
    MoveKey.SEAL_CORRECTION: "office:results",
    MoveKey.ANSWER_CONSULTATION: "office:consultations",
}


@officers_only()
@require_GET
def tasks(request: HttpRequest) -> HttpResponse:
    """All of it, or one kind (`viec`), which goes on page by page."""
    actor = actor_of(request)
    duties = queries.duties_of(actor)
    if not duties:
        return HttpResponseRedirect(reverse("office:inbox"))
    chosen = _chosen(request, duties)
    after = cursor(request) if chosen else None
    found = queries.tasks(actor=actor, duty=chosen, after=after)
    counts = queries.task_counts(actor=actor)
    total = sum(counts.values())
    next_url = with_query(request, {"sau": found.after}) if found.after else ""
    context = {
        "kinds": _kinds(counts, chosen, total),
        "chosen": gettext(DUTY_NAMES[chosen]) if chosen else "",
        "tray": reverse(_TRAYS[chosen]) if chosen in _TRAYS else "",
        "total": _said(total),
        "rows": _table(actor, found.rows) if found.rows else None,
        "is_more": found.is_more and chosen is None,
        "pager": Page(next_url, with_query(request, {"sau": None}) if after else "", len(found.rows)),
        "keys": list_keys(),
    }
    return render(request, "office/tasks.html", context)


@officers_only()
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """How much waits, for the header, which asks now and then; one statement."""
    counts = queries.task_counts(actor=actor_of(request))
    answer = JsonResponse({"total": sum(counts.values()), "shown": _said(sum(counts.values()))})
    answer.headers["Cache-Control"] = "private, max-age=10"
    return answer


def _chosen(request: HttpRequest, duties: tuple[MoveKey, ...]) -> MoveKey | None:
    text = request.GET.get("viec", "").replace("-", "_")
    return next((duty for duty in duties if duty.value == text), None)


def _kinds(counts: Mapping[MoveKey, int], chosen: MoveKey | None, total: int) -> list[Tab]:
    home = reverse("office:tasks")
    tabs = [Tab(gettext("Mọi việc"), home, chosen is None, _said(total))]
    for duty, count in counts.items():
        url = f"{home}?{urlencode({'viec': duty.value.replace('_', '-')})}"
        tabs.append(Tab(gettext(DUTY_NAMES[duty]), url, duty is chosen, _said(count)))
    return tabs


def _said(count: int) -> str:
    """A number that was counted only so far says so."""
    return f"{queries.MOST_COUNTED}+" if count >= queries.MOST_COUNTED else str(count)


def _table(actor: Actor, tasks: Sequence[Task]) -> Rows:
    holders = holders_of(actor, [task.row for task in tasks])
    columns = [
        Column(gettext("Hạn trả")),
        Column(gettext("Việc")),
        Column(gettext("Mã hồ sơ"), is_code=True),
        Column(gettext("Người nộp")),
        Column(gettext("Thủ tục")),
        Column(gettext("Ở tay ai")),
    ]
    return Rows(
        gettext("Việc đang chờ, xếp theo hạn"),
        columns,
        [_cells(task, holders[task.row.id]) for task in tasks],
    )


def _cells(task: Task, holder: str) -> list[Cell]:
    row = task.row
    due, tone = clocks.due_words(row)
    return [
        Cell(due or "—", tone=tone if tone in {Tone.LATE, Tone.SOON, Tone.QUIET} else None),
        Cell(gettext(DUTY_NAMES[task.duty])),
        Cell(row.code or gettext("chưa có mã"), _address(task)),
        Cell(row.applicant_name),
        Cell(row.procedure_title),
        Cell(gettext("Tôi") if task.duty is MoveKey.ANSWER_CONSULTATION else holder),
    ]


def _address(task: Task) -> str:
    """Where this work is done: at the desk what is done face to face, else the dossier's page."""
    if MovePlace.OFFICE in MOVES[task.duty].places or task.duty is MoveKey.ANSWER_CONSULTATION:
        return reverse("office:dossier", args=[task.row.id])
    return reverse("counter:dossier", args=[task.row.id])
