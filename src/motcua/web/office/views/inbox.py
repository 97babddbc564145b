"""The inbox: what waits, by urgency. Box, group, search and filters stay in the address."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.documents import queries as documents
from motcua.dossiers import queries
from motcua.dossiers.queries import (
    Box,
    DossierRow,
    Filters,
)
from motcua.dossiers.words import (
    Urgency,
)
from motcua.kernel.authority import Actor
from motcua.web.kit.actors import actor_of
from motcua.web.kit.components import Cell, Column, Key, Option, Page, Rows, Tab, Tone
from motcua.web.kit.officers import clocks, words
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import cursor, with_query
from motcua.web.kit.officers.holders import holders_of
from motcua.web.kit.officers.searching import private_search, search_text

BOXES = {
    "": Box.WORK,
    "cua-toi": Box.MINE,
    "cho-tra": Box.RETURN,
    "phoi-hop": Box.CONSULTED,
    "tat-ca": Box.ALL,
}
GROUPS = {
    "qua-han": Urgency.OVERDUE,
    "hom-nay": Urgency.TODAY,
    "ba-ngay": Urgency.SOON,
    "con-han": Urgency.LATER,
    "cho": Urgency.WAITING,
}
#: Boxes of open work, which have a due moment to be grouped by.
_GROUPED = frozenset({Box.WORK, Box.MINE, Box.CONSULTED})


@officers_only()
@require_http_methods(["GET", "POST"])
@private_search
def inbox(request: HttpRequest) -> HttpResponse:
    """A page of the chosen box."""
    actor = actor_of(request)
    if not actor.may("dossier.read"):
        if actor.may("delegation.manage"):
            return HttpResponseRedirect(reverse("office:delegations"))
        return render(request, "office/no_work.html")
    slug = request.GET.get("hop", "")
    box = BOXES.get(slug, Box.WORK)
    group = GROUPS.get(request.GET.get("nhom", "")) if box in _GROUPED else None
    after = cursor(request)
    filters = Filters(
        text=search_text(request),
        urgency=group,
        procedure_code=request.GET.get("thu-tuc", "").strip(),
        channel=request.GET.get("kenh", ""),
    )
    found = queries.inbox(actor=actor, box=box, filters=filters, after=after)
    next_url = with_query(request, {"sau": found.after}) if found.after else ""
    context = {
        "boxes": _box_tabs(slug),
        "groups": _group_tabs(request, actor, box, group) if box in _GROUPED else [],
        "rows": table_of(actor, found.rows) if found.rows else None,
        "filters": filters,
        "slug": slug,
        "group": request.GET.get("nhom", ""),
        "is_filtered": bool(filters.text or filters.procedure_code or filters.channel),
        "clear_url": with_query(
            request, {"q": None, "tim": None, "thu-tuc": None, "kenh": None, "sau": None}
        ),
        "channels": [Option(key, str(label)) for key, label in words.CHANNELS.items()],
        "pager": Page(next_url, with_query(request, {"sau": None}) if after else "", len(found.rows)),
        "files": [
            (name, with_query(request, {"sau": None}, path=reverse(f"office:{view}")))
            for name, view in (("CSV", "dossiers_csv"), ("XLSX", "dossiers_xlsx"))
        ],
        "to_seal": _to_seal(actor),
        "keys": list_keys(),
    }
    return render(request, "office/inbox.html", context)


def _to_seal(actor: Actor) -> int:
    """Signed copies that wait for a seal the reader keeps."""
    if not actor.may("dossier.number_and_seal"):
        return 0
    return sum(documents.copies_to_seal_counts(actor=actor).values())


def table_of(actor: Actor, rows: Sequence[DossierRow]) -> Rows:
    """The rows of a box; the due moment is said and coloured, the state only said, with who must act now."""
    columns = [
        Column(gettext("Mã hồ sơ"), is_code=True),
        Column(gettext("Người nộp")),
        Column(gettext("Thủ tục")),
        Column(gettext("Đang ở")),
        Column(gettext("Hạn trả")),
    ]
    holders = holders_of(actor, rows)
    return Rows(gettext("Danh sách hồ sơ"), columns, [_cells(row, holders[row.id]) for row in rows])


def list_keys() -> list[Key]:
    """The keys of every list."""
    return [
        Key("/", gettext("Tìm")),
        Key("j k", gettext("Dòng dưới, dòng trên")),
        Key("Enter", gettext("Mở hồ sơ đang chọn")),
        Key("?", gettext("Phím tắt")),
    ]


def _cells(row: DossierRow, holder: str) -> list[Cell]:
    due, tone = clocks.due_words(row)
    place = row.step_name if row.ended_at is None and row.step_name else words.state_words(row.state)
    return [
        Cell(row.code or gettext("chưa có mã"), reverse("office:dossier", args=[row.id])),
        Cell(row.applicant_name),
        Cell(row.procedure_title),
        Cell(f"{place} · {holder}" if holder else place),
        Cell(due or "—", tone=tone if tone in {Tone.LATE, Tone.SOON, Tone.QUIET} else None),
    ]


def _box_tabs(current: str) -> list[Tab]:
    names = {
        "": gettext("Việc của cơ quan"),
        "cua-toi": gettext("Giao cho tôi"),
        "cho-tra": gettext("Chờ trả kết quả"),
        "phoi-hop": gettext("Được hỏi ý kiến"),
        "tat-ca": gettext("Tất cả"),
    }
    home = reverse("office:inbox")
    shown = current if current in BOXES else ""
    return [Tab(name, f"{home}?hop={slug}" if slug else home, slug == shown) for slug, name in names.items()]


def _group_tabs(request: HttpRequest, actor: Actor, box: Box, group: Urgency | None) -> list[Tab]:
    counts = queries.box_counts(actor=actor, box=box)
    every = with_query(request, {"nhom": None, "sau": None})
    is_more = any(count >= queries.MOST_COUNTED for count in counts.values())
    tabs = [Tab(gettext("Mọi hạn"), every, group is None, _at_least(sum(counts.values()), is_more))]
    for slug, urgency in GROUPS.items():
        url = with_query(request, {"nhom": slug, "sau": None})
        count = _at_least(counts[urgency], counts[urgency] >= queries.MOST_COUNTED)
        tabs.append(Tab(str(words.URGENCIES[urgency]), url, group is urgency, count))
    return tabs


def _at_least(count: int, is_more: bool) -> str:
    """A number that was counted only so far says so."""
    return f"{count}+" if is_more else str(count)
