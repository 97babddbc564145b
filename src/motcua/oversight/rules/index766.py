"""The index set of Decision 766/QĐ-TTg: six groups, 100 points, every component one line of data.

Every component has the same form: points = min(maximum, maximum × share ÷ full_at). `full_at` below 1 is the threshold at
which the component is full (80 % in the text); 1 is the linear reading observed on the national portal since. The two
readings are two versions; scores keep the version and their inputs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from motcua.oversight.rules.indicators import Figure, Indicator, in_force


class WhenNone(StrEnum):
    """What a component is worth when there is nothing to divide by."""

    NULL = "null"  # shown "–", taken out of the points that could be reached
    FULL = "full"  # no petition at all is full marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One scored component; `figure` names the input (an indicator key or an outside input)."""

    key: str
    group: int
    vi: str
    en: str
    figure: str
    maximum: int
    full_at: Fraction = Fraction(1)
    is_complement: bool = False
    when_none: WhenNone = WhenNone.NULL

    def points(self, figure: Figure | None) -> Fraction | None:
        """Exact points of a figure (None: no data)."""
        share = figure.ratio if figure is not None else None
        if share is None:
            has_nothing = figure is not None and self.when_none is WhenNone.FULL
            return Fraction(self.maximum) if has_nothing else None
        if self.is_complement:
            share = 1 - share
        return max(Fraction(0), min(Fraction(self.maximum), self.maximum * share / self.full_at))

    @property
    def formula(self) -> str:
        """The formula as people write it."""
        share = "(1 − x)" if self.is_complement else "x"
        if self.full_at == 1:
            return f"{self.maximum} × {share}"
        return f"min({self.maximum}; {self.maximum} × {share} ÷ {float(self.full_at):.2f})"


@dataclass(frozen=True, slots=True)
class IndexVersion:
    """The whole set in one reading."""

    key: str
    vi: str
    en: str
    from_on: date
    components: tuple[Component, ...]

    @property
    def maximum(self) -> int:
        return sum(component.maximum for component in self.components)


GROUPS: Final[dict[int, tuple[str, str, int]]] = {
    1: ("Công khai, minh bạch", "Transparency", 18),
    2: ("Tiến độ giải quyết", "Progress", 20),
    3: ("Dịch vụ công trực tuyến", "Online services", 12),
    4: ("Thanh toán trực tuyến", "Online payment", 10),
    5: ("Số hóa hồ sơ", "Digitization", 22),
    6: ("Mức độ hài lòng", "Satisfaction", 18),
}
SERVICES_ONLINE: Final = "services_online"
SERVICES_USED: Final = "services_used"
_F = Fraction


