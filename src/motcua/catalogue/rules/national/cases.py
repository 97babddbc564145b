"""Which headings of the component table are cases, and which only put papers in order.

The national entry has one table for everything: real cases ("Trường hợp đăng ký trên môi trường điện tử"), kinds of handing
over ("* Giấy tờ phải xuất trình"), remarks ("* Lưu ý") and no heading at all ("--") stand in it alike. Nobody can choose the case
"Lưu ý". What is no case counts for every case; where nothing else is left there is one case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from motcua.catalogue.rules.national.components import CaseGroup, ComponentLine

_BULLET = re.compile(r"^[\s*+•·–—-]+|[\s:;.,–—-]+$")
_REMARK = re.compile(r"(?:lưu ý|chú ý|ghi chú|chú thích)(?:\s*(?:chung|khác|\d+))?$", re.IGNORECASE)
_SHOWN = re.compile(
    r"(?:các )?(?:giấy tờ|hồ sơ)(?: cần)? (?:phải )?xuất trình(?!.*trường hợp)", re.IGNORECASE
)
_HANDED_IN = re.compile(
    r"(?:(?:các )?(?:giấy tờ|hồ sơ)(?: cần)? (?:phải )?nộp(?!.*trường hợp)|(?:thành phần hồ sơ|hồ sơ)?\s*(?:bao )?gồm(?: có)?"
    r"|thành phần hồ sơ|hồ sơ$)(?=$|[ (,:])(?!.*(?:trường hợp|đối với))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A row of a case; `is_remark` needs no paper, `is_shown` is only shown."""

    line: ComponentLine
    is_remark: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class TidyCase:
    """A case one can choose; `name` is empty where there is only one."""

    name: str
    lines: tuple[CaseLine, ...]


def tidy_cases(groups: Sequence[CaseGroup]) -> tuple[TidyCase, ...]:
    """The cases of a table: what is common stands in each of them, required papers before what is only remarked."""
    common: list[CaseLine] = []
    cases: dict[str, list[CaseLine]] = {}
    for group in groups:
        name = case_name(group.name)
        lines = _lines(group, name)
        if is_case(name):
            cases.setdefault(name, []).extend(lines)
        else:
            common += lines
    if len(cases) == 1 and not common:
        return (TidyCase(next(iter(cases)), _ordered(next(iter(cases.values())))),)
    if not cases:
        return (TidyCase("", _ordered(common)),)
    if common and len(cases) == 1:
        # One heading beside papers of all: it says when its papers are asked for, it is no choice between two.
        (only,) = cases.values()
        return (TidyCase("", _ordered([*common, *only])),)
    return tuple(TidyCase(name, _ordered([*common, *lines])) for name, lines in cases.items())


def case_name(heading: str) -> str:
    """The heading without the bullets and colons of a typed list."""
    return re.sub(r"\s+", " ", _BULLET.sub("", _BULLET.sub("", heading)))


def is_case(name: str) -> bool:
    """Whether somebody can say of themselves that they are this case."""
    return bool(name) and not any(one.match(name) for one in (_REMARK, _SHOWN, _HANDED_IN))


def _lines(group: CaseGroup, name: str) -> list[CaseLine]:
    is_remark, is_shown = bool(_REMARK.match(name)), bool(_SHOWN.match(name))
    return [CaseLine(line, is_remark or line.is_remark, is_shown) for line in group.lines]


def _ordered(lines: Sequence[CaseLine]) -> tuple[CaseLine, ...]:
    return tuple(sorted(lines, key=lambda one: (one.is_remark, one.is_shown)))
