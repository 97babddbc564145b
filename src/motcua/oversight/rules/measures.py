"""The counts kept per day, in one declared list: tables, exports, pages and explanations are all made from it.

Two natures: a *flow* counts what happened on the day; a *balance* holds the change of a stock on that day, so that the
stock at the end of a day is the plain sum of all days up to it. Because both are sums, months and years are sums of days.
A new measure is one row and one generated migration (docs/how-to/add-a-measure.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from motcua.oversight.rules.standing import Traits


class Nature(StrEnum):
    """Flow: happened on the day. Balance: change of a stock on the day (may be negative)."""

    FLOW = "flow"
    BALANCE = "balance"


class CountingDay(StrEnum):
    """On which day of a dossier's life a measure counts it; the value is the column of counted dossiers that holds the day.

    Of a hand-over between agencies there may be several, so that no column holds its day.
    """

    RECEPTION = "received_on"
    END = "ended_on"
    RETURN = "handed_over_on"
    HAND_OVER = ""
    EVERY = "every"


class Source(StrEnum):
    """What counts are made of besides the passages of a dossier, which all depend on. `services.sources` says which events
    tell that it changed."""

    PASSAGES = "passages"
    VERSION = "version"
    AGENCY = "agency"
    CALENDAR = "calendar"
    PAPERS = "papers"
    RESULT = "result"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Measure:
    """One additive count.

    `bit`: its place in the flags of counted dossiers, for good: stored flags are read by it, so that a bit is never given
    to another measure, nor moved (None: a stock, which is no flag). `counted_on`: the day it stands under. `of`: what it
    depends on besides the passages. `is_wide` asks for 64 bits (minutes). `when`: for measures that the traits alone decide,
    which of the dossiers received (or ended, by `counted_on`) are counted; of all others `rules.facts` says how they count.
    """

    key: str
    bit: int | None
    counted_on: CountingDay
    vi: str
    en: str
    nature: Nature = Nature.FLOW
    is_wide: bool = False
    of: frozenset[Source] = frozenset()
    when: Callable[[Traits], bool] | None = None


def _balance(key: str, vi: str, en: str) -> Measure:
    return Measure(key, None, CountingDay.EVERY, vi, en, Nature.BALANCE)


_RECEPTION, _END, _RETURN, _HAND_OVER = (
    CountingDay.RECEPTION,
    CountingDay.END,
    CountingDay.RETURN,
    CountingDay.HAND_OVER,
)

MEASURES: Final[tuple[Measure, ...]] = (
    # What came in, on the day of valid reception (status 2).
    Measure("received", 0, _RECEPTION, "Hồ sơ tiếp nhận", "Dossiers received"),
    Measure("received_counter", 1, _RECEPTION, "Tiếp nhận trực tiếp", "Received at the counter"),
    Measure("received_online", 2, _RECEPTION, "Tiếp nhận trực tuyến", "Received online"),
    Measure("received_postal", 3, _RECEPTION, "Tiếp nhận qua bưu chính", "Received by post"),
    Measure(
        "received_online_full",
        4,
        _RECEPTION,
        "Trực tuyến toàn trình",
        "Received through a full online service",
        of=frozenset({Source.VERSION}),
    ),
    Measure(
        "received_online_partial",
        5,
        _RECEPTION,
        "Trực tuyến một phần",
        "Received through a partial online service",
        of=frozenset({Source.VERSION}),
    ),
    Measure(
        "of_online_full",
        6,
        _RECEPTION,
        "Thuộc dịch vụ toàn trình",
        "Of procedures offered as full online services",
        of=frozenset({Source.VERSION}),
    ),
    Measure(
        "of_online_partial",
        7,
        _RECEPTION,
        "Thuộc dịch vụ một phần",
        "Of procedures offered as partial online services",
        of=frozenset({Source.VERSION}),
    ),
    Measure(
        "accepted_late",
        8,
        _RECEPTION,
        "Tiếp nhận trễ",
        "Accepted later than the acceptance limit",
        of=frozenset({Source.CALENDAR}),
    ),
    Measure("refused_at_door", 9, _END, "Từ chối tiếp nhận", "Refused at the door"),
    # How it ended, on the day of the end (status 9; withdrawn 7; stopped 8).
    Measure("resolved", 10, _END, "Đã giải quyết", "Resolved"),
    Measure("early", 11, _END, "Trước hạn", "Resolved early"),
    Measure("on_time", 12, _END, "Đúng hạn", "Resolved on the due day"),
    Measure("late", 13, _END, "Quá hạn", "Resolved late"),
    Measure(
        "late_statutory",
        14,
        _END,
        "Quá hạn ban đầu",
        "Resolved after the statutory due date, before any extension",
    ),
    Measure(
        "resolved_in_time_national",
        15,
        _END,
        "Đúng hạn (quốc gia)",
        "Ended in time, national definition",
        of=frozenset({Source.CALENDAR, Source.VERSION}),
    ),
    Measure("refused_on_merits", 16, _END, "Từ chối giải quyết", "Refused on the merits"),
    Measure("withdrawn", 17, _END, "Công dân rút", "Withdrawn"),
    Measure("stopped", 18, _END, "Dừng xử lý", "Stopped"),
    Measure("handed_over", 19, _RETURN, "Đã trả kết quả", "Result handed over"),
    Measure("extended", 20, _END, "Gia hạn, xin lỗi", "Resolved after an extension with apology"),
    Measure("supplemented", 21, _END, "Bổ sung một lần", "Resolved after one supplement request"),
    Measure(
        "supplemented_again", 22, _END, "Bổ sung nhiều lần", "Resolved after more than one supplement request"
    ),
    Measure(
        "minutes_spent",
        23,
        _END,
        "Phút giải quyết",
        "Office minutes spent, pauses taken out",
        of=frozenset({Source.CALENDAR}),
        is_wide=True,
    ),
    Measure(
        "minutes_allowed",
        24,
        _END,
        "Phút theo quy định",
        "Office minutes allowed",
        of=frozenset({Source.CALENDAR}),
        is_wide=True,
    ),
    # Digitization (domain: Circular 01/2023). Of the dossiers received on the day, then of those resolved on the day.
    Measure(
        "to_digitize",
        25,
        _RECEPTION,
        "Hồ sơ thuộc diện số hóa",
        "Dossiers with a paper that must be digitized",
        of=frozenset({Source.PAPERS}),
    ),
    Measure(
        "components_digitized",
        26,
        _RECEPTION,
        "Có thành phần số hóa",
        "Dossiers with their components digitized",
        of=frozenset({Source.PAPERS}),
    ),
    Measure(
        "digitized",
        27,
        _RECEPTION,
        "Số hóa đủ thành phần và kết quả",
        "Component file and result file both present",
        of=frozenset({Source.PAPERS, Source.RESULT, Source.VERSION}),
    ),
    Measure(
        "exempt_format",
        28,
        _RECEPTION,
        "Miễn số hóa: khổ lớn, quá dày",
        "Exempt: large format or too thick",
        of=frozenset({Source.PAPERS}),
    ),
    Measure(
        "exempt_shared",
        29,
        _RECEPTION,
        "Miễn số hóa: đã có dữ liệu chia sẻ",
        "Exempt: already shared as data",
        of=frozenset({Source.PAPERS}),
    ),
    Measure(
        "exempt_copy",
        30,
        _RECEPTION,
        "Miễn số hóa: bản sao giấy",
        "Exempt: filed as a paper copy",
        of=frozenset({Source.PAPERS}),
    ),
    Measure(
        "exempt_shown",
        31,
        _RECEPTION,
        "Miễn số hóa: chỉ xuất trình",
        "Exempt: only shown",
        of=frozenset({Source.PAPERS}),
    ),
    Measure(
        "exempt_secret",
        32,
        _RECEPTION,
        "Miễn số hóa: bí mật nhà nước",
        "Exempt: secret",
        of=frozenset({Source.PAPERS}),
    ),
    Measure(
        "reusable",
        33,
        _RECEPTION,
        "Có giấy tờ tái sử dụng được",
        "Dossiers with a paper that could be reused",
        of=frozenset({Source.PAPERS}),
        when=lambda traits: traits.is_reusable,
    ),
    Measure(
        "reused",
        34,
        _RECEPTION,
        "Có tái sử dụng dữ liệu",
        "Dossiers reusing digitized data",
        of=frozenset({Source.PAPERS}),
        when=lambda traits: traits.is_reused,
    ),
    Measure(
        "from_population",
        35,
        _RECEPTION,
        "Có dùng dữ liệu dân cư",
        "Dossiers using the population database",
        of=frozenset({Source.PAPERS}),
        when=lambda traits: traits.uses_population,
    ),
    Measure(
        "of_population",
        36,
        _RECEPTION,
        "Thủ tục đã kết nối dân cư",
        "Dossiers of procedures connected to it",
        of=frozenset({Source.VERSION}),
        when=lambda traits: traits.is_population_connected,
    ),
    Measure(
        "resolved_written",
        37,
        _END,
        "Có kết quả bằng văn bản",
        "Resolved, of procedures with a written result",
        of=frozenset({Source.VERSION}),
    ),
    Measure(
        "e_result",
        38,
        _END,
        "Cấp kết quả điện tử",
        "Electronic result issued",
        of=frozenset({Source.VERSION, Source.RESULT}),
    ),
    Measure(
        "result_shared",
        39,
        _END,
        "Đồng bộ về kho quốc gia",
        "Result shared with the national warehouse",
        of=frozenset({Source.VERSION, Source.RESULT}),
    ),
    Measure(
        "online_complete",
        40,
        _END,
        "Trực tuyến có kết quả điện tử",
        "Online dossiers closed with an electronic result",
        of=frozenset({Source.VERSION, Source.RESULT}),
    ),
    # Money, of the dossiers received on the day.
    Measure(
        "with_fee",
        41,
        _RECEPTION,
        "Có phí, lệ phí",
        "Dossiers with a fee",
        of=frozenset({Source.MONEY}),
        when=lambda traits: traits.has_fee,
    ),
    Measure("fee_paid", 42, _RECEPTION, "Đã nộp phí", "Fee paid", of=frozenset({Source.MONEY})),
    Measure(
        "fee_paid_online",
        43,
        _RECEPTION,
        "Nộp phí trực tuyến",
        "Fee paid online",
        of=frozenset({Source.MONEY}),
    ),
    # Moved between agencies by hand-over of open dossiers (mergers), on the day of the hand-over.
    Measure("taken_over", 44, _HAND_OVER, "Nhận bàn giao", "Open dossiers taken over from another agency"),
    Measure("given_over", 45, _HAND_OVER, "Bàn giao đi", "Open dossiers given over to another agency"),
    # Stocks.
    _balance("open", "Đang giữ", "Open at the end of the day, pauses included"),
    _balance("paused", "Đang tạm dừng", "Paused at the end of the day"),
    _balance("overdue", "Đang xử lý quá hạn", "In process and past the due day"),
    _balance("late_national", "Đang giữ, trễ (quốc gia)", "Open and late by the national definition"),
)

KEYS: Final[tuple[str, ...]] = tuple(measure.key for measure in MEASURES)
BY_KEY: Final[dict[str, Measure]] = {measure.key: measure for measure in MEASURES}
POSITION: Final[dict[str, int]] = {key: place for place, key in enumerate(KEYS)}
FLAG: Final[dict[str, int]] = {
    measure.key: 0 if measure.bit is None else 1 << measure.bit for measure in MEASURES
}
"""The flag of each measure in `flags` of a counted dossier; 0 for stocks."""


def decided_by(traits: Traits, day: CountingDay) -> dict[str, int]:
    """Counts that the traits alone decide, of those that stand under this day."""
    return {
        measure.key: 1
        for measure in MEASURES
        if measure.when is not None and measure.counted_on is day and measure.when(traits)
    }


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
