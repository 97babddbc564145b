"""Names of things in the language of the reader."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy

from motcua.dossiers.queries import (
    DossierPage,
    DossierRow,
)
from motcua.dossiers.words import (
    ABANDONED,
    FORMS,
    STATE_NAMES,
    State,
    StatutoryForm,
    Urgency,
)
from motcua.web.kit.components import Tone
from motcua.web.kit.returning import with_address

URGENCIES: dict[Urgency, Promise | str] = {
    Urgency.OVERDUE: gettext_lazy("Quá hạn"),
    Urgency.TODAY: gettext_lazy("Hôm nay"),
    Urgency.SOON: gettext_lazy("Trong 3 ngày"),
    Urgency.LATER: gettext_lazy("Còn thời gian"),
    Urgency.WAITING: gettext_lazy("Chờ bên khác"),
}
CHANNELS: dict[str, Promise | str] = {
    "counter": gettext_lazy("Tại quầy"),
    "online": gettext_lazy("Trực tuyến"),
    "postal": gettext_lazy("Bưu điện"),
}
RETURN_WAYS: dict[str, Promise | str] = {
    "counter": gettext_lazy("Nhận tại quầy"),
    "postal": gettext_lazy("Qua bưu điện"),
    "online": gettext_lazy("Chỉ nhận bản điện tử"),
}


def return_words(way: str, contact: Mapping[str, object]) -> str:
    """How the result comes back, and where the post brings it."""
    return with_address(str(RETURN_WAYS.get(way, way)), way, contact)


def state_words(state: str) -> str:
    """The name of a state."""
    return gettext(STATE_NAMES[State(state)])


def state_tone(row: DossierRow | DossierPage) -> Tone:
    """Quiet while somebody outside has to act or nothing is left to do, done once the result is there (never without one)."""
    if row.is_paused or row.state in ABANDONED:
        return Tone.QUIET
    if row.received_at is None:
        return Tone.SOON if row.ended_at is None else Tone.QUIET
    return Tone.DONE if row.ended_at is not None else Tone.PLAIN


def channel_words(channel: str) -> str:
    """How the dossier came in."""
    return str(CHANNELS.get(channel, channel))


def form_words(code: str) -> str:
    """`Mẫu 01: Giấy tiếp nhận hồ sơ và hẹn trả kết quả`."""
    return gettext("Mẫu %(code)s: %(name)s") % {
        "code": code,
        "name": gettext(FORMS[StatutoryForm(code)].title),
    }


def in_english() -> bool:
    """Whether the reader reads English."""
    return (get_language() or "vi").startswith("en")


def title_of(version: object) -> str:
    """The title in the reader's language; English may be absent."""
    english = getattr(version, "title_en", "")
    return str(english) if in_english() and english else str(getattr(version, "title", ""))


def name_of(thing: object) -> str:
    """`name`, or `name_en` for English readers where there is one."""
    english = getattr(thing, "name_en", "")
    return str(english) if in_english() and english else str(getattr(thing, "name", ""))