def _components(digitized_full_at: Fraction) -> tuple[Component, ...]:
    return (
        Component(
            key="1.1", group=1, vi="Công bố đúng hạn", en="Announced on time", figure="announced", maximum=6
        ),
        Component(
            key="1.2", group=1, vi="Công khai đúng hạn", en="Published on time", figure="published", maximum=4
        ),
        Component(
            key="1.3",
            group=1,
            vi="Công khai đủ nội dung",
            en="Full content",
            figure="complete_content",
            maximum=2,
        ),
        Component(
            key="1.4",
            group=1,
            vi="Đồng bộ hồ sơ",
            en="Dossiers synchronised",
            figure="synchronised",
            maximum=6,
        ),
        Component(key="2.1", group=2, vi="Tiến độ", en="Progress", figure="on_time_national", maximum=20),
        Component(
            key="3.1",
            group=3,
            vi="Thủ tục trực tuyến",
            en="Procedures online",
            figure=SERVICES_ONLINE,
            maximum=2,
            full_at=_F(4, 5),
        ),
        Component(
            key="3.2",
            group=3,
            vi="Dịch vụ có phát sinh hồ sơ",
            en="Services in use",
            figure=SERVICES_USED,
            maximum=4,
        ),
        Component(
            key="3.3",
            group=3,
            vi="Hồ sơ trực tuyến",
            en="Dossiers online",
            figure="online_complete",
            maximum=6,
            full_at=_F(1, 2),
        ),
        Component(
            key="4.1",
            group=4,
            vi="Hồ sơ thanh toán trực tuyến",
            en="Dossiers paid online",
            figure="paid_online",
            maximum=6,
        ),
        Component(
            key="4.2",
            group=4,
            vi="Thủ tục có giao dịch thanh toán",
            en="Procedures paid online",
            figure="services_paid",
            maximum=2,
            full_at=_F(4, 5),
        ),
        Component(
            key="4.3",
            group=4,
            vi="Thủ tục tích hợp thanh toán",
            en="Procedures with payment",
            figure="services_payable",
            maximum=2,
            full_at=_F(4, 5),
        ),
        Component(
            key="5.1", group=5, vi="Kết quả điện tử", en="Electronic results", figure="e_result", maximum=6
        ),
        Component(
            key="5.2",
            group=5,
            vi="Số hóa hồ sơ",
            en="Dossiers digitized",
            figure="digitized",
            maximum=4,
            full_at=digitized_full_at,
        ),
        Component(
            key="5.3", group=5, vi="Tái sử dụng", en="Reuse", figure="reuse", maximum=2, full_at=_F(4, 5)
        ),
        Component(
            key="5.4",
            group=5,
            vi="Chia sẻ về kho quốc gia",
            en="Shared with the warehouse",
            figure="result_shared",
            maximum=4,
        ),
        Component(
            key="5.5a",
            group=5,
            vi="Thủ tục kết nối dân cư",
            en="Procedures connected",
            figure="services_connected",
            maximum=2,
        ),
        Component(
            key="5.5b",
            group=5,
            vi="Hồ sơ dùng dữ liệu dân cư",
            en="Population data used",
            figure="population_used",
            maximum=2,
        ),
        Component(
            key="5.6",
            group=5,
            vi="Chứng thực điện tử",
            en="Electronic certified copies",
            figure="certified_copies",
            maximum=2,
        ),
        Component(
            key="6.1",
            group=6,
            vi="Trả lời phản ánh đúng hạn",
            en="Petitions answered on time",
            figure="petitions_on_time",
            maximum=6,
            when_none=WhenNone.FULL,
        ),
        Component(
            key="6.2",
            group=6,
            vi="Hài lòng với trả lời",
            en="Satisfied with the answer",
            figure="petitions_satisfied",
            maximum=6,
            when_none=WhenNone.FULL,
        ),
        Component(
            key="6.3",
            group=6,
            vi="Hài lòng với giải quyết",
            en="Satisfied with the service",
            figure="troubled",
            maximum=6,
            full_at=_F(9, 10),
            is_complement=True,
        ),
    )


TEXT_2022: Final = IndexVersion(
    "2022",
    "Theo văn bản 2022 (số hóa đủ điểm từ 80 %)",
    "Text of 2022 (full from 80 %)",
    date(2022, 6, 23),
    _components(_F(4, 5)),
)
LINEAR_2026: Final = IndexVersion(
    "2026", "Theo cách tính tuyến tính", "Linear reading", date(2026, 1, 1), _components(_F(1))
)
VERSIONS: Final[dict[str, IndexVersion]] = {version.key: version for version in (TEXT_2022, LINEAR_2026)}


@dataclass(frozen=True, slots=True)
class ComponentScore:
    """A component with what it was made of."""

    component: Component
    figure: Figure | None
    exact: Fraction | None

    @property
    def points(self) -> Decimal | None:
        return None if self.exact is None else two_decimals(self.exact)


@dataclass(frozen=True, slots=True)
class GroupScore:
    """A group: points reached, points that could be reached with the data there is, points in the text."""

    group: int
    exact: Fraction | None
    attainable: int
    maximum: int
    components: tuple[ComponentScore, ...]

    @property
    def points(self) -> Decimal | None:
        return None if self.exact is None else two_decimals(self.exact)


@dataclass(frozen=True, slots=True)
class IndexScore:
    """The index of one unit in one period; `attainable` < 100 says that data is missing."""

    version: str
    exact: Fraction
    attainable: int
    groups: tuple[GroupScore, ...]

    @property
    def points(self) -> Decimal:
        return two_decimals(self.exact)

    @property
    def components(self) -> tuple[ComponentScore, ...]:
        return tuple(component for group in self.groups for component in group.components)


