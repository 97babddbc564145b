"""The steering desk: each number opens to its dossiers."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from motcua.dossiers import queries
from motcua.dossiers.queries import Nearness, Steering
from motcua.kernel.authority import ANYWHERE
from motcua.oversight import queries as oversight
from motcua.web.kit.components import Cell, Column, Crumb, Option, Page, Rows, Tab
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.addresses import cursor, with_query
from motcua.web.office.oversight.choice import NOBODY, SLUGS, TROUBLES, Choice, choice_of, list_of
from motcua.web.office.views.inbox import list_keys, table_of
from motcua.web.office.words import agency_name


@officers_only("oversight.read")
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What is late, what will be, what stands still, who holds how much, where it waits."""
    choice = choice_of(request)
    found = queries.steering(actor=choice.actor, agency_id=choice.agency_id, stuck_after_days=choice.days)
    context = {
        "choice": choice,
        "agency_options": [Option(one.code, agency_name(one)) for one in choice.agencies],
        "open": found.open,
        "open_url": _list_url(choice),
        "groups": _groups(choice, found),
        "troubles": _troubles(choice),
        "workload": _workload(choice, found),
        "steps": _steps(choice, found),
        "figures_url": f"{reverse('office:figures')}?{choice.query()}",
        "outlook_url": f"{reverse('office:outlook')}?{choice.query()}",
        "may_direct": choice.actor.may("oversight.direct", choice.agency_id or ANYWHERE),
        "new_directive_url": f"{reverse('office:new_directive')}?{choice.query()}",
        "keys": list_keys(),
    }
    return render(request, "office/oversight/desk.html", context)


@officers_only("oversight.read")
@require_GET
def dossiers(request: HttpRequest) -> HttpResponse:
    """The dossiers behind a number of the desk, nearest term first, and how they were counted."""
    choice = choice_of(request)
    after = cursor(request)
    box, filters = list_of(choice)
    found = queries.inbox(actor=choice.actor, box=box, filters=filters, after=after)
    next_url = with_query(request, {"sau": found.after}) if found.after else ""
    slug = next((slug for slug, group in SLUGS.items() if group is choice.group), "")
    slug = next((slug for slug, key in TROUBLES.items() if key == choice.trouble), slug)
    context = {
        "title": _title(choice),
        "rule": _trouble_rule(choice) if choice.trouble else _rule(choice.group, choice.days),
        "narrowed": _narrowed(choice),
        "rows": table_of(choice.actor, found.rows) if found.rows else None,
        "pager": Page(next_url, with_query(request, {"sau": None}) if after else "", len(found.rows)),
        "files": [
            (
                name,
                with_query(
                    request, {"hop": "dieu-hanh", "nhom": slug, "sau": None}, path=reverse(f"office:{view}")
                ),
            )
            for name, view in (("CSV", "dossiers_csv"), ("XLSX", "dossiers_xlsx"))
        ],
        "crumbs": [
            Crumb(gettext("Điều hành"), f"{reverse('office:steering')}?{choice.query()}"),
            Crumb(gettext("Danh sách")),
        ],
        "keys": list_keys(),
    }
    return render(request, "office/oversight/dossiers.html", context)


def _list_url(choice: Choice, **more: str) -> str:
    return f"{reverse('office:steered')}?{choice.query(**more)}"


def _groups(choice: Choice, found: Steering) -> list[Tab]:
    return [
        Tab(_name(group, choice.days), _list_url(choice, nhom=slug), count=found.counts[group])
        for slug, group in SLUGS.items()
    ]


def _troubles(choice: Choice) -> list[Tab]:
    held = queries.steering_filters(actor=choice.actor, agency_id=choice.agency_id)[Nearness.LATE].agency_ids
    lists = oversight.troubles(actor=choice.actor, agency_ids=held, days=choice.days)
    return [
        Tab(
            _trouble_name(key, choice.days),
            _list_url(choice, nhom=slug),
            count=queries.count_of(actor=choice.actor, box=lists[key][0], filters=lists[key][1]),
        )
        for slug, key in TROUBLES.items()
    ]


def _title(choice: Choice) -> str:
    if choice.trouble:
        return _trouble_name(choice.trouble, choice.days)
    return _name(choice.group, choice.days) if choice.group else gettext("Hồ sơ đang mở")


def _trouble_name(key: str, days: int) -> str:
    names = {
        "unreturned": gettext("Có kết quả, chưa trả từ %(days)s ngày") % {"days": days},
        "unacknowledged": gettext("Bàn giao chưa được nhận"),
        "untold": gettext("Thông báo không gửi được"),
    }
    return names[key]


