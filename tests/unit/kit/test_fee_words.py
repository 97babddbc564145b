"""A fee in words: what costs nothing only because none of it is wanted is no free service."""

from motcua.catalogue.queries import Channel, FeeKind, FeeReckoning, FeeRow, ReckonedFee
from motcua.web.kit import fees


def _fee(amount: int | None, formula: str = "") -> ReckonedFee:
    row = FeeRow(Channel.ONLINE, "F", "Phí cấp bản sao", FeeKind.FEE, amount)
    return ReckonedFee(row, amount, amount, formula, unknown="Nghị quyết")


def test_no_copy_wanted_is_not_free_and_free_is() -> None:
    none_wanted = fees.said(FeeReckoning((_fee(0, "8.000 đ × 0 bản"),)))
    assert (none_wanted.lines[0].amount, none_wanted.total) == ("0 đ", "0 đ")
    assert none_wanted.lines[0].how == "8.000 đ × 0 bản = 0 đ"
    free = fees.said(FeeReckoning((_fee(0),)))
    assert (free.lines[0].amount, free.total) == ("Miễn phí", "Miễn phí")
    both = fees.said(FeeReckoning((_fee(0), _fee(0, "8.000 đ × 0 bản"))))
    assert both.total == "0 đ"
    assert fees.said(FeeReckoning((_fee(None),))).total == "Chưa rõ"
