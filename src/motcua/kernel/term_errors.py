"""Refusals of the calendar and of the deadline engine, with their sentence in both languages.

The English sentence stands here too because `motcua deadline` speaks both languages without starting the
framework.
"""

from typing import ClassVar

from motcua.kernel.errors import DomainError


class TermError(DomainError):
    """A term, a pause or a calendar that makes no sense."""

    code = "kernel.term_refused"
    message = "Thời hạn hoặc lịch làm việc không hợp lệ."
    english: ClassVar[str] = "The term or the working calendar is not valid."

    def both(self) -> str:
        """One line for a terminal: Vietnamese, then English."""
        return f"{self.sentence()} / {self.sentence(self.english)}"


class MomentInvalid(TermError):
    """Text or value that is not a moment that exists (30 February, 25:00)."""

    code = "kernel.moment_invalid"
    message = "Thời điểm “{given}” không tồn tại hoặc sai định dạng; hãy viết như 2026-01-05T09:00."
    english = "The moment “{given}” does not exist or is malformed; write it like 2026-01-05T09:00."


class MomentOutsideCalendar(TermError):
    """Before the first or after the last day the calendar knows."""

    code = "kernel.moment_outside_calendar"
    message = "Thời điểm nằm ngoài phạm vi của lịch làm việc (từ năm {first} đến năm {last})."
    english = "The moment lies outside the working calendar (years {first} to {last})."


class CalendarHasNoOfficeTime(TermError):
    """No office hour is left to count, so nothing could ever fall due."""

    code = "kernel.calendar_has_no_office_time"
    message = "Lịch làm việc không còn giờ làm việc nào để tính thời hạn."
    english = "The working calendar has no office hour left in which to count the term."


class OfficeHoursInvalid(TermError):
    """An interval of office hours that ends before it begins, or overlaps another."""

    code = "kernel.office_hours_invalid"
    message = "Giờ làm việc không hợp lệ: {given}."
    english = "The office hours are not valid: {given}."


class LimitInvalid(TermError):
    """Not a number, or negative."""

    code = "kernel.limit_invalid"
    message = "Thời hạn “{given}” không hợp lệ: phải là một số không âm."
    english = "The limit “{given}” is not valid: it must be a number, not negative."


class UnitUnknown(TermError):
    code = "kernel.unit_unknown"
    message = "Đơn vị thời hạn “{given}” không có; hãy dùng hour, working_day, calendar_day hoặc month."
    english = "There is no unit “{given}”; use hour, working_day, calendar_day or month."


class PolicyUnknown(TermError):
    code = "kernel.policy_unknown"
    message = "Cách tính sau tạm dừng “{given}” không có; hãy dùng resume hoặc restart."
    english = "There is no policy “{given}”; use resume or restart."


class PauseInvalid(TermError):
    """A pause that ends before it begins, or is not written as one."""

    code = "kernel.pause_invalid"
    message = (
        "Khoảng tạm dừng “{given}” không hợp lệ: cần viết TỪ/ĐẾN và không được kết thúc trước khi bắt đầu."
    )
    english = "The pause “{given}” is not valid: write FROM/TO; it may not end before it begins."


class CutoffInvalid(TermError):
    code = "kernel.cutoff_invalid"
    message = "Giờ chốt “{given}” không hợp lệ; hãy viết như 15:00."
    english = "The cut-off “{given}” is not a time of day; write it like 15:00."


class TermIncomplete(TermError):
    """A request without its start, limit or unit, or one that is not written as a request at all."""

    code = "kernel.term_incomplete"
    message = "Dòng yêu cầu thiếu hoặc sai “{given}”."
    english = "The request lacks “{given}”, or it is malformed."
