"""Refusals of the channels."""

from motcua.kernel.errors import DomainError


class NoticeKindUnknown(DomainError):
    code = "channels.notice_kind_unknown"
    message = "Không có mẫu thông báo cho sự kiện “{kind}”."


class WayNotChoosable(DomainError):
    code = "channels.way_not_choosable"
    message = "Thông báo luôn có trong không gian của bạn trên cổng, không tắt được."
    advice = "Bạn có thể tắt các cách nhận khác."
