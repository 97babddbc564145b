"""What provisioning refuses."""

from motcua.kernel.errors import DomainError, Kind


class PackUnknown(DomainError):
    code = "provisioning.pack_unknown"
    kind = Kind.NOT_FOUND
    message = "Không có bộ dữ liệu mô phỏng «{pack}»."


class ProvinceOccupied(DomainError):
    code = "provisioning.province_occupied"
    kind = Kind.CONFLICT
    message = "{province} đã có hồ sơ: nhật ký hồ sơ không xóa được để mô phỏng lại."
    advice = "Dùng một cơ sở dữ liệu mới."
