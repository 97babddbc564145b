"""Words of the public board: texts of rules in the language of the reader."""

import re
from datetime import date

from django.utils.translation import gettext

from motcua.oversight.queries import (
    Fate,
    Figure,
    OnlineLevel,
    RestRow,
    excluded_of,
    formula_of,
    in_english,
    period_name,
    terms_of,
    title_of,
)

__all__ = [
    "component_note",
    "evaluation_note",
    "excluded_of",
    "formula_of",
    "in_english",
    "online_level",
    "period_name",
    "priority_list",
    "rest_of",
    "short_place",
    "terms_of",
    "title_of",
    "units_before",
]
#: What every name of a committee begins with; on a map only the place itself is written.
_BEFORE = re.compile(
    r"^(UBND|Ủy ban nhân dân)\s+|^(Thành phố|Thị xã|Huyện|Phường|Thị trấn|Xã|Đặc khu)\s+", re.IGNORECASE
)


def short_place(name: str) -> str:
    """`UBND Huyện Hương Sơn` as `Hương Sơn`; `Thành phố Hà Tĩnh` and `Thị xã Kỳ Anh` keep a letter or two."""
    bare = _BEFORE.sub("", name)
    kind, rest = bare.partition(" ")[0], _BEFORE.sub("", bare)
    if bare.lower().startswith("thành phố"):
        return f"TP {rest}"
    if bare.lower().startswith("thị xã"):
        return f"TX {rest}"
    return rest or kind


def priority_list(key: str) -> str:
    """The decision that made a list of priority services, as people know it."""
    names = {
        "06/QD-TTg-2022": gettext("Đề án 06 (Quyết định 06/QĐ-TTg năm 2022): 25 dịch vụ"),
        "422/QD-TTg-2022": gettext("Quyết định 422/QĐ-TTg năm 2022: 28 dịch vụ"),
        "206/QD-TTg-2024": gettext("Quyết định 206/QĐ-TTg năm 2024: 28 dịch vụ"),
    }
    return names.get(key, key)


def evaluation_note(number: int) -> str:
    """How one of the nine indicators is scored here, or what is missing to score it."""
    return {
        1: gettext("trước hạn 2 điểm, đúng ngày hẹn 1, quá hạn 0; trung bình mỗi hồ sơ đã giải quyết"),
        2: gettext("chưa có số liệu thời gian của từng cơ quan theo kỳ"),
        3: gettext("không quá một lần bổ sung 2 điểm, nhiều hơn 1; trung bình mỗi hồ sơ đã giải quyết"),
        4: gettext("chưa có số liệu"),
        5: gettext("chấm theo văn bản tổ chức, ngoài hệ thống"),
        6: gettext("chấm theo việc niêm yết, ngoài hệ thống"),
        7: gettext("chờ khảo sát hài lòng"),
        8: gettext("chờ phản ánh, kiến nghị"),
        9: gettext(
            "từ 20 % thủ tục và 30 % hồ sơ trực tuyến, không hồ sơ trễ: 2 điểm; từ 15 % hồ sơ: 1 điểm"
        ),
    }[number]


def online_level(level: OnlineLevel) -> str:
    """How far a procedure can be done online."""
    return {
        OnlineLevel.FULL: gettext("toàn trình"),
        OnlineLevel.PARTIAL: gettext("một phần"),
        OnlineLevel.INFORMATION: gettext("chỉ cung cấp thông tin"),
    }[level]


def component_note(key: str, figure: Figure | None) -> str:
    """Why a component of the index has no points."""
    if figure is not None:
        return gettext("không có gì để chia trong kỳ")
    catalogue = gettext("hệ thống không giữ danh mục thủ tục của tỉnh này")
    notes = {
        "1.1": gettext("cần ngày ban hành văn bản và ngày ký quyết định công bố, do cơ quan công bố giữ"),
        "1.2": gettext("cần ngày công khai trên Cơ sở dữ liệu quốc gia về thủ tục hành chính"),
        "1.3": gettext("do Cơ sở dữ liệu quốc gia về thủ tục hành chính chấm"),
        "1.4": gettext("cần số hồ sơ Cổng Dịch vụ công quốc gia nhận được"),
        "3.1": catalogue,
        "3.2": catalogue,
        "4.2": gettext("cần số thủ tục có giao dịch trên nền tảng thanh toán của Cổng quốc gia"),
        "4.3": gettext("cần danh sách thủ tục đã tích hợp trên Cổng quốc gia"),
        "5.5a": gettext("cần danh sách thủ tục đã kết nối do Bộ Công an xác nhận"),
        "5.6": gettext("cần số bản sao chứng thực điện tử của hệ thống chứng thực"),
        "6.1": gettext("chờ phản ánh, kiến nghị"),
        "6.2": gettext("chờ phản ánh, kiến nghị"),
    }
    return notes.get(key, gettext("chưa có số liệu"))


def units_before(day: date) -> str:
    """The map of the day before a reorganisation."""
    return gettext("trước sắp xếp ngày %s") % f"{day:%d/%m/%Y}"


def rest_of(row: RestRow) -> str:
    """Why counts stand in no row of the map."""
    others = ", ".join(place.name for place in row.others)
    return {
        Fate.ENDED: gettext("đơn vị đã kết thúc"),
        Fate.LATER: gettext("đơn vị lập sau ngày của bản đồ, không từ đơn vị nào trên bản đồ"),
        Fate.DIVIDED: gettext("không tách được: đã chia cho %s") % others,
        Fate.MERGED: gettext("không tách được: hợp nhất từ %s") % others,
        Fate.LAYER: gettext("%s đơn vị ở cấp không vẽ trên bản đồ này") % row.units,
        Fate.UNKNOWN: gettext("không rõ đơn vị"),
    }[row.fate]
