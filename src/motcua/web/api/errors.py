"""Refusals of the API itself."""

from motcua.kernel.errors import DomainError


class MoveUnknown(DomainError):
    code = "api.move_unknown"
    message = "Không có thao tác “{move}”."
    advice = "Xem danh sách thao tác trong tài liệu OpenAPI, hoặc trường moves của hồ sơ."


class FieldMissing(DomainError):
    code = "api.field_missing"
    message = "Thao tác này cần trường “{field}”."


class MomentNaive(DomainError):
    code = "api.moment_naive"
    message = "Thời điểm trong trường “{field}” phải kèm múi giờ."
    advice = "Ví dụ: 2026-12-11T17:00:00+07:00."
