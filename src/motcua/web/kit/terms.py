"""The clock bar of a dossier, for every face: what was promised, what is left, and why, in the reader's language."""

from datetime import datetime, timedelta
from typing import Protocol

from django.utils.translation import get_language, gettext, ngettext

from motcua.dossiers.words import Mood, mood_of
from motcua.kernel import clock
from motcua.kernel.calendar import WorkingCalendar
from motcua.kernel.deadline import Reckoning, line_words, plain_words
from motcua.web.kit import when
from motcua.web.kit.components import Clock, ClockLine, Tone

_WORKING_DAY = timedelta(hours=8)


class HasTerm(Protocol):
    """What of a dossier the clock needs; `dossiers.queries.DossierPage` has it."""

    @property
    def is_open(self) -> bool: ...
    @property
    def national_status(self) -> int: ...
    @property
    def is_paused(self) -> bool: ...
    @property
    def received_at(self) -> datetime | None: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def ended_at(self) -> datetime | None: ...
    @property
    def reckoning(self) -> Reckoning | None: ...


def clock_of(dossier: HasTerm, calendar: WorkingCalendar, *, for_officer: bool = False) -> Clock:
    """The clock bar of a dossier, as of now, on the calendar of its competent agency."""
    lines = _lines(dossier.reckoning, for_officer)
    if not dossier.is_open:
        return _ended(dossier, calendar, lines)
    if dossier.received_at is None:
        return Clock(gettext("Chờ tiếp nhận"), gettext("thời hạn tính từ lúc tiếp nhận"), 0, Tone.QUIET)
    if dossier.due_at is None:
        return Clock(gettext("Không có hạn trả"), gettext("thủ tục này không định thời hạn"), 0, Tone.QUIET)
    due = gettext("Hẹn trả %(moment)s") % {"moment": when.moment(dossier.due_at)}
    now = clock.now()
    ran = calendar.office_time_between(dossier.received_at, min(now, dossier.due_at))
    left = calendar.office_time_between(now, dossier.due_at) if now < dossier.due_at else timedelta(0)
    share = round(100 * (ran / (ran + left))) if ran + left else 100
    if dossier.is_paused:
        # What was promised no longer is, and what will be is not known: a citizen is told no date.
        due = due if for_officer else gettext("Ngày hẹn sẽ tính lại khi thời hạn chạy tiếp")
        return Clock(due, gettext("thời hạn đang tạm dừng, chờ người nộp"), share, Tone.PLAIN, True, lines)
    if now >= dossier.due_at:
        over = calendar.office_time_between(dossier.due_at, now)
        return Clock(
            due, gettext("quá hạn %(time)s") % {"time": office_time(over)}, 100, Tone.LATE, lines=lines
        )
    tone = Tone.SOON if left < _WORKING_DAY else Tone.PLAIN
    return Clock(due, gettext("còn %(time)s") % {"time": office_time(left)}, share, tone, lines=lines)


def office_time(length: timedelta) -> str:
    """`2 ngày làm việc` from one working day up, `3 giờ làm việc` or `25 phút làm việc` below."""
    minutes = int(length / timedelta(minutes=1))
    if length >= _WORKING_DAY:
        days = int(length / _WORKING_DAY)
        return ngettext("%(count)d ngày làm việc", "%(count)d ngày làm việc", days) % {"count": days}
    if minutes >= 60:
        hours = minutes // 60
        return ngettext("%(count)d giờ làm việc", "%(count)d giờ làm việc", hours) % {"count": hours}
    return ngettext("%(count)d phút làm việc", "%(count)d phút làm việc", minutes) % {"count": minutes}


def _ended(dossier: HasTerm, calendar: WorkingCalendar, lines: tuple[ClockLine, ...]) -> Clock:
    if dossier.ended_at is None:
        return Clock(gettext("Đã kết thúc"), "", 100, Tone.QUIET, lines=lines)
    if mood_of(dossier.national_status) is Mood.WITHOUT_RESULT:
        over = gettext("Kết thúc %(moment)s") % {"moment": when.moment(dossier.ended_at)}
        return Clock(
            over, gettext("không có kết quả, không tính đúng hay trễ hạn"), 100, Tone.QUIET, lines=lines
        )
    ended = gettext("Xong %(moment)s") % {"moment": when.moment(dossier.ended_at)}
    if dossier.due_at is None:
        return Clock(ended, "", 100, Tone.DONE, lines=lines)
    on, due_on = clock.local(dossier.ended_at).date(), clock.local(dossier.due_at).date()
    if on > due_on:
        late = office_time(calendar.office_time_between(dossier.due_at, dossier.ended_at))
        return Clock(ended, gettext("trễ %(time)s") % {"time": late}, 100, Tone.LATE, lines=lines)
    said = gettext("đúng hạn") if on == due_on else gettext("trước hạn")
    return Clock(ended, said, 100, Tone.DONE, lines=lines)


def _lines(reckoning: Reckoning | None, for_officer: bool) -> tuple[ClockLine, ...]:
    if reckoning is None:
        return ()
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    if for_officer:
        return tuple(ClockLine(line_words(line, language), "") for line in reckoning.explanation)
    return tuple(ClockLine(words, "") for words in plain_words(reckoning, language))
