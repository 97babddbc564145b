"""The procedures of a simulated province: enough of each to make its dossiers and to publish it in the catalogue.

Limits, online levels and fees are those of a customary province before July 2025; `weight` is how often each is asked for.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from motcua.kernel.calendar import Limit, LimitUnit


class SimulatedProcedure(NamedTuple):
    """`service` is the online level (full, partial); `fee` đồng, 0 where the procedure is free."""

    code: str
    limit: Limit
    service: str
    fee: int
    weight: float
    title: str
    field_code: str
    field_name: str

    @property
    def has_fee(self) -> bool:
        return self.fee > 0


_CERTIFICATION: Final = ("chung-thuc", "Chứng thực")
_CIVIL_STATUS: Final = ("ho-tich", "Hộ tịch")
_SUPPORT: Final = ("bao-tro-xa-hoi", "Bảo trợ xã hội")
_HOUSEHOLD_BUSINESS: Final = ("ho-kinh-doanh", "Thành lập và hoạt động của hộ kinh doanh")
_LAND: Final = ("dat-dai", "Đất đai")
_BUILDING: Final = ("hoat-dong-xay-dung", "Hoạt động xây dựng")
_ENTERPRISE: Final = ("thanh-lap-doanh-nghiep", "Thành lập và hoạt động của doanh nghiệp")
_RECORD: Final = ("ly-lich-tu-phap", "Lý lịch tư pháp")
_ROADS: Final = ("duong-bo", "Đường bộ")
_LABOUR: Final = ("viec-lam", "Việc làm")
_ENVIRONMENT: Final = ("moi-truong", "Môi trường")


def _days(
    code: str, days: str, service: str, fee: int, weight: float, title: str, field: tuple[str, str]
) -> SimulatedProcedure:
    limit = Limit(Decimal(days), LimitUnit.WORKING_DAY)
    return SimulatedProcedure(code, limit, service, fee, weight, title, *field)


PROCEDURES: Final[dict[str, tuple[SimulatedProcedure, ...]]] = {
    "commune": (
        _days("2.000815", "1", "partial", 2000, 40, "Chứng thực bản sao từ bản chính", _CERTIFICATION),
        _days("2.000635", "1", "full", 8000, 16, "Cấp bản sao trích lục hộ tịch", _CIVIL_STATUS),
        _days("1.001193", "1", "full", 0, 10, "Đăng ký khai sinh", _CIVIL_STATUS),
        _days("1.000894", "3", "partial", 0, 6, "Đăng ký kết hôn", _CIVIL_STATUS),
        _days("1.004873", "3", "full", 15000, 8, "Cấp giấy xác nhận tình trạng hôn nhân", _CIVIL_STATUS),
        _days("1.000656", "1", "full", 0, 5, "Đăng ký khai tử", _CIVIL_STATUS),
        _days("1.001731", "5", "partial", 0, 3, "Hỗ trợ chi phí mai táng", _SUPPORT),
        _days("2.000286", "20", "partial", 0, 2, "Tiếp nhận vào cơ sở trợ giúp xã hội", _SUPPORT),
    ),
    "district": (
        _days("1.001612", "3", "full", 100000, 20, "Đăng ký thành lập hộ kinh doanh", _HOUSEHOLD_BUSINESS),
        _days("2.000720", "3", "full", 50000, 10, "Đăng ký thay đổi hộ kinh doanh", _HOUSEHOLD_BUSINESS),
        _days(
            "1.003003", "15", "partial", 100000, 24, "Cấp giấy chứng nhận quyền sử dụng đất lần đầu", _LAND
        ),
        _days("2.000889", "10", "partial", 50000, 26, "Đăng ký biến động quyền sử dụng đất", _LAND),
        _days("1.009994", "15", "partial", 75000, 6, "Cấp giấy phép xây dựng nhà ở riêng lẻ", _BUILDING),
        _days("2.000908", "1", "partial", 10000, 14, "Cấp bản sao từ sổ gốc", _CERTIFICATION),
    ),
    "province": (
        _days("2.001610", "3", "full", 50000, 18, "Đăng ký thành lập doanh nghiệp tư nhân", _ENTERPRISE),
        _days("2.000488", "10", "full", 200000, 22, "Cấp phiếu lý lịch tư pháp", _RECORD),
        _days("1.002809", "5", "full", 135000, 24, "Đổi giấy phép lái xe", _ROADS),
        _days(
            "1.000105", "10", "partial", 400000, 6, "Giải trình nhu cầu sử dụng lao động nước ngoài", _LABOUR
        ),
        SimulatedProcedure(
            "1.008603",
            Limit(Decimal(30), LimitUnit.CALENDAR_DAY),
            "partial",
            0,
            4,
            "Thẩm định tờ khai phí bảo vệ môi trường",
            *_ENVIRONMENT,
        ),
        _days("2.001583", "3", "full", 50000, 20, "Đăng ký thành lập công ty một thành viên", _ENTERPRISE),
    ),
}
BY_CODE: Final = {one.code: one for many in PROCEDURES.values() for one in many}
