"""The counts kept per day, in one declared list: tables, exports, pages and explanations are all made from it.

Two natures: a *flow* counts what happened on the day; a *balance* holds the change of a stock on that day, so that the
stock at the end of a day is the plain sum of all days up to it. Because both are sums, months and years are sums of days.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Nature(StrEnum):
    """Flow: happened on the day. Balance: change of a stock on the day (may be negative)."""

    FLOW = "flow"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class Measure:
    """One additive count. ``is_wide`` asks for 64 bits (minutes)."""

    key: str
    vi: str
    en: str
    nature: Nature = Nature.FLOW
    is_wide: bool = False


def _balance(key: str, vi: str, en: str) -> Measure:
    return Measure(key, vi, en, Nature.BALANCE)


MEASURES: Final[tuple[Measure, ...]] = (
    # What came in, on the day of valid reception (status 2).
    Measure("received", "Hồ sơ tiếp nhận", "Dossiers received"),
    Measure("received_counter", "Tiếp nhận trực tiếp", "Received at the counter"),
    Measure("received_online", "Tiếp nhận trực tuyến", "Received online"),
    Measure("received_postal", "Tiếp nhận qua bưu chính", "Received by post"),
    Measure("received_online_full", "Trực tuyến toàn trình", "Received through a full online service"),
    Measure("received_online_partial", "Trực tuyến một phần", "Received through a partial online service"),
    Measure("of_online_full", "Thuộc dịch vụ toàn trình", "Of procedures offered as full online services"),
    Measure(
        "of_online_partial", "Thuộc dịch vụ một phần", "Of procedures offered as partial online services"
    ),
    Measure("accepted_late", "Tiếp nhận trễ", "Accepted later than the acceptance limit"),
    Measure("refused_at_door", "Từ chối tiếp nhận", "Refused at the door"),
    # How it ended, on the day of the end (status 9; withdrawn 7; stopped 8).
    Measure("resolved", "Đã giải quyết", "Resolved"),
    Measure("early", "Trước hạn", "Resolved early"),
    Measure("on_time", "Đúng hạn", "Resolved on the due day"),
    Measure("late", "Quá hạn", "Resolved late"),
    Measure(
        "late_statutory", "Quá hạn ban đầu", "Resolved after the statutory due date, before any extension"
    ),
    Measure("resolved_in_time_national", "Đúng hạn (quốc gia)", "Ended in time, national definition"),
    Measure("refused_on_merits", "Từ chối giải quyết", "Refused on the merits"),
    Measure("withdrawn", "Công dân rút", "Withdrawn"),
    Measure("stopped", "Dừng xử lý", "Stopped"),
    Measure("handed_over", "Đã trả kết quả", "Result handed over"),
    Measure("extended", "Gia hạn, xin lỗi", "Resolved after an extension with apology"),
    Measure("supplemented", "Bổ sung một lần", "Resolved after one supplement request"),
    Measure("supplemented_again", "Bổ sung nhiều lần", "Resolved after more than one supplement request"),
    Measure("minutes_spent", "Phút giải quyết", "Office minutes spent, pauses taken out", is_wide=True),
    Measure("minutes_allowed", "Phút theo quy định", "Office minutes allowed", is_wide=True),
    # Digitization (domain: Circular 01/2023). Of the dossiers received on the day, then of those resolved on the day.
    Measure("to_digitize", "Hồ sơ thuộc diện số hóa", "Dossiers with a paper that must be digitized"),
    Measure("components_digitized", "Có thành phần số hóa", "Dossiers with their components digitized"),
    Measure("digitized", "Số hóa đủ thành phần và kết quả", "Component file and result file both present"),
    Measure("exempt_format", "Miễn số hóa: khổ lớn, quá dày", "Exempt: large format or too thick"),
    Measure("exempt_shared", "Miễn số hóa: đã có dữ liệu chia sẻ", "Exempt: already shared as data"),
    Measure("exempt_copy", "Miễn số hóa: bản sao giấy", "Exempt: filed as a paper copy"),
    Measure("exempt_shown", "Miễn số hóa: chỉ xuất trình", "Exempt: only shown"),
    Measure("exempt_secret", "Miễn số hóa: bí mật nhà nước", "Exempt: secret"),
    Measure("reusable", "Có giấy tờ tái sử dụng được", "Dossiers with a paper that could be reused"),
    Measure("reused", "Có tái sử dụng dữ liệu", "Dossiers reusing digitized data"),
    Measure("from_population", "Có dùng dữ liệu dân cư", "Dossiers using the population database"),
    Measure("of_population", "Thủ tục đã kết nối dân cư", "Dossiers of procedures connected to it"),
    Measure("resolved_written", "Có kết quả bằng văn bản", "Resolved, of procedures with a written result"),
    Measure("e_result", "Cấp kết quả điện tử", "Electronic result issued"),
    Measure("result_shared", "Đồng bộ về kho quốc gia", "Result shared with the national warehouse"),
    Measure(
        "online_complete", "Trực tuyến có kết quả điện tử", "Online dossiers closed with an electronic result"
    ),
    # Money, of the dossiers received on the day.
    Measure("with_fee", "Có phí, lệ phí", "Dossiers with a fee"),
    Measure("fee_paid", "Đã nộp phí", "Fee paid"),
    Measure("fee_paid_online", "Nộp phí trực tuyến", "Fee paid online"),
    # Moved between agencies by hand-over of open dossiers (mergers), on the day of the hand-over.
    Measure("taken_over", "Nhận bàn giao", "Open dossiers taken over from another agency"),
    Measure("given_over", "Bàn giao đi", "Open dossiers given over to another agency"),
    # Stocks.
    _balance("open", "Đang giữ", "Open at the end of the day, pauses included"),
    _balance("paused", "Đang tạm dừng", "Paused at the end of the day"),
    _balance("overdue", "Đang xử lý quá hạn", "In process and past the due day"),
    _balance("late_national", "Đang giữ, trễ (quốc gia)", "Open and late by the national definition"),
)

KEYS: Final[tuple[str, ...]] = tuple(measure.key for measure in MEASURES)
BY_KEY: Final[dict[str, Measure]] = {measure.key: measure for measure in MEASURES}
POSITION: Final[dict[str, int]] = {key: place for place, key in enumerate(KEYS)}

EXEMPTIONS: Final[dict[str, str]] = {
    "format": "exempt_format",
    "shared": "exempt_shared",
    "copy": "exempt_copy",
    "shown": "exempt_shown",
    "secret": "exempt_secret",
}
"""Ground of exemption from digitization (Circular 01/2023; Circular 03/2025 art. 5) to the measure that counts it."""

CHANNELS: Final[dict[str, str]] = {
    "counter": "received_counter",
    "online": "received_online",
    "postal": "received_postal",
}


def cell_is_balanced(counts: dict[str, int]) -> bool:
    """The identity of the report for one cell: the change of the stock is what came in less what went out."""
    inflow = counts["received"] + counts["taken_over"]
    outflow = counts["resolved"] + counts["withdrawn"] + counts["stopped"] + counts["given_over"]
    return counts["open"] == inflow - outflow
