"""Refusals of the channels."""

from motcua.kernel.errors import DomainError


class NoticeKindUnknown(DomainError):
    code = "channels.notice_kind_unknown"
    message = "Không có mẫu thông báo cho sự kiện “{kind}”."
