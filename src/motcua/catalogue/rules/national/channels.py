"""Channel table of the national export: `Trực tuyến3 Ngày làm việc100,000 VNĐ(...)mô tả` without separators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from motcua.catalogue.rules.national.pieces import NOTHING_STATED, UNPARSED, Doubt, Piece
from motcua.catalogue.words import Channel
from motcua.kernel.calendar import Limit, LimitUnit

HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"

CHANNELS = {
    "Trực tuyến": Channel.ONLINE,
    "Dịch vụ bưu chính": Channel.POSTAL,
    "Trực tiếp": Channel.COUNTER,
}
UNITS = {
    "Ngày làm việc": LimitUnit.WORKING_DAY,
    "Ngày": LimitUnit.CALENDAR_DAY,
    "Giờ": LimitUnit.HOUR,
    "Tháng": LimitUnit.MONTH,
}
DONG = ("VNĐ", "Việt Nam Đồng")
# The portal's own fee notes say "135.000 đồng" where the amount column says 135: below this the column is doubted.
SMALLEST_CREDIBLE_FEE = 1000

_CHANNEL = r"(?P<channel>Trực tuyến|Dịch vụ bưu chính|Trực tiếp)"
_UNIT = r"Ngày làm việc|Ngày|Giờ|Tháng"
_AMOUNT = r"(?P<amount>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?) (?P<currency>VNĐ|Việt Nam Đồng|[A-Z]{3})"
_FEE = rf"(?P<fee>Miễn phí|{NOTHING_STATED}|{_AMOUNT})"
_BY_UNIT = re.compile(rf"{_CHANNEL}(?P<number>\d+(?:[.,]\d+)?) (?P<unit>{_UNIT})(?:{_FEE})?")
_WITHOUT_UNIT = re.compile(rf"{_CHANNEL}(?P<number>\d+(?:[.,]\d+)?)(?P<fee>Miễn phí|{NOTHING_STATED})")
# `Trực tuyến120 VNĐ`: a bare number ran into the fee, "1" + "20" or "12" + "0": not decidable.
_GLUED = re.compile(rf"{_CHANNEL}(?P<glued>\d[\d,.]*) (?:VNĐ|Việt Nam Đồng|[A-Z]{{3}}\b)")
_NOT_STATED = re.compile(rf"{_CHANNEL}{NOTHING_STATED}{_FEE}")
# A limit in words, e.g. "Không phải trả kết quả cho người nộp thuế", always followed by the fee column.
_IN_WORDS = re.compile(
    rf"{_CHANNEL}(?P<words>(?:Không|Hệ thống)(?! có thông tin)[^\n;]{{0,160}}?)(?P<fee>Miễn phí|{NOTHING_STATED})"
)
_ANY_ENTRY = re.compile(rf"{_CHANNEL}(?=\d|Không|Hệ thống)")
# The yardstick of the report: whatever shows a channel, a number and a unit counts, read or not.
WITH_UNIT = re.compile(rf"{_CHANNEL}\d[\d.,]* (?:{_UNIT})")


@dataclass(frozen=True, slots=True)
class ChannelEntry:
    """One row of the table. `limit` is None when the source states none that can be computed;
    `amount` is đồng, 0 for free, None when not stated or in another currency (`currency`, `amount_text`)."""

    channel: Channel
    limit: Limit | None
    limit_text: str
    amount: int | None
    amount_text: str
    currency: str
    fee_note: str
    description: str
    has_unit: bool
    source: str


@dataclass(frozen=True, slots=True)
class ChannelTable:
    entries: tuple[ChannelEntry, ...]
    with_unit: int
    with_unit_parsed: int
    fees_stated: int
    fees_parsed: int
    doubts: tuple[Doubt, ...]
    pieces: tuple[Piece, ...]


def read_channels(text: str) -> ChannelTable:
    """Reads the whole cell; refuses nothing: what is not a row becomes a doubt and an `unparsed` piece."""
    pieces: list[Piece] = []
    doubts: list[Doubt] = []
    start = 0
    if text.startswith(HEADER):
        pieces.append(Piece("header", HEADER))
        start = len(HEADER)
    starts = [m.start() for m in _ANY_ENTRY.finditer(text, start) if _opens_entry(text, m.start())]
    lead = text[start : starts[0] if starts else len(text)]
    if lead:
        pieces.append(Piece(UNPARSED, lead))
        doubts.append(Doubt("channel_table", lead))
    entries: list[ChannelEntry] = []
    for at, end in pairwise([*starts, len(text)]):
        entry = _read_entry(text[at:end], pieces, doubts)
        if entry is not None:
            entries.append(entry)
    paid = [e for e in entries if e.amount_text not in ("", "Miễn phí", NOTHING_STATED)]
    return ChannelTable(
        entries=tuple(entries),
        with_unit=sum(1 for _ in WITH_UNIT.finditer(text)),
        with_unit_parsed=sum(e.has_unit and e.limit is not None for e in entries),
        fees_stated=len(paid),
        fees_parsed=sum(e.amount is not None for e in paid),
        doubts=tuple(doubts),
        pieces=tuple(pieces),
    )


def _opens_entry(text: str, at: int) -> bool:
    return any(p.match(text, at) for p in (_BY_UNIT, _WITHOUT_UNIT, _NOT_STATED, _IN_WORDS, _GLUED))


def _read_entry(text: str, pieces: list[Piece], doubts: list[Doubt]) -> ChannelEntry | None:
    for pattern, read in (
        (_BY_UNIT, _by_unit),
        (_NOT_STATED, _plain),
        (_WITHOUT_UNIT, _plain),
        (_IN_WORDS, _plain),
    ):
        found = pattern.match(text)
        if found is not None:
            return read(found, text, pieces, doubts)
    found = _GLUED.match(text)
    if found is None:  # `_opens_entry` let it through, so one of the patterns must match
        pieces.append(Piece(UNPARSED, text))
        doubts.append(Doubt("channel_entry", text))
        return None
    doubts.append(Doubt("limit_and_fee_glued", text))
    return _entry(
        found, text, pieces, limit=None, limit_text=found["glued"], amount_text=found[0][found.end("glued") :]
    )


def _by_unit(found: re.Match[str], text: str, pieces: list[Piece], doubts: list[Doubt]) -> ChannelEntry:
    limit = Limit(Decimal(found["number"].replace(",", ".")), UNITS[found["unit"]])
    if found["fee"] is None:
        doubts.append(Doubt("fee", text))
    entry = _entry(
        found,
        text,
        pieces,
        limit=limit,
        limit_text=f"{found['number']} {found['unit']}",
        amount_text=found["fee"] or "",
    )
    _doubt_fee(entry, doubts)
    return entry


def _plain(found: re.Match[str], text: str, pieces: list[Piece], doubts: list[Doubt]) -> ChannelEntry:
    limit_text = text[found.end("channel") : found.start("fee")]
    if limit_text != NOTHING_STATED:
        kind = "limit_without_unit" if limit_text[0].isdigit() else "limit_in_words"
        doubts.append(Doubt(kind, text[: found.end()]))
    entry = _entry(found, text, pieces, limit=None, limit_text=limit_text, amount_text=found["fee"])
    _doubt_fee(entry, doubts)
    return entry


def _doubt_fee(entry: ChannelEntry, doubts: list[Doubt]) -> None:
    if entry.currency and entry.currency not in DONG:
        doubts.append(Doubt("fee_in_foreign_currency", entry.source))
    elif entry.amount is not None and 0 < entry.amount < SMALLEST_CREDIBLE_FEE:
        doubts.append(Doubt("fee_suspicious", entry.source))


def _entry(
    found: re.Match[str],
    text: str,
    pieces: list[Piece],
    *,
    limit: Limit | None,
    limit_text: str,
    amount_text: str,
) -> ChannelEntry:
    note, rest = _split_note(text[found.end() :]) if amount_text else ("", text[found.end() :])
    head = found["channel"]
    pieces.append(Piece("channel", head))
    pieces.append(Piece("limit" if limit or limit_text == NOTHING_STATED else "limit_text", limit_text))
    pieces.extend(
        Piece(kind, part)
        for kind, part in (("fee", amount_text), ("fee_note", note), ("description", rest))
        if part
    )
    amount, currency = _amount(amount_text)
    return ChannelEntry(
        channel=CHANNELS[head],
        limit=limit,
        limit_text=limit_text,
        amount=amount,
        amount_text=amount_text,
        currency=currency,
        fee_note=_unwrapped(note),
        description=rest.strip(),
        has_unit=limit is not None,
        source=text,
    )


def _amount(text: str) -> tuple[int | None, str]:
    if text == "Miễn phí":
        return 0, ""
    number, _, currency = text.partition(" ")
    if currency not in DONG or not number.replace(",", "").isdigit():
        return None, "" if text == NOTHING_STATED else currency
    return int(number.replace(",", "")), currency


def _split_note(text: str) -> tuple[str, str]:
    """The fee note stands in brackets right behind the amount; notes nest brackets, some never close them."""
    if not text.startswith("("):
        return "", text
    depth = 0
    for at, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return text[: at + 1], text[at + 1 :]
    return text, ""


def _unwrapped(note: str) -> str:
    return note.removeprefix("(").removesuffix(")").strip()