def _trouble_rule(choice: Choice) -> str:
    rules = {
        "unreturned": gettext("Hồ sơ đã có kết quả quá %(days)s ngày mà chưa đến tay người nộp.")
        % {"days": choice.days},
        "unacknowledged": gettext(
            "Hồ sơ chuyển sang cơ quan mới do sắp xếp đơn vị, cơ quan mới chưa xác nhận."
        ),
        "untold": gettext("Hồ sơ có thư thông báo gửi chưa thành công; người nộp có thể chưa biết."),
    }
    return rules[choice.trouble]


def _name(group: Nearness, days: int) -> str:
    names = {
        Nearness.LATE: gettext("Đã quá hạn"),
        Nearness.TODAY: gettext("Đến hạn hôm nay"),
        Nearness.IN_1: gettext("Còn 1 ngày làm việc"),
        Nearness.IN_2: gettext("Còn 2 ngày làm việc"),
        Nearness.IN_3: gettext("Còn 3 ngày làm việc"),
        Nearness.STUCK: gettext("Đứng yên từ %(days)s ngày") % {"days": days},
        Nearness.WAITING: gettext("Chờ người nộp"),
    }
    return names[group]


def _rule(group: Nearness | None, days: int) -> str:
    """How the dossiers of a group were counted."""
    ahead = gettext(
        "Hồ sơ đang tính thời hạn, có hạn trả sau ngày làm việc trước đó và chậm nhất vào ngày này."
    )
    rules = {
        None: gettext("Hồ sơ chưa kết thúc của cơ quan có thẩm quyền giải quyết."),
        Nearness.LATE: gettext("Hồ sơ đang tính thời hạn, có hạn trả trước ngày hôm nay."),
        Nearness.TODAY: gettext("Hồ sơ đang tính thời hạn, có hạn trả trong ngày hôm nay."),
        Nearness.IN_1: ahead,
        Nearness.IN_2: ahead,
        Nearness.IN_3: ahead,
        Nearness.STUCK: gettext("Hồ sơ không tạm dừng mà %(days)s ngày qua không ai xử lý bước nào.")
        % {"days": days},
        Nearness.WAITING: gettext("Hồ sơ đang tạm dừng, hoặc chưa được tiếp nhận nên chưa tính thời hạn."),
    }
    return rules[group]


def _narrowed(choice: Choice) -> str:
    said = [agency_name(choice.agency) if choice.agency else "", choice.step]
    if choice.is_nobodys:
        said.append(gettext("chưa phân công"))
    return " · ".join(part for part in said if part)


def _workload(choice: Choice, found: Steering) -> Rows:
    columns = [
        Column(gettext("Cán bộ")),
        Column(gettext("Đang giữ"), is_number=True),
        Column(gettext("Quá hạn"), is_number=True),
        Column(gettext("Đến hạn trong 3 ngày"), is_number=True),
        Column(gettext("Đứng yên"), is_number=True),
    ]
    rows = []
    for one in found.workload:
        who = str(one.assignee_id) if one.assignee_id else NOBODY
        rows.append(
            [
                Cell(one.name or gettext("Chưa phân công"), _list_url(choice, can_bo=who)),
                Cell(str(one.open), _list_url(choice, can_bo=who)),
                Cell(str(one.late), _list_url(choice, can_bo=who, nhom="qua-han")),
                Cell(str(one.soon)),
                Cell(str(one.stuck), _list_url(choice, can_bo=who, nhom="dung-lai")),
            ]
        )
    return Rows(gettext("Khối lượng theo cán bộ"), columns, rows)


def _steps(choice: Choice, found: Steering) -> Rows:
    columns = [
        Column(gettext("Bước")),
        Column(gettext("Đang ở bước này"), is_number=True),
        Column(gettext("Quá thời gian của bước"), is_number=True),
        Column(gettext("Đã ở trung bình"), is_number=True),
    ]
    rows = [
        [
            Cell(one.name, _list_url(choice, buoc=one.name)),
            Cell(str(one.open), _list_url(choice, buoc=one.name)),
            Cell(str(one.overdue)),
            Cell(_span(one.waited)),
        ]
        for one in found.steps
    ]
    return Rows(gettext("Bước dồn việc"), columns, rows)


def _span(waited: timedelta | None) -> str:
    if waited is None:
        return "–"
    hours = int(waited.total_seconds() // 3600)
    if hours < 48:
        return ngettext("%(n)s giờ", "%(n)s giờ", hours) % {"n": hours}
    return ngettext("%(n)s ngày", "%(n)s ngày", hours // 24) % {"n": hours // 24}
