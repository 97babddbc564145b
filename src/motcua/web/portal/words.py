"""The words of the catalogue as citizens read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy

from motcua.catalogue.queries import (
    Case,
    Channel,
    Component,
    FeeRow,
    LifeEvent,
    OnlineLevel,
    StepKind,
    VersionSnapshot,
    describe_fee,
)
from motcua.kernel import clock, money
from motcua.kernel.calendar import Limit, LimitUnit
from motcua.web.kit.terms import office_time

LIFE_EVENTS: dict[LifeEvent, tuple[Promise | str, str]] = {
    LifeEvent.BIRTH: (gettext_lazy("Sinh con"), "baby"),
    LifeEvent.SCHOOL: (gettext_lazy("Đi học"), "book"),
    LifeEvent.MARRIAGE: (gettext_lazy("Kết hôn"), "rings"),
    LifeEvent.HOME: (gettext_lazy("Chỗ ở, cư trú"), "home"),
    LifeEvent.LAND: (gettext_lazy("Đất đai"), "land"),
    LifeEvent.WORK: (gettext_lazy("Việc làm"), "briefcase"),
    LifeEvent.BUSINESS: (gettext_lazy("Kinh doanh"), "building"),
    LifeEvent.VEHICLE: (gettext_lazy("Xe cộ"), "send"),
    LifeEvent.HEALTH: (gettext_lazy("Sức khỏe"), "shield"),
    LifeEvent.SUPPORT: (gettext_lazy("Trợ giúp"), "people"),
    LifeEvent.RETIREMENT: (gettext_lazy("Nghỉ hưu, tuổi già"), "person"),
    LifeEvent.DEATH: (gettext_lazy("Người thân mất"), "flower"),
    LifeEvent.PAPERS: (gettext_lazy("Giấy tờ, chứng thực"), "stamp"),
}

LEVELS: dict[OnlineLevel, tuple[Promise | str, Promise | str]] = {
    OnlineLevel.FULL: (gettext_lazy("Toàn trình"), gettext_lazy("làm trọn trên mạng, không phải đến quầy")),
    OnlineLevel.PARTIAL: (gettext_lazy("Một phần"), gettext_lazy("gửi trên mạng, có việc phải đến quầy")),
    OnlineLevel.INFORMATION: (gettext_lazy("Chỉ thông tin"), gettext_lazy("nộp trực tiếp tại quầy")),
}

CHANNELS: dict[Channel, Promise | str] = {
    Channel.ONLINE: gettext_lazy("Trực tuyến"),
    Channel.COUNTER: gettext_lazy("Tại quầy"),
    Channel.POSTAL: gettext_lazy("Qua bưu điện"),
}

AGENCY_LEVELS = {
    "commune": gettext_lazy("UBND cấp xã"),
    "district": gettext_lazy("UBND cấp huyện (đến 30/6/2025)"),
    "province": gettext_lazy("Sở, ban, ngành của tỉnh"),
    "ministry": gettext_lazy("Bộ, cơ quan trung ương"),
    "other": gettext_lazy("Cơ quan khác"),
}

RETURN_WAYS = {
    "counter": gettext_lazy("Nhận tại Bộ phận Một cửa"),
    "postal": gettext_lazy("Nhận qua bưu điện"),
    "online": gettext_lazy("Chỉ nhận bản điện tử"),
}

_UNITS = {
    LimitUnit.HOUR: gettext_lazy("%(amount)s giờ làm việc"),
    LimitUnit.WORKING_DAY: gettext_lazy("%(amount)s ngày làm việc"),
    LimitUnit.CALENDAR_DAY: gettext_lazy("%(amount)s ngày"),
    LimitUnit.MONTH: gettext_lazy("%(amount)s tháng"),
}

#: What each kind of step is to the person who waits.
_LIVED = {
    StepKind.RECEIVE: gettext_lazy("Bộ phận Một cửa kiểm tra và tiếp nhận"),
    StepKind.ASSIGN: gettext_lazy("Hồ sơ đến cơ quan giải quyết"),
    StepKind.APPRAISE: gettext_lazy("Cán bộ xem xét hồ sơ"),
    StepKind.CONSULT: gettext_lazy("Hỏi ý kiến cơ quan liên quan"),
    StepKind.SUBMIT: gettext_lazy("Trình lãnh đạo"),
    StepKind.SIGN: gettext_lazy("Lãnh đạo ký"),
    StepKind.NUMBER: gettext_lazy("Vào số, đóng dấu"),
    StepKind.RETURN: gettext_lazy("Bạn nhận kết quả"),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """Time and money of one channel of a case, said."""

    channel: Promise | str
    time: str
    fees: tuple[str, ...]
    reliefs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LivedStep:
    """A step of the process, as the citizen lives it."""

    name: str
    time: str


@dataclass(frozen=True, slots=True)
class ToBring:
    """A paper of the checklist, said."""

    key: str
    name: str
    counts: str
    condition: str
    is_required: bool
    is_shown_only: bool
    form_file: str


def in_english() -> bool:
    return (get_language() or "vi").startswith("en")


def title_of(version: object) -> str:
    """The title in the reader's language; English may be absent."""
    english = getattr(version, "title_en", "")
    return english if in_english() and english else str(getattr(version, "title", ""))


