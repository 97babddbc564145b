"""Soundness of a process graph, proved when a version is published: afterwards dossiers run on it unsupervised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from itertools import pairwise

from motcua.catalogue.rules.types import ProcessGraph, Step
from motcua.catalogue.words import StepKind
from motcua.kernel.calendar import Limit, LimitUnit

# Five office days in seven; a month has thirty of them. Only used to compare step times with a limit.
_PER_UNIT = {
    LimitUnit.HOUR: Decimal(1) / 8,
    LimitUnit.WORKING_DAY: Decimal(1),
    LimitUnit.CALENDAR_DAY: Decimal(5) / 7,
    LimitUnit.MONTH: Decimal(150) / 7,
}


@dataclass(frozen=True, slots=True)
class ProcessFault:
    """`code` is stable; `message` is the Vietnamese source text with `{name}` places filled from `params`."""

    code: str
    message: str
    params: tuple[tuple[str, str], ...] = ()

    def sentence(self, message: str | None = None) -> str:
        return (message or self.message).format(**dict(self.params))


def working_days(limit: Limit) -> Decimal:
    """How many working days a limit gives at the least, rounded down to hundredths."""
    return (limit.amount * _PER_UNIT[limit.unit]).quantize(Decimal("0.01"), rounding=ROUND_DOWN)


def shortest(limits: Iterable[Limit]) -> Decimal | None:
    """The tightest of several limits in working days: a process must be able to keep every one of them."""
    return min((working_days(limit) for limit in limits), default=None)


def find_faults(
    graph: ProcessGraph, *, limit_days: Decimal | None, roles: Collection[str]
) -> tuple[ProcessFault, ...]:
    """Every fault of the graph, or nothing. `limit_days` None means the law sets no limit; `roles` are the known ones."""
    if not graph.steps:
        return (ProcessFault("no_steps", "Quy trình không có bước nào."),)
    keys = {step.key for step in graph.steps}
    faults = [*_naming_faults(graph), *_step_faults(graph, keys, roles)]
    if graph.start not in keys:
        faults.append(
            _fault("unknown_start", "Bước bắt đầu {step} không có trong quy trình.", step=graph.start)
        )
        return tuple(faults)
    faults += _path_faults(graph, keys)
    if limit_days is not None:
        total = longest_path_days(graph)
        if total > limit_days:
            faults.append(
                _fault(
                    "over_limit",
                    "Tổng thời gian các bước là {total} ngày làm việc, vượt thời hạn {limit} ngày làm việc.",
                    total=_days(total),
                    limit=_days(limit_days),
                )
            )
    return tuple(faults)


def longest_path_days(graph: ProcessGraph) -> Decimal:
    """Working days on the longest way from the start to an end, each step counted once.

    Steps that can be repeated by sending back form one group (strongly connected), counted whole: the result is
    never less than the longest way that visits no step twice.
    """
    ways = {step.key: [name for name in step.next if _has(graph, name)] for step in graph.steps}
    days = {step.key: step.days for step in graph.steps}
    group_of = _groups(ways)
    totals: dict[int, Decimal] = {}
    for key, group in group_of.items():
        totals[group] = totals.get(group, Decimal(0)) + days[key]
    onward: dict[int, set[int]] = {group: set() for group in totals}
    for key, names in ways.items():
        onward[group_of[key]] |= {group_of[name] for name in names} - {group_of[key]}
    # Groups are numbered so that every way leads from a higher to a lower number (Tarjan's order).
    best: dict[int, Decimal] = {}
    for group in sorted(totals):
        best[group] = totals[group] + max((best[later] for later in onward[group]), default=Decimal(0))
    return best[group_of[graph.start]]


def standard_process(limit_days: Decimal | None) -> ProcessGraph:
    """The statutory sequence (Decree 61/2018 arts 15-20, kept by Decree 118/2025) with the limit shared out.

    Used for procedures nobody has drawn a process for yet; without a limit the steps have no times of their own.
    """
    whole = limit_days if limit_days is not None else Decimal(0)

    def share(part: str) -> Decimal:
        return (whole * Decimal(part)).quantize(Decimal("0.01"), rounding=ROUND_DOWN)

    rows = (
        ("receive", "Tiếp nhận hồ sơ", "Receive", StepKind.RECEIVE, "reception", "0.05"),
        ("assign", "Phân công xử lý", "Assign", StepKind.ASSIGN, "assigner", "0.05"),
        ("appraise", "Thẩm định hồ sơ", "Appraise", StepKind.APPRAISE, "case_officer", "0.6"),
        ("submit", "Trình ký", "Submit for signature", StepKind.SUBMIT, "case_officer", "0.1"),
        ("sign", "Ký kết quả", "Sign", StepKind.SIGN, "leader", "0.1"),
        ("number", "Lấy số, đóng dấu", "Number and seal", StepKind.NUMBER, "seal_clerk", "0.1"),
        ("return", "Trả kết quả", "Return the result", StepKind.RETURN, "return_officer", "0"),
    )
    later = {row[0]: follower[0] for row, follower in pairwise(rows)}
    steps = tuple(
        Step(key, name, kind, role, share(part), (later[key],) if key in later else (), name_en=english)
        for key, name, english, kind, role, part in rows
    )
    return ProcessGraph(start="receive", steps=steps)


def _naming_faults(graph: ProcessGraph) -> list[ProcessFault]:
    keys = Counter(step.key for step in graph.steps)
    names = Counter(step.name.strip().casefold() for step in graph.steps)
    faults = [
        _fault("repeated_key", "Mã bước {step} dùng nhiều lần.", step=key) for key, n in keys.items() if n > 1
    ]
    faults += [
        _fault("repeated_name", "Tên bước “{name}” dùng nhiều lần.", name=name)
        for name, n in names.items()
        if n > 1
    ]
    faults += [
        _fault("no_name", "Bước {step} chưa có tên.", step=step.key)
        for step in graph.steps
        if not step.name.strip()
    ]
    return faults


def _step_faults(graph: ProcessGraph, keys: set[str], roles: Collection[str]) -> list[ProcessFault]:
    faults: list[ProcessFault] = []
    for step in graph.steps:
        if not step.role:
            faults.append(_fault("no_role", "Bước “{name}” chưa có vai trò thực hiện.", name=step.name))
        elif step.role not in roles:
            faults.append(
                _fault(
                    "unknown_role",
                    "Bước “{name}” giao cho vai trò không có: {role}.",
                    name=step.name,
                    role=step.role,
                )
            )
        if step.days < 0:
            faults.append(_fault("negative_days", "Thời gian của bước “{name}” nhỏ hơn 0.", name=step.name))
        faults += [
            _fault("unknown_next", "Bước “{name}” dẫn tới bước không có: {step}.", name=step.name, step=name)
            for name in dict.fromkeys(step.next)
            if name not in keys
        ]
    return faults


def _path_faults(graph: ProcessGraph, keys: set[str]) -> list[ProcessFault]:
    ways = {step.key: [name for name in step.next if name in keys] for step in graph.steps}
    back: dict[str, list[str]] = {key: [] for key in keys}
    for key, names in ways.items():
        for name in names:
            back[name].append(key)
    names_of = {step.key: step.name for step in graph.steps}
    faults: list[ProcessFault] = []
    starts = [step for step in graph.steps if step.kind is StepKind.RECEIVE]
    if [step.key for step in starts] != [graph.start]:
        faults.append(_fault("one_start", "Quy trình phải có đúng một bước tiếp nhận và bắt đầu từ bước đó."))
    ends = [step.key for step in graph.steps if not step.next]
    if not ends:
        faults.append(_fault("no_end", "Quy trình không có bước kết thúc."))
    wrong_ends = [step.name for step in graph.steps if not step.next and step.kind is not StepKind.RETURN]
    faults += [
        _fault("end_without_return", "Quy trình kết thúc ở bước “{name}” mà không trả kết quả.", name=n)
        for n in wrong_ends
    ]
    reached = _reach([graph.start], ways)
    faults += [
        _fault("unreachable", "Không có đường tới bước “{name}”.", name=names_of[key])
        for key in ways
        if key not in reached
    ]
    ending = _reach(ends, back)
    faults += [
        _fault("dead_end", "Từ bước “{name}” không đi tới được bước kết thúc.", name=names_of[key])
        for key in ways
        if key not in ending
    ]
    return faults


def _reach(begin: Iterable[str], ways: dict[str, list[str]]) -> set[str]:
    seen: set[str] = set()
    ahead = list(begin)
    while ahead:
        key = ahead.pop()
        if key not in seen:
            seen.add(key)
            ahead += ways.get(key, [])
    return seen


def _groups(ways: dict[str, list[str]]) -> dict[str, int]:
    """Strongly connected groups, numbered in reverse topological order (Tarjan 1972, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    group: dict[str, int] = {}
    count = 0
    for root in ways:
        work = [(root, 0)] if root not in index else []
        while work:
            key, at = work.pop()
            if at == 0:
                index[key] = low[key] = len(index)
                stack.append(key)
            for position in range(at, len(ways[key])):
                name = ways[key][position]
                if name not in index:
                    work += [(key, position + 1), (name, 0)]
                    break
                if name not in group:
                    low[key] = min(low[key], index[name])
            else:
                if low[key] == index[key]:
                    while True:
                        member = stack.pop()
                        group[member] = count
                        if member == key:
                            break
                    count += 1
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[key])
    return group


def _has(graph: ProcessGraph, key: str) -> bool:
    return any(step.key == key for step in graph.steps)


def _fault(code: str, message: str, **params: str) -> ProcessFault:
    return ProcessFault(code, message, tuple(params.items()))


def _days(amount: Decimal) -> str:
    return format(amount.normalize(), "f").replace(".", ",")
