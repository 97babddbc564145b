"""Refusals about money."""

from motcua.kernel.errors import DomainError, Kind


class ChargeClosed(DomainError):
    code = "payments.charge_closed"
    kind = Kind.CONFLICT
    message = "Khoản “{name}” đã được nộp, miễn hoặc hủy."
    advice = "Tải lại trang để xem tình trạng mới nhất."


class ExemptionUnknown(DomainError):
    code = "payments.exemption_unknown"
    message = "Căn cứ miễn “{ground}” không có trong quy định của thủ tục này."
    advice = "Chọn một căn cứ trong danh sách."


class RefundTooLarge(DomainError):
    code = "payments.refund_too_large"
    message = "Số tiền hoàn {amount} lớn hơn số đã thu {paid}."


class ReasonMissing(DomainError):
    code = "payments.reason_missing"
    message = "Cần ghi lý do hoàn trả."
