"""Small questions the desk's templates ask."""

from collections.abc import Collection, Mapping

from django import template
from django.utils.translation import gettext

from motcua.dossiers.words import MOVES, MovePlace
from motcua.payments.queries import ChargeAct, ChargeState, ChargeView
from motcua.web.kit.components import Tone

register = template.Library()

_AT_DESK = frozenset(move.key for move in MOVES.values() if MovePlace.DESK in move.places)


@register.filter
def field(faults: Mapping[str, str], name: str) -> str:
    """What is wrong with a field whose name has dots."""
    return faults.get(name, "")


@register.filter
def birth(typed: Mapping[str, str]) -> dict[str, str]:
    """The three boxes of a birthday as typed."""
    return {part: typed.get(f"birth.{part}", "") for part in "dmy"}


@register.filter
def eq(one: object, other: object) -> bool:
    """Whether two values are the same (for arguments of a tag)."""
    return one == other


@register.filter
def acted(charge: ChargeView, opened: tuple[str, str]) -> str:
    """The act upon this charge that was refused just now, if any: its form is shown again with what was typed."""
    return opened[1] if opened[0] == str(charge.id) else ""


@register.filter
def refundable(charge: ChargeView) -> int:
    """What can still be given back of a paid charge."""
    return charge.amount - charge.refunded


@register.filter
def at_desk(moves: Collection[str]) -> bool:
    """Whether any of the acts open now is one of the desk."""
    return not _AT_DESK.isdisjoint(moves)


@register.filter
def is_open(charge: ChargeView) -> bool:
    """Whether the money is still to be collected."""
    return charge.state == ChargeState.OPEN


@register.filter
def is_paid(charge: ChargeView) -> bool:
    """Whether there is money of it to give back."""
    return charge.state == ChargeState.PAID and charge.refunded < charge.amount


@register.filter
def act_words(act: str) -> str:
    """What was done with a charge."""
    said = {
        ChargeAct.RAISED: gettext("Tính theo quy định"),
        ChargeAct.RECKONED: gettext("Tính lại"),
        ChargeAct.ADDED: gettext("Thêm"),
        ChargeAct.CORRECTED: gettext("Sửa số tiền"),
        ChargeAct.CANCELLED: gettext("Hủy"),
        ChargeAct.WAIVED: gettext("Miễn"),
        ChargeAct.PAID: gettext("Thu, biên lai số"),
        ChargeAct.REFUND_ASKED: gettext("Đề nghị hoàn"),
        ChargeAct.REFUNDED: gettext("Hoàn"),
        ChargeAct.REFUND_DECLINED: gettext("Từ chối hoàn"),
    }
    return said[ChargeAct(act)]


@register.filter
def standing(charge: ChargeView) -> tuple[str, Tone]:
    """What became of a charge: words and tone."""
    said = {
        ChargeState.OPEN: (gettext("Chưa thu"), Tone.SOON),
        ChargeState.PAID: (gettext("Đã thu"), Tone.DONE),
        ChargeState.EXEMPT: (gettext("Được miễn"), Tone.DONE),
        ChargeState.REFUNDED: (gettext("Đã hoàn"), Tone.QUIET),
        ChargeState.CANCELLED: (gettext("Đã hủy"), Tone.QUIET),
    }
    return said[ChargeState(charge.state)]
