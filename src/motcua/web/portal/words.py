"""The words of the catalogue as citizens read them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy

from motcua.catalogue.queries import (
    Case,
    Channel,
    Component,
    FeeRow,
    OnlineLevel,
    PartialGround,
    VersionSnapshot,
    describe_fee,
)
from motcua.kernel import clock, money
from motcua.kernel.calendar import Limit, LimitUnit
from motcua.web.kit.life_events import LIFE_EVENTS as LIFE_EVENTS
from motcua.web.kit.returning import with_address

LEVELS: dict[OnlineLevel, tuple[Promise | str, Promise | str]] = {
    OnlineLevel.FULL: (gettext_lazy("Toàn trình"), gettext_lazy("làm trọn trên mạng, không phải đến quầy")),
    OnlineLevel.PARTIAL: (gettext_lazy("Một phần"), gettext_lazy("gửi trên mạng, có việc phải đến quầy")),
    OnlineLevel.INFORMATION: (gettext_lazy("Chỉ thông tin"), gettext_lazy("nộp trực tiếp tại quầy")),
}

#: The grounds of Decree 224/2026 art 14 for offering a part only.
PARTIAL_GROUNDS: dict[PartialGround, Promise | str] = {
    PartialGround.PRESENCE: gettext_lazy("phải có mặt"),
    PartialGround.SITE_CHECK: gettext_lazy("phải kiểm tra thực địa"),
    PartialGround.FAULT: gettext_lazy("hệ thống đang có sự cố"),
    PartialGround.TECHNICAL: gettext_lazy("kỹ thuật chưa đáp ứng"),
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


def return_words(way: str, contact: Mapping[str, object]) -> str:
    """How the result comes back, and where the post brings it."""
    return with_address(str(RETURN_WAYS.get(way, way)), way, contact)


def title_of(version: object) -> str:
    """The title in the reader's language; English may be absent."""
    english = getattr(version, "title_en", "")
    return english if in_english() and english else str(getattr(version, "title", ""))


def name_of(thing: object) -> str:
    """`name`, or `name_en` for English readers where there is one."""
    english = getattr(thing, "name_en", "")
    return english if in_english() and english else str(getattr(thing, "name", ""))


def reason_words(version: VersionSnapshot) -> str:
    """Why a service is offered in part only, with its ground; nothing where it is not."""
    reason = version.partial_reason
    if reason is None:
        return ""
    text = reason.text_en if in_english() and reason.text_en else reason.text
    return gettext("Lý do: %(ground)s. %(text)s") % {"ground": PARTIAL_GROUNDS[reason.ground], "text": text}


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


def fee_unknown() -> str:
    """A procedure of which nobody wrote down the money is not free."""
    return gettext("Chưa rõ: nguồn không nêu mức thu")


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
