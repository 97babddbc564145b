"""The clock of a dossier as people say it: what was promised, what is left, how it was reckoned."""

from datetime import datetime, timedelta

from django.utils.translation import get_language, gettext, ngettext

from motcua.directory import queries as directory
from motcua.dossiers.queries import DossierPage, DossierRow, Punctuality, Urgency, punctuality
from motcua.kernel import clock
from motcua.kernel.deadline import line_words, plain_words
from motcua.web.kit import when
from motcua.web.kit.components import Clock, ClockLine, Tone

_OFFICE_DAY = timedelta(hours=8)


def clock_of(page: DossierPage) -> Clock | None:
    """The clock bar of a dossier's page; None where nothing was promised."""
    lines = tuple(ClockLine(words, "") for words in reckoning_in_words(page))
    if page.due_at is None or page.received_at is None:
        return None
    if page.ended_at is not None:
        return _ended(page, page.ended_at, page.due_at, lines)
    due = gettext("Hẹn trả %(moment)s") % {"moment": when.moment(page.due_at)}
    share = _share(page, clock.now())
    if page.is_paused:
        return Clock(due, gettext("thời hạn đang tạm dừng"), share, Tone.PLAIN, is_paused=True, lines=lines)
    now = clock.now()
    if now > page.due_at:
        late = amount(_office_time(page, page.due_at, now))
        return Clock(due, gettext("quá hạn %(amount)s") % {"amount": late}, 100, Tone.LATE, lines=lines)
    left = _office_time(page, now, page.due_at)
    tone = Tone.SOON if left <= _OFFICE_DAY else Tone.PLAIN
    return Clock(due, gettext("còn %(amount)s") % {"amount": amount(left)}, share, tone, lines=lines)


def reckoning_in_words(page: DossierPage) -> list[str]:
    """How the due moment came about, in a few sentences of the reader's language."""
    return plain_words(page.reckoning, _language()) if page.reckoning else []


def reckoning_by_line(page: DossierPage) -> list[str]:
    """The same for officers, interval by interval."""
    return [line_words(line, _language()) for line in page.reckoning.explanation] if page.reckoning else []


def amount(office_time: timedelta) -> str:
    """Office time as people say it: working days from one day up, otherwise hours and minutes."""
    days = office_time / _OFFICE_DAY
    if days >= 1:
        whole = round(days * 2) / 2
        number = f"{whole:.1f}".rstrip("0").rstrip(".")
        number = number if _language() == "en" else number.replace(".", ",")
        return ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", int(whole)) % {"n": number}
    minutes = int(office_time.total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return gettext("%(hours)s giờ %(minutes)s phút") % {"hours": hours, "minutes": rest}
    if hours:
        return gettext("%(hours)s giờ") % {"hours": hours}
    return gettext("%(minutes)s phút") % {"minutes": rest}


def due_words(row: DossierRow) -> tuple[str, Tone | None]:
    """The due moment of a line in a list: the day, how far it is, and its tone (None: nothing to worry about)."""
    if row.due_at is None:
        return "", None
    due = clock.local(row.due_at)
    if row.ended_at is not None:
        return f"{due:%d/%m/%Y}", None
    days = (due.date() - clock.today()).days
    match row.urgency:
        case Urgency.OVERDUE:
            return ngettext("quá %(n)s ngày", "quá %(n)s ngày", -days) % {"n": -days}, Tone.LATE
        case Urgency.TODAY:
            return gettext("hôm nay %(time)s") % {"time": f"{due:%H:%M}"}, Tone.SOON
        case Urgency.WAITING:
            return gettext("đang tạm dừng"), Tone.QUIET
        case _:
            return f"{due:%H:%M %d/%m}", None


def _ended(page: DossierPage, ended_at: datetime, due_at: datetime, lines: tuple[ClockLine, ...]) -> Clock:
    said = {
        Punctuality.EARLY: (gettext("xong trước hạn"), Tone.DONE),
        Punctuality.ON_TIME: (gettext("xong đúng hạn"), Tone.DONE),
        Punctuality.LATE: (gettext("xong sau hạn"), Tone.LATE),
    }
    words, tone = said[punctuality(clock.local(ended_at).date(), clock.local(due_at).date())]
    ended = gettext("Kết thúc %(moment)s") % {"moment": when.moment(ended_at)}
    return Clock(ended, words, min(100, _share(page, ended_at)), tone, lines=lines)


def _share(page: DossierPage, at: datetime) -> int:
    if page.received_at is None or page.due_at is None:
        return 0
    whole = _office_time(page, page.received_at, page.due_at)
    return round(100 * (_office_time(page, page.received_at, at) / whole)) if whole else 100


def _office_time(page: DossierPage, begin: datetime, end: datetime) -> timedelta:
    if end <= begin:
        return timedelta(0)
    return directory.calendar_of(page.competent.id).office_time_between(begin, end)


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"
