"""A province's list printed as text: "THỦ TỤC 1: …", then numbered headings, each with what it says on the lines below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from motcua.catalogue.rules.national.lists import ListedProcedure, UnreadRow
from motcua.catalogue.rules.national.record import CODE

_BEGINS = re.compile(r"^\s*THỦ TỤC \d+\s*:\s*(?P<title>.*)$")
_HEADING = re.compile(
    r"^\s*(?:\d+\.\s*)?(?P<name>Mã thủ tục|Lĩnh vực|Thông tin công bố|Cách thức nộp trực tuyến|Thời hạn giải quyết|Mức trực tuyến"
    r"|Lệ phí|Phí|Cơ quan thực hiện|Cơ quan có thẩm quyền quyết định|Đối tượng thực hiện|Cách thức thực hiện|Điều kiện thực hiện"
    r"|Số bộ hồ sơ|Kết quả thực hiện|Địa chỉ tiếp nhận hồ sơ|Mẫu đơn, tờ khai|Trình tự thực hiện|Thành phần hồ sơ"
    r"|Căn cứ pháp lý)\s*$"
)
_DECISION = re.compile(r"Số QĐ:\s*(\S+)")


def is_printed_list(start: str) -> bool:
    """By the beginning of the text."""
    return _BEGINS.match(start.partition("\n")[0].rstrip("\r")) is not None and "Mã thủ tục" in start


def read_printed_list(lines: Iterable[str]) -> Iterator[ListedProcedure | UnreadRow]:
    """One value for each procedure, in order; one without a code is told with its title."""
    title, begun = "", 0
    parts: dict[str, list[str]] = {}
    into = "title"
    for number, whole in enumerate(lines, start=1):
        line = whole.rstrip("\r\n")
        begins = _BEGINS.match(line)
        if begins:
            if begun:
                yield _listed(begun, title, parts)
            title, begun, parts, into = begins["title"].strip(), number, {}, "title"
            continue
        found = _HEADING.match(line)
        if found:
            into = found["name"]
        elif line.strip() and begun:
            if into == "title":
                title = f"{title} {line.strip()}"
            else:
                parts.setdefault(into, []).append(line.strip())
    if begun:
        yield _listed(begun, title, parts)


def _listed(number: int, title: str, parts: dict[str, list[str]]) -> ListedProcedure | UnreadRow:
    code = "".join(parts.get("Mã thủ tục", [])[:1])
    if not CODE.match(code) or not title:
        return UnreadRow(number, f"{code} | {title}")
    decision = _DECISION.search(" ".join(parts.get("Thông tin công bố", [])))
    return ListedProcedure(
        code=code,
        title=title,
        issuer=decision[1] if decision else "",
        executor=" ".join(parts.get("Cơ quan thực hiện", [])),
        field=" ".join(parts.get("Lĩnh vực", [])),
    )