def two_decimals(value: Fraction) -> Decimal:
    """Rounded half up to two decimals, exactly."""
    hundredths = Decimal(value.numerator * 100) / Decimal(value.denominator)
    return hundredths.to_integral_value(ROUND_HALF_UP) / 100


def version_on(on: date) -> IndexVersion:
    """The reading in force on a day (the earliest one before its beginning)."""
    held = [version for version in VERSIONS.values() if version.from_on <= on]
    return max(held, key=lambda version: version.from_on) if held else TEXT_2022


def inputs_on(on: date) -> tuple[Indicator, ...]:
    """The indicators that the reading of a day is made of, as far as facts give them."""
    wanted = {component.figure for component in version_on(on).components}
    return tuple(one for one in in_force(on) if one.key in wanted)


def inputs_of_services(known: int, online: int, used: int) -> dict[str, Figure]:
    """The inputs of 3.1 and 3.2: procedures of a province, those of them offered online, those of these filed online."""
    return {SERVICES_ONLINE: Figure(online, known), SERVICES_USED: Figure(used, online)}


def score(inputs: Mapping[str, Figure | None], version: IndexVersion) -> IndexScore:
    """Score one unit. An input that is absent or None is missing data: "–", never 0."""
    groups = tuple(_group(group, inputs, version) for group in GROUPS)
    exact = sum((group.exact for group in groups if group.exact is not None), Fraction(0))
    return IndexScore(version.key, exact, sum(group.attainable for group in groups), groups)


def _group(group: int, inputs: Mapping[str, Figure | None], version: IndexVersion) -> GroupScore:
    scores = tuple(
        ComponentScore(component, figure, component.points(figure))
        for component in version.components
        if component.group == group
        for figure in (inputs.get(component.figure),)
    )
    known = [score for score in scores if score.exact is not None]
    exact = sum((score.exact for score in known if score.exact is not None), Fraction(0)) if known else None
    return GroupScore(group, exact, sum(score.component.maximum for score in known), GROUPS[group][2], scores)


@dataclass(frozen=True, slots=True)
class Change:
    """How much one component moved the index, and the figures before and after."""

    component: Component
    points: Fraction
    before: Figure | None
    after: Figure | None


def changes(before: IndexScore, after: IndexScore) -> tuple[Change, ...]:
    """Why the index changed: components by the size of their part, largest first; components without data are left out."""
    old = {score.component.key: score for score in before.components}
    moved = [
        Change(score.component, score.exact - past.exact, past.figure, score.figure)
        for score in after.components
        if (past := old.get(score.component.key)) and past.exact is not None and score.exact is not None
    ]
    return tuple(sorted((c for c in moved if c.points), key=lambda c: (-abs(c.points), c.component.key)))


@dataclass(frozen=True, slots=True)
class Part:
    """What one procedure did to a component: points it gave or took, its figures before and after."""

    procedure: str
    points: Fraction
    before: Figure | None
    after: Figure | None


def parts_of_change(
    change: Change, before: Mapping[str, Figure], after: Mapping[str, Figure]
) -> tuple[Part, ...]:
    """Which procedures made a component change, the largest part first; together they are the whole change.

    A procedure's part is what its dossiers add to the new share beyond what the old share would have made of them, less
    the same for the period before: exact, because those of all procedures sum to the difference of the two shares.
    """
    old, new = change.before, change.after
    if old is None or new is None or old.ratio is None or not new.denominator or not old.denominator:
        return ()
    base = old.ratio
    moved = new.ratio - base if new.ratio is not None else Fraction(0)
    worth = change.points / moved if moved else Fraction(0)
    parts = []
    for code in before.keys() | after.keys():
        past, now = before.get(code), after.get(code)
        part = _beyond(now, base) / new.denominator - _beyond(past, base) / old.denominator
        if part:
            parts.append(Part(code, part * worth, past, now))
    return tuple(sorted(parts, key=lambda part: (-abs(part.points), part.procedure)))


def _beyond(figure: Figure | None, base: Fraction) -> Fraction:
    return Fraction(0) if figure is None else figure.numerator - base * (figure.denominator or 0)


def on_hundred(score: IndexScore) -> Decimal | None:
    """The points reached scaled to 100, from the points that could be reached with the data there is; for comparing only."""
    return two_decimals(score.exact * 100 / score.attainable) if score.attainable else None