def name_of(thing: object) -> str:
    """`name`, or `name_en` for English readers where there is one."""
    english = getattr(thing, "name_en", "")
    return english if in_english() and english else str(getattr(thing, "name", ""))


def limit_words(limit: Limit | None) -> str:
    """`1 ngày làm việc`, `15 ngày`; says so where the law sets none."""
    return (
        gettext("Không quy định") if limit is None else _UNITS[limit.unit] % {"amount": _number(limit.amount)}
    )


def fee_words(row: FeeRow) -> str:
    """`Lệ phí hộ tịch: 8.000 đ`, `Miễn phí`, the rate in words; what is not known is never said to be free."""
    name = name_of(row)
    if row.rule is not None:
        return f"{name}: {describe_fee(row, clock.today(), english=in_english())}"
    if row.amount is None:
        where = row.note or gettext("nguồn không nêu mức thu")
        return gettext("%(name)s: chưa rõ, xem: %(where)s") % {"name": name, "where": where}
    if row.amount == 0:
        return gettext("%(name)s: miễn phí") % {"name": name}
    return f"{name}: {money.show(row.amount)}"


def relief_words(case: Case, channel: Channel) -> tuple[str, ...]:
    """Who pays less, once each: people need to know it before they come."""
    grounds = dict.fromkeys(ground for row in case.fees_for(channel) for ground in row.exemptions)
    partly = dict.fromkeys(
        f"{relief.ground}: −{relief.percent} %" for row in case.fees_for(channel) for relief in row.reliefs
    )
    return (*grounds, *partly)


def terms_of(case: Case) -> list[Terms]:
    """By channel, those that the case knows of."""
    known = {row.channel for row in case.limits} | {row.channel for row in case.fees}
    return [
        Terms(
            CHANNELS[channel],
            limit_words(case.limit_for(channel)),
            tuple(dict.fromkeys(fee_words(row) for row in case.fees_for(channel)))
            or (gettext("Chưa rõ: nguồn không nêu mức thu"),),
            relief_words(case, channel),
        )
        for channel in CHANNELS
        if channel in known
    ]


def steps_of(version: VersionSnapshot) -> list[LivedStep]:
    """The path of a dossier through the process, without repeating neighbours that look the same from outside."""
    steps: list[LivedStep] = []
    seen: set[str] = set()
    queue = [version.process.start] if version.process.steps else []
    while queue:
        key = queue.pop(0)
        if key in seen:
            continue
        seen.add(key)
        step = version.process.step(key)
        queue += step.next
        name = str(_LIVED[step.kind])
        time = office_time(timedelta(hours=8) * float(step.days)) if step.days else ""
        if not steps or steps[-1].name != name:
            steps.append(LivedStep(name, time))
    return steps


def to_bring(components: Iterable[Component]) -> list[ToBring]:
    """The checklist: of a whole case, or of what a draft has to attach."""
    return [
        ToBring(c.key, name_of(c), _counts(c), c.condition, c.is_required, c.is_shown_only, c.form_file)
        for c in components
    ]


def _counts(component: Component) -> str:
    if component.is_shown_only:
        return gettext("chỉ cần xuất trình")
    counted = [
        (component.originals, gettext("%(count)s bản chính")),
        (component.copies, gettext("%(count)s bản sao")),
        (component.electronic, gettext("%(count)s bản điện tử")),
    ]
    said = [words % {"count": count} for count, words in counted if count]
    return ", ".join(said) or gettext("bản điện tử hoặc xuất trình")


def _number(amount: Decimal) -> str:
    text = f"{amount:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if in_english() else text.replace(".", ",")
