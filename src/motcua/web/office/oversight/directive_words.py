"""Words of directives: acts, states, subjects and terms as people say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from motcua.kernel.errors import DomainError
from motcua.oversight import queries
from motcua.oversight.queries import DirectiveAct, DirectiveState, DirectiveView, EntryView, Subject
from motcua.web.kit import when
from motcua.web.kit.components import Moment, SummaryRow, Tone

SLUGS: Final[Mapping[DirectiveAct, str]] = {
    DirectiveAct.ANSWER: "tra-loi",
    DirectiveAct.TAKE_BACK: "rut-tra-loi",
    DirectiveAct.SETTLE: "hoan-thanh",
    DirectiveAct.SEND_BACK: "lam-lai",
    DirectiveAct.WITHDRAW: "thu-hoi",
    DirectiveAct.TAKE_UP: "mo-lai",
}
NEEDS_TEXT: Final = (DirectiveAct.ANSWER, DirectiveAct.SEND_BACK, DirectiveAct.WITHDRAW)
_LABELS: Final[Mapping[DirectiveAct, Promise | str]] = {
    DirectiveAct.ANSWER: gettext_lazy("Gửi trả lời"),
    DirectiveAct.TAKE_BACK: gettext_lazy("Rút lại trả lời"),
    DirectiveAct.SETTLE: gettext_lazy("Chấp nhận hoàn thành"),
    DirectiveAct.SEND_BACK: gettext_lazy("Yêu cầu làm lại"),
    DirectiveAct.WITHDRAW: gettext_lazy("Thu hồi chỉ đạo"),
    DirectiveAct.TAKE_UP: gettext_lazy("Mở lại chỉ đạo"),
}
_DONE: Final[Mapping[DirectiveAct, Promise | str]] = {
    DirectiveAct.ANSWER: gettext_lazy(
        "Đã gửi trả lời; người giao được báo. Có thể rút lại khi chưa được chấp nhận."
    ),
    DirectiveAct.TAKE_BACK: gettext_lazy("Đã rút lại trả lời."),
    DirectiveAct.SETTLE: gettext_lazy("Chỉ đạo đã hoàn thành. Có thể mở lại."),
    DirectiveAct.SEND_BACK: gettext_lazy("Đã yêu cầu làm lại; người thực hiện được báo."),
    DirectiveAct.WITHDRAW: gettext_lazy("Đã thu hồi chỉ đạo. Có thể mở lại."),
    DirectiveAct.TAKE_UP: gettext_lazy("Đã mở lại chỉ đạo."),
}
_HINTS: Final[Mapping[DirectiveAct, Promise | str]] = {
    DirectiveAct.ANSWER: gettext_lazy("Đã làm gì, kết quả ra sao, còn vướng gì."),
    DirectiveAct.SEND_BACK: gettext_lazy("Còn thiếu gì."),
    DirectiveAct.WITHDRAW: gettext_lazy("Vì sao không cần làm nữa."),
}
_ENTRIES: Final[Mapping[DirectiveAct, Promise | str]] = {
    DirectiveAct.GIVE: gettext_lazy("Giao chỉ đạo"),
    DirectiveAct.ANSWER: gettext_lazy("Trả lời"),
    DirectiveAct.TAKE_BACK: gettext_lazy("Rút lại trả lời"),
    DirectiveAct.SETTLE: gettext_lazy("Chấp nhận hoàn thành"),
    DirectiveAct.SEND_BACK: gettext_lazy("Yêu cầu làm lại"),
    DirectiveAct.WITHDRAW: gettext_lazy("Thu hồi"),
    DirectiveAct.TAKE_UP: gettext_lazy("Mở lại"),
    DirectiveAct.FALL_DUE: gettext_lazy("Quá hạn mà chưa có trả lời"),
}


def label(act: DirectiveAct) -> str:
    """The button of an act."""
    return str(_LABELS[act])


def done(act: DirectiveAct) -> str:
    """What was done, and what can be done about it."""
    return str(_DONE[act])


def hint(act: DirectiveAct) -> str:
    """What to write."""
    return str(_HINTS.get(act, ""))


def state(view: DirectiveView) -> str:
    """The state with its lateness, in words."""
    match view.state:
        case DirectiveState.WITHDRAWN:
            return gettext("đã thu hồi")
        case DirectiveState.SETTLED:
            return gettext("hoàn thành trễ") if view.is_overdue else gettext("hoàn thành")
        case DirectiveState.ANSWERED:
            return gettext("đã trả lời, trễ hạn") if view.is_overdue else gettext("đã trả lời")
        case _:
            return gettext("quá hạn") if view.is_overdue else gettext("đang thực hiện")


def tone(view: DirectiveView) -> Tone:
    """Red only for time run out, green only for done."""
    match view.state:
        case DirectiveState.WITHDRAWN:
            return Tone.QUIET
        case DirectiveState.SETTLED:
            return Tone.DONE
        case DirectiveState.OPEN if view.is_overdue:
            return Tone.LATE
        case _:
            return Tone.PLAIN


def subject(view: DirectiveView) -> str:
    """What it is about, in a few words."""
    match view.subject:
        case Subject.DOSSIER:
            return gettext("Hồ sơ %(code)s") % {"code": view.dossier_code or "…"}
        case Subject.FIGURE:
            return figure_words(view.indicator, view.period)
        case _:
            return view.agency_name


def figure_words(key: str, period: str) -> str:
    """A figure by the name of its indicator and period; by its keys where they have gone out of force."""
    try:
        held = queries.parse_period(period)
        return f"{queries.title_of(queries.indicator(key, held.last))}, {queries.period_name(held)}"
    except DomainError:
        return f"{key} {period}".strip()


def due(view: DirectiveView) -> str:
    """The term in a list."""
    return when.short_moment(view.due_at)


def short(text: str) -> str:
    """The beginning of what was asked."""
    return text if len(text) <= 90 else text[:88].rstrip() + "…"


def facts(view: DirectiveView) -> list[SummaryRow]:
    """Who, for whom, by when."""
    rows = [
        SummaryRow(gettext("Cơ quan"), view.agency_name),
        SummaryRow(gettext("Người thực hiện"), view.assignee_name),
        SummaryRow(gettext("Người giao"), view.given_by_name, note=when.moment(view.given_at)),
        SummaryRow(gettext("Hạn trả lời"), when.moment(view.due_at)),
    ]
    if view.answered_at:
        rows.append(SummaryRow(gettext("Trả lời lúc"), when.moment(view.answered_at)))
    return rows


def moment(entry: EntryView) -> Moment:
    """A line of the history."""
    return Moment(title=str(_ENTRIES[entry.act]), at=entry.at, by=entry.actor_name, text=entry.text)
