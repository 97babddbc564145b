"""A reckoning in plain words, for a citizen (`plain_words`) or line by line for an officer (`line_words`)."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from motcua.kernel.calendar import Limit, LimitUnit
from motcua.kernel.deadline.reckoning import Line, LineKind, Reckoning

_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_UNITS = {
    LimitUnit.HOUR: ("giờ làm việc", "office hour"),
    LimitUnit.WORKING_DAY: ("ngày làm việc", "working day"),
    LimitUnit.CALENDAR_DAY: ("ngày", "day"),
    LimitUnit.MONTH: ("tháng", "month"),
}
_SENTENCES = {
    "received": ("Hồ sơ được nhận lúc {at}.", "The dossier was received at {at}."),
    "cutoff": (
        "Thời điểm này từ giờ chốt nhận hồ sơ trong ngày trở đi nên được tính như nhận lúc {to}.",
        "This was at or after the cut-off of the day, so it counts as received at {to}.",
    ),
    "outside": (
        "Cơ quan chưa làm việc vào lúc đó nên thời hạn bắt đầu tính từ {to}.",
        "The office was closed then, so counting begins at {to}.",
    ),
    "limit": ("Thời hạn giải quyết là {limit}.", "The limit is {limit}."),
    "limit_hours": (
        "Thời hạn giải quyết là {limit}, tức {hours}; chỉ tính giờ cơ quan mở cửa.",
        "The limit is {limit}, that is {hours}; only the hours the office is open count.",
    ),
    "pause": (
        "Đồng hồ tạm dừng từ {at} đến {to}{ground}: {taken} không tính.",
        "The clock stood still from {at} to {to}{ground}: {taken} not counted.",
    ),
    "restart": (
        "Sau khi tạm dừng, thời hạn được tính lại từ đầu, từ {to}.",
        "After the pause the full term runs again, from {to}.",
    ),
    "worked": ("Có tính ngày làm bù: {days}.", "Days worked in exchange are counted: {days}."),
    "skipped": ("Không tính ngày nghỉ: {days}.", "Days off are not counted: {days}."),
    "moved": (
        "Ngày cuối cùng là ngày nghỉ ({days}) nên hạn chuyển sang ngày làm việc kế tiếp.",
        "The last day is a day off ({days}), so the term ends on the next office day.",
    ),
    "weekly": ("{count} ngày nghỉ hằng tuần", "{count} of weekly rest"),
    "open": (
        "Hồ sơ đang tạm dừng từ {at}{ground}; hạn dưới đây sẽ lùi lại theo thời gian tạm dừng.",
        "The dossier has been paused since {at}{ground}; the due moment below will move on with the pause.",
    ),
    "notice": ("Lưu ý: {name}.", "Note: {name}."),
    "due": ("Hạn trả kết quả: {at}.", "Due: {at}."),
}


def plain_words(reckoning: Reckoning, lang: str = "vi") -> list[str]:
    """The reckoning in a few sentences, Vietnamese (`vi`) or English (`en`), the due moment last."""
    return list(_sentences(reckoning, lang))


def line_words(line: Line, lang: str = "vi") -> str:
    """One line of the explanation for an officer: from, to, what, how much, on whose word."""
    until = "…" if line.to_at is None else f"{line.to_at:%H:%M %d/%m/%Y}"
    text = f"{line.from_at:%H:%M %d/%m/%Y} – {until}: {_name(line, lang)}"
    amounts = [_time(line.office_time, lang)] if line.office_time else []
    amounts += [_days(line.days, lang)] if line.days else []
    text += f" ({', '.join(amounts)})" if amounts else ""
    return text + (f" [{line.source}]" if line.source else "")


def _sentences(reckoning: Reckoning, lang: str) -> Iterator[str]:
    by_kind: dict[LineKind, list[Line]] = {}
    for line in reckoning.explanation:
        by_kind.setdefault(line.kind, []).append(line)
    yield _say("received", lang, at=_moment(reckoning.start_at, lang))
    for line in by_kind.get(LineKind.CUTOFF, ()):
        yield _say("cutoff", lang, to=_moment(_end(line), lang))
    restarts = by_kind.get(LineKind.RESTART, [])
    if not restarts:
        yield from _outside(by_kind, lang)
    yield _limit_sentence(reckoning.limit, lang)
    yield from (_pause_sentence(line, lang) for line in by_kind.get(LineKind.PAUSE, ()) if line.to_at)
    for line in restarts:
        yield _say("restart", lang, to=_moment(_end(line), lang))
        yield from _outside(by_kind, lang)
    if worked := _distinct(_dated(line, lang) for line in by_kind.get(LineKind.SWAP_WORKED, ())):
        yield _say("worked", lang, days="; ".join(worked))
    if skipped := _skipped(by_kind, lang):
        yield _say("skipped" if reckoning.limit.is_office_time else "moved", lang, days="; ".join(skipped))
    for line in by_kind.get(LineKind.PAUSE, ()):
        if line.to_at is None:
            yield _say("open", lang, at=_moment(line.from_at, lang), ground=_ground(line))
    for line in by_kind.get(LineKind.NOTICE, ()):
        yield _say("notice", lang, name=_name(line, lang))
    yield _say("due", lang, at=_moment(reckoning.due_at, lang))


def _outside(by_kind: dict[LineKind, list[Line]], lang: str) -> Iterator[str]:
    for line in by_kind.get(LineKind.OUTSIDE_HOURS, ()):
        yield _say("outside", lang, to=_moment(_end(line), lang))


def _limit_sentence(limit: Limit, lang: str) -> str:
    amount = _amount(limit.amount, limit.unit, lang)
    if limit.unit is LimitUnit.WORKING_DAY:
        return _say("limit_hours", lang, limit=amount, hours=_amount(limit.amount * 8, LimitUnit.HOUR, lang))
    return _say("limit", lang, limit=amount)


def _pause_sentence(line: Line, lang: str) -> str:
    taken = _days(line.days, lang) if line.days else _time(line.office_time, lang)
    at, to = _moment(line.from_at, lang), _moment(_end(line), lang)
    return _say("pause", lang, at=at, to=to, ground=_ground(line), taken=taken)


def _skipped(by_kind: dict[LineKind, list[Line]], lang: str) -> list[str]:
    named = [*by_kind.get(LineKind.HOLIDAY, ()), *by_kind.get(LineKind.SWAP_OFF, ())]
    told = [_dated(line, lang) for line in sorted(named, key=lambda line: line.from_at)]
    weekly = sum(line.days for line in by_kind.get(LineKind.WEEKEND, ()))
    if weekly:
        count = str(weekly) if lang == "vi" else _days(weekly, lang)
        told.append(_say("weekly", lang, count=count))
    return told


def _dated(line: Line, lang: str) -> str:
    day = f"{line.from_at:%d/%m/%Y}" if lang == "vi" else _english_day(line.from_at)
    return f"{_name(line, lang)}, {_WEEKDAYS[lang][line.from_at.weekday()]} {day}"


def _moment(at: datetime, lang: str) -> str:
    clock = f"{at:%H:%M}" if not at.second else f"{at:%H:%M:%S}"
    weekday = _WEEKDAYS[lang][at.weekday()]
    return (
        f"{clock} {weekday}, ngày {at:%d/%m/%Y}"
        if lang == "vi"
        else f"{clock} on {weekday} {_english_day(at)}"
    )


def _english_day(at: datetime) -> str:
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def _amount(amount: Decimal, unit: LimitUnit, lang: str) -> str:
    vietnamese, english = _UNITS[unit]
    number = f"{amount:f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    if lang == "vi":
        return f"{number.replace('.', ',')} {vietnamese}"
    return f"{number} {english}" if amount == 1 else f"{number} {english}s"


def _time(length: timedelta, lang: str) -> str:
    """Office time, in hours and minutes."""
    minutes, seconds = divmod(length.seconds + length.days * 86_400, 60)
    parts = [(minutes // 60, "giờ", "h"), (minutes % 60, "phút", "min"), (seconds, "giây", "s")]
    told = [f"{count} {vi if lang == 'vi' else en}" for count, vi, en in parts if count]
    nothing = "0 phút" if lang == "vi" else "0 min"
    return f"{' '.join(told) or nothing} {'làm việc' if lang == 'vi' else 'of office time'}"


def _days(count: int, lang: str) -> str:
    return _amount(Decimal(count), LimitUnit.CALENDAR_DAY, lang)


def _ground(line: Line) -> str:
    stated = [text for text in (line.name, line.source) if text and text not in ("Tạm dừng", "Đang tạm dừng")]
    return f" ({', '.join(stated)})" if stated else ""


def _name(line: Line, lang: str) -> str:
    return line.name if lang == "vi" else line.name_en or line.name


def _end(line: Line) -> datetime:
    return line.to_at or line.from_at


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _say(sentence: str, lang: str, **places: str) -> str:
    return _SENTENCES[sentence][0 if lang == "vi" else 1].format_map(places)
