"""What oversight refuses."""

from motcua.kernel.errors import DomainError, Kind


class IndicatorUnknown(DomainError):
    code = "oversight.indicator_unknown"
    kind = Kind.NOT_FOUND
    message = "Không có chỉ tiêu «{key}» có hiệu lực vào ngày {on}."
    advice = "Chọn một chỉ tiêu trong danh mục."


class PeriodInvalid(DomainError):
    code = "oversight.period_invalid"
    kind = Kind.INVALID
    message = "Kỳ báo cáo «{period}» không hợp lệ."
    advice = "Dùng ngày (2026-03-05), tháng (2026-03), quý (2026-Q1), năm (2026) hoặc khoảng 2026-01-01/2026-03-31."


class EngineUnavailable(DomainError):
    code = "oversight.engine_unavailable"
    kind = Kind.INVALID
    message = "Không dùng được công cụ tính «{engine}»: {reason}"


class FactsDiffer(DomainError):
    code = "oversight.facts_differ"
    kind = Kind.CONFLICT
    message = "Số liệu lưu khác với số liệu tính lại từ nhật ký hồ sơ ở {cells} ô."
    advice = "Chạy «motcua facts rebuild» sau khi tìm ra nguyên nhân."


class DirectiveIncomplete(DomainError):
    code = "oversight.directive_incomplete"
    message = "Chỉ đạo còn thiếu: {what}."
    advice = "Bổ sung rồi gửi lại; nội dung đã nhập vẫn còn."


class DirectiveMoveImpossible(DomainError):
    code = "oversight.directive_move_impossible"
    kind = Kind.CONFLICT
    message = "Chỉ đạo đã chuyển sang trạng thái khác nên không thực hiện được việc này."
    advice = "Tải lại trang để xem trạng thái mới nhất."


class ReportPlanInvalid(DomainError):
    code = "oversight.report_plan_invalid"
    message = "Lịch gửi báo cáo chưa đúng: {what}."
    advice = "Nhập địa chỉ thư điện tử đầy đủ, cách nhau bằng dấu phẩy."


class ReportPlanned(DomainError):
    code = "oversight.report_planned"
    kind = Kind.CONFLICT
    message = "Đơn vị đã có lịch gửi báo cáo cho kỳ này."
    advice = "Dừng lịch cũ trước khi đặt lịch mới."
