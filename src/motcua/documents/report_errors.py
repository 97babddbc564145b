"""Refusals of reports of forged papers."""

from motcua.kernel.errors import DomainError, Kind


class ReportTextMissing(DomainError):
    code = "documents.report_text_missing"
    message = "Chưa ghi gì."
    advice = "Viết vài câu rồi gửi lại."


class ReportTooLong(DomainError):
    code = "documents.report_too_long"
    message = "Dài quá: nội dung tối đa {text} ký tự, cách liên hệ tối đa {contact} ký tự."


class ReportClosed(DomainError):
    code = "documents.report_closed"
    kind = Kind.CONFLICT
    message = "Báo này đã có người đóng."
    advice = "Xem trong mục đã đóng."
