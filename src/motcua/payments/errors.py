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
    message = "Cần ghi lý do."


class AmountInvalid(DomainError):
    code = "payments.amount_invalid"
    message = "Số tiền phải là số đồng nguyên, từ 0 đến {largest}."


class ChargeNameMissing(DomainError):
    code = "payments.charge_name_missing"
    message = "Cần ghi tên khoản phí, lệ phí."


class SecondPersonNeeded(DomainError):
    """A refund is made by somebody else than who asked for it."""

    code = "payments.second_person_needed"
    kind = Kind.FORBIDDEN
    message = "Người đề nghị hoàn không được tự duyệt; cần một người khác có quyền."


class RefundNotAsked(DomainError):
    code = "payments.refund_not_asked"
    kind = Kind.CONFLICT
    message = "Đề nghị hoàn này không còn chờ duyệt."
    advice = "Tải lại trang để xem tình trạng mới nhất."


class RefundWaiting(DomainError):
    code = "payments.refund_waiting"
    kind = Kind.CONFLICT
    message = "Khoản này đã có một đề nghị hoàn đang chờ duyệt."


class BenefitInvalid(DomainError):
    code = "payments.benefit_invalid"
    message = "Mức ưu đãi cần có tên mức, nguồn và ngày bắt đầu không sau ngày kết thúc."


class ReceiptSeriesFull(DomainError):
    """Decree 254/2026: a number has at most eight digits; a series ends on 31 December."""

    code = "payments.receipt_series_full"
    kind = Kind.CONFLICT
    message = "Dãy số biên lai của năm {year} đã hết (tối đa 8 chữ số)."


class ReceiptReplaced(DomainError):
    code = "payments.receipt_replaced"
    kind = Kind.CONFLICT
    message = "Biên lai số {number} đã có biên lai thay thế hoặc không phải biên lai gốc."


class ReceiptUnknown(DomainError):
    code = "payments.receipt_unknown"
    kind = Kind.NOT_FOUND
    message = "Không có biên lai nào với mã này."
    advice = "Kiểm tra lại mã tra cứu in trên biên lai."


class ReceiptUnsigned(DomainError):
    """The number is given; the collecting body's key has not signed it yet."""

    code = "payments.receipt_unsigned"
    kind = Kind.CONFLICT
    message = "Biên lai đang chờ ký số; hãy thử lại sau ít phút."


class PayerNameMissing(DomainError):
    code = "payments.payer_name_missing"
    message = "Cần ghi tên người nộp tiền."


class SummaryOnItsWay(DomainError):
    code = "payments.summary_on_its_way"
    kind = Kind.CONFLICT
    message = "Bảng tổng hợp này đang chờ gửi hoặc đã được nhận; không cần gửi lại."
