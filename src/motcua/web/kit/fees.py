"""What a dossier costs, said: the same lines on the portal's pages and at the desk."""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from motcua.catalogue.queries import FeeReckoning, ReckonedFee
from motcua.kernel import money
from motcua.payments.queries import ChargeState, ChargeView
from motcua.web.kit.components import Tone


@dataclass(frozen=True, slots=True)
class FeeSaid:
    """One fee: how much, how it came about, why less, or where to look."""

    name: str
    amount: str
    how: str = ""
    relief: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class SumSaid:
    """All fees of a dossier; `grounds` of reliefs nobody has shown yet."""

    lines: list[FeeSaid]
    total: str
    grounds: tuple[str, ...] = ()


def in_english() -> bool:
    return (get_language() or "vi").startswith("en")


def said(reckoning: FeeReckoning) -> SumSaid:
    """The reckoning for people. A sum with an unknown part says what is known of it, and that there is more."""
    lines = [_line(fee) for fee in reckoning.fees]
    if reckoning.total is not None:
        total = _sum(reckoning.total, is_free=all(_is_free(fee) for fee in reckoning.fees))
    elif reckoning.known:
        total = gettext("%(known)s và phần chưa rõ") % {"known": money.show(reckoning.known)}
    else:
        total = gettext("Chưa rõ")
    due = [fee for fee in reckoning.fees if fee.amount != 0 and fee.relief is None]
    grounds = dict.fromkeys(ground for fee in due for ground in fee.row.exemptions)
    return SumSaid(lines, total, tuple(grounds))


def _is_free(fee: ReckonedFee) -> bool:
    """Nothing is due whatever is asked for; a rate times nothing (no copy wanted, or not said yet) is no free service."""
    return fee.amount == 0 and (fee.relief is not None or "×" not in fee.formula)


def _sum(amount: int, *, is_free: bool) -> str:
    return gettext("Miễn phí") if is_free else money.show(amount)


def _line(fee: ReckonedFee) -> FeeSaid:
    name = (fee.row.name_en if in_english() else "") or fee.row.name
    relief = ""
    if fee.relief is not None:
        words = gettext("giảm %(percent)d %%: %(ground)s") % {
            "percent": fee.relief.percent,
            "ground": fee.relief.ground,
        }
        relief = " · ".join(part for part in (words, fee.relief.basis, fee.relief.source) if part)
    if fee.amount is None:
        return FeeSaid(
            name, gettext("Chưa rõ"), "", relief, gettext("Xem: %(where)s") % {"where": fee.unknown}
        )
    amount = _sum(fee.amount, is_free=_is_free(fee))
    how = ""
    if fee.formula and fee.full is not None:
        how = f"{fee.formula} = {money.show(fee.full)}"
    return FeeSaid(name, amount, how, relief)


def standing_of(charge: ChargeView) -> tuple[str, Tone]:
    """What became of a charge, as whoever pays reads it: word and tone."""
    said_of = {
        ChargeState.OPEN: (gettext("Chưa nộp"), Tone.SOON),
        ChargeState.PAID: (gettext("Đã nộp"), Tone.DONE),
        ChargeState.EXEMPT: (gettext("Được miễn"), Tone.DONE),
        ChargeState.REFUNDED: (gettext("Đã hoàn"), Tone.QUIET),
        ChargeState.CANCELLED: (gettext("Đã hủy"), Tone.QUIET),
    }
    return said_of[ChargeState(charge.state)]
