"""The indicators: data with a formula. Each names its source, says its formula in words and carries its validity.

A share is always given with its two counts. A share over nothing is `None`, never 0 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from motcua.oversight.errors import IndicatorUnknown
from motcua.oversight.rules.linear import Linear, closing, during, opening


class Attribution(StrEnum):
    """To which agency the figure is attributed."""

    RECEIVING = "receiving"
    COMPETENT = "competent"


class Shape(StrEnum):
    """A share (percent) or a ratio of two quantities of one unit, a plain count."""

    SHARE = "share"
    COUNT = "count"


class Wish(StrEnum):
    """Which way is better; plain counts have none."""

    MORE = "more"
    LESS = "less"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator in one version."""

    key: str
    vi: str
    en: str
    formula_vi: str
    formula_en: str
    numerator: Linear
    denominator: Linear | None
    source: str
    side: Attribution = Attribution.COMPETENT
    wish: Wish = Wish.MORE
    excluded_vi: str = ""
    excluded_en: str = ""
    from_on: date = date(2018, 6, 21)
    until_on: date | None = None

    @property
    def shape(self) -> Shape:
        return Shape.COUNT if self.denominator is None else Shape.SHARE

    def is_in_force(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with what made it. `denominator` is None for plain counts."""

    numerator: int
    denominator: int | None = None

    @property
    def ratio(self) -> Fraction | None:
        """The exact share; None when there is nothing to divide by."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def percent(self) -> float | None:
        """The share in percent with two decimals (half up), None over nothing."""
        if not self.denominator:
            return None
        # In whole numbers: a board asks this thousands of times.
        hundredths = (20_000 * abs(self.numerator) + self.denominator) // (2 * self.denominator)
        return (hundredths if self.numerator >= 0 else -hundredths) / 100


_LOCAL_RULE: Final = "Nghị định 61/2018/NĐ-CP; Nghị định 118/2025/NĐ-CP"
_INDEX: Final = "Quyết định 766/QĐ-TTg"
_DIGIT: Final = "Thông tư 01/2023/TT-VPCP"
_ALL_HANDLED: Final = opening("open") + during("received", "taken_over") - during("given_over")

INDICATORS: Final[tuple[Indicator, ...]] = (
    Indicator(
        key="on_time_local",
        vi="Giải quyết đúng hạn (trước hạn và đúng hạn)",
        en="Resolved in time (early and on the day)",
        formula_vi="(trước hạn + đúng hạn) ÷ đã giải quyết trong kỳ, gồm cả hồ sơ kỳ trước chuyển sang; so theo ngày",
        formula_en="(early + on the due day) ÷ resolved in the period, carried-over dossiers included; compared by date",
        numerator=during("early", "on_time"),
        denominator=during("resolved"),
        source=_LOCAL_RULE,
        excluded_vi="Không tính hồ sơ công dân rút, dừng xử lý; hồ sơ tạm dừng vẫn là đang giải quyết.",
        excluded_en="Withdrawn and stopped dossiers are left out; a paused dossier is not a resolved one.",
    ),
    Indicator(
        key="on_time_national",
        vi="Tiến độ giải quyết (định nghĩa quốc gia)",
        en="Progress (national definition)",
        formula_vi="(kết thúc không muộn hơn giờ hẹn trả + đang giữ còn hạn) ÷ (kỳ trước chuyển sang + tiếp nhận trong kỳ)",
        formula_en="(ended by the appointed hour + still held and not late) ÷ (carried over + received)",
        numerator=during("resolved_in_time_national") + closing("open") - closing("late_national"),
        denominator=_ALL_HANDLED,
        source=f"{_INDEX}, nhóm 2",
        excluded_vi="Hồ sơ bị yêu cầu bổ sung quá một lần tính là trễ.",
        excluded_en="A dossier with more than one supplement request counts as late.",
        from_on=date(2022, 6, 23),
    ),
    Indicator(
        key="on_time_received",
        vi="Đúng hạn trên số tiếp nhận (tiêu chí nội bộ)",
        en="In time over received (internal criterion)",
        formula_vi="(trước hạn + đúng hạn) ÷ tiếp nhận trong kỳ",
        formula_en="(early + on the due day) ÷ received in the period",
        numerator=during("early", "on_time"),
        denominator=during("received"),
        source="Thông tư 01/2018/TT-VPCP",
        excluded_vi="Có thể vượt 100 % khi hồ sơ kỳ trước được giải quyết trong kỳ.",
        excluded_en="May exceed 100 % when dossiers carried over are resolved in the period.",
    ),
    Indicator(
        key="late_local",
        vi="Giải quyết quá hạn",
        en="Resolved late",
        formula_vi="quá hạn ÷ đã giải quyết trong kỳ",
        formula_en="late ÷ resolved in the period",
        numerator=during("late"),
        denominator=during("resolved"),
        source=_LOCAL_RULE,
        wish=Wish.LESS,
    ),
    Indicator(
        key="late_statutory",
        vi="Quá hạn hẹn trả ban đầu (trước khi gia hạn)",
        en="Late against the first due date, before any extension",
        formula_vi="kết thúc sau ngày hẹn trả ban đầu ÷ đã giải quyết trong kỳ",
        formula_en="ended after the first appointed day ÷ resolved in the period",
        numerator=during("late_statutory"),
        denominator=during("resolved"),
        source=_LOCAL_RULE,
        wish=Wish.LESS,
    ),
    Indicator(
        key="overdue_open",
        vi="Đang giải quyết quá hạn",
        en="In process and overdue",
        formula_vi="đang giải quyết, đã quá ngày hẹn trả ÷ đang giải quyết, vào cuối kỳ",
        formula_en="in process past the due day ÷ in process, at the end of the period",
        numerator=closing("overdue"),
        denominator=closing("open") - closing("paused"),
        source=_LOCAL_RULE,
        wish=Wish.LESS,
    ),
    Indicator(
        key="time_used",
        vi="Thời gian giải quyết so với quy định",
        en="Time used against the limit",
        formula_vi="tổng phút làm việc đã dùng ÷ tổng phút theo quy định của hồ sơ đã giải quyết",
        formula_en="office minutes spent ÷ office minutes allowed, of the dossiers resolved",
        numerator=during("minutes_spent"),
        denominator=during("minutes_allowed"),
        source=f"{_INDEX}, nhóm 2 (không chấm điểm)",
        wish=Wish.LESS,
    ),
    Indicator(
        key="accepted_late",
        vi="Tiếp nhận trực tuyến trễ",
        en="Online dossiers accepted late",
        formula_vi="tiếp nhận sau 8 giờ làm việc kể từ khi nộp ÷ tiếp nhận trực tuyến",
        formula_en="accepted more than 8 office hours after submission ÷ received online",
        numerator=during("accepted_late"),
        denominator=during("received_online"),
        source="Thời hạn 8 giờ làm việc theo thông lệ",
        side=Attribution.RECEIVING,
        wish=Wish.LESS,
    ),
    Indicator(
        key="online_share",
        vi="Hồ sơ nộp trực tuyến",
        en="Dossiers filed online",
        formula_vi="tiếp nhận trực tuyến ÷ tiếp nhận trong kỳ",
        formula_en="received online ÷ received in the period",
        numerator=during("received_online"),
        denominator=during("received"),
        source="Nghị định 42/2022/NĐ-CP; Nghị định 224/2026/NĐ-CP",
        side=Attribution.RECEIVING,
    ),
    Indicator(
        key="online_full_share",
        vi="Hồ sơ trực tuyến của dịch vụ toàn trình",
        en="Filed online, of full online services",
        formula_vi="nộp trực tuyến ÷ tiếp nhận, của thủ tục cung cấp toàn trình",
        formula_en="filed online ÷ received, of procedures offered as full online services",
        numerator=during("received_online_full"),
        denominator=during("of_online_full"),
        source="Nghị định 42/2022/NĐ-CP; Nghị định 224/2026/NĐ-CP",
        side=Attribution.RECEIVING,
    ),
    Indicator(
        key="online_partial_share",
        vi="Hồ sơ trực tuyến của dịch vụ một phần",
        en="Filed online, of partial online services",
        formula_vi="nộp trực tuyến ÷ tiếp nhận, của thủ tục cung cấp một phần",
        formula_en="filed online ÷ received, of procedures offered as partial online services",
        numerator=during("received_online_partial"),
        denominator=during("of_online_partial"),
        source="Nghị định 42/2022/NĐ-CP; Nghị định 224/2026/NĐ-CP",
        side=Attribution.RECEIVING,
    ),
    Indicator(
        key="online_complete",
        vi="Hồ sơ trực tuyến có kết quả điện tử",
        en="Online dossiers closed with an electronic result",
        formula_vi="nộp trực tuyến và có kết quả điện tử (nếu thủ tục có kết quả giấy) ÷ đã giải quyết",
        formula_en="filed online and, where there is a written result, answered with an electronic one ÷ resolved",
        numerator=during("online_complete"),
        denominator=during("resolved"),
        source=f"{_INDEX}, nhóm 3",
        from_on=date(2022, 6, 23),
    ),
    Indicator(
        key="paid_online",
        vi="Thanh toán trực tuyến",
        en="Paid online",
        formula_vi="hồ sơ nộp phí trực tuyến ÷ hồ sơ có phí, lệ phí",
        formula_en="dossiers paid online ÷ dossiers with a fee",
        numerator=during("fee_paid_online"),
        denominator=during("with_fee"),
        source=f"{_INDEX}, nhóm 4",
        side=Attribution.RECEIVING,
    ),
    Indicator(
        key="digitized",
        vi="Số hóa hồ sơ (thành phần và kết quả)",
        en="Dossiers digitized (components and result)",
        formula_vi="hồ sơ có tệp thành phần và tệp kết quả ÷ hồ sơ thuộc diện số hóa tiếp nhận trong kỳ",
        formula_en="dossiers with component file and result file ÷ dossiers to be digitized, received in the period",
        numerator=during("digitized"),
        denominator=during("to_digitize"),
        source=f"{_DIGIT}; {_INDEX}, nhóm 5",
        side=Attribution.RECEIVING,
        excluded_vi="Hồ sơ được miễn số hóa đếm riêng theo lý do.",
        excluded_en="Dossiers exempt from digitization are counted apart, by reason.",
        from_on=date(2021, 12, 6),
    ),
    Indicator(
        key="digitized_components",
        vi="Số hóa thành phần khi tiếp nhận",
        en="Components digitized at reception",
        formula_vi="hồ sơ có tệp thành phần ÷ hồ sơ thuộc diện số hóa tiếp nhận trong kỳ",
        formula_en="dossiers with component files ÷ dossiers to be digitized, received in the period",
        numerator=during("components_digitized"),
        denominator=during("to_digitize"),
        source=_DIGIT,
        side=Attribution.RECEIVING,
        from_on=date(2021, 12, 6),
    ),
    Indicator(
        key="e_result",
        vi="Cấp kết quả điện tử",
        en="Electronic results",
        formula_vi="hồ sơ có kết quả điện tử ký số ÷ hồ sơ đã giải quyết của thủ tục có kết quả bằng văn bản",
        formula_en="signed electronic results ÷ resolved dossiers of procedures with a written result",
        numerator=during("e_result"),
        denominator=during("resolved_written"),
        source=f"{_DIGIT}; {_INDEX}, nhóm 5",
    ),
    Indicator(
        key="reuse",
        vi="Tái sử dụng dữ liệu số hóa",
        en="Reuse of digitized data",
        formula_vi="hồ sơ có tái sử dụng ÷ hồ sơ có giấy tờ tái sử dụng được",
        formula_en="dossiers reusing data ÷ dossiers with a paper that could be reused",
        numerator=during("reused"),
        denominator=during("reusable"),
        source=f"{_INDEX}, nhóm 5",
        side=Attribution.RECEIVING,
    ),
    Indicator(
        key="result_shared",
        vi="Đồng bộ kết quả về kho quốc gia",
        en="Results shared with the national warehouse",
        formula_vi="kết quả đã đồng bộ ÷ hồ sơ đã giải quyết của thủ tục có kết quả bằng văn bản",
        formula_en="results shared ÷ resolved dossiers of procedures with a written result",
        numerator=during("result_shared"),
        denominator=during("resolved_written"),
        source=f"{_INDEX}, nhóm 5",
    ),
    Indicator(
        key="population_used",
        vi="Dùng dữ liệu dân cư",
        en="Population data used",
        formula_vi="hồ sơ có dùng dữ liệu dân cư ÷ hồ sơ của thủ tục đã kết nối",
        formula_en="dossiers using population data ÷ dossiers of connected procedures",
        numerator=during("from_population"),
        denominator=during("of_population"),
        source=f"{_INDEX}, nhóm 5",
        side=Attribution.RECEIVING,
    ),
    Indicator(
        key="troubled",
        vi="Hồ sơ quá hạn",
        en="Dossiers overdue",
        formula_vi="(quá hạn đã giải quyết + đang giải quyết quá hạn) ÷ (kỳ trước chuyển sang + tiếp nhận)",
        formula_en="(resolved late + in process and overdue) ÷ (carried over + received)",
        numerator=during("late") + closing("overdue"),
        denominator=_ALL_HANDLED,
        source=f"{_INDEX}, nhóm 6",
        wish=Wish.LESS,
        excluded_vi="Phản ánh, kiến nghị được cộng vào khi phân hệ phản ánh có dữ liệu.",
        excluded_en="Petitions and dislikes are added when there are any.",
    ),
    Indicator(
        key="received",
        vi="Hồ sơ tiếp nhận",
        en="Dossiers received",
        formula_vi="số hồ sơ được tiếp nhận hợp lệ trong kỳ",
        formula_en="dossiers validly received in the period",
        numerator=during("received"),
        denominator=None,
        source=_LOCAL_RULE,
        side=Attribution.RECEIVING,
        wish=Wish.NONE,
    ),
    Indicator(
        key="resolved",
        vi="Hồ sơ đã giải quyết",
        en="Dossiers resolved",
        formula_vi="số hồ sơ kết thúc giải quyết trong kỳ",
        formula_en="dossiers resolved in the period",
        numerator=during("resolved"),
        denominator=None,
        source=_LOCAL_RULE,
        wish=Wish.NONE,
    ),
)


def measures_of(one: Indicator) -> tuple[str, ...]:
    """The measures an indicator is made of."""
    forms = [form for form in (one.numerator, one.denominator) if form is not None]
    return tuple(dict.fromkeys(term.measure for form in forms for term in form.terms))


def indicator(key: str, on: date) -> Indicator:
    """The version of an indicator in force on a day. Raises `IndicatorUnknown`."""
    for candidate in INDICATORS:
        if candidate.key == key and candidate.is_in_force(on):
            return candidate
    raise IndicatorUnknown(key=key, on=on.isoformat())


def in_force(on: date) -> tuple[Indicator, ...]:
    """All indicators in force on a day, in the order of the list."""
    return tuple(one for one in INDICATORS if one.is_in_force(on))
