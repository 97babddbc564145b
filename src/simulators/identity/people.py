"""Who has an account at the simulated provider. Nobody of them exists."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Person:
    """An account: its name at the log-in page, the highest level of assurance, and what is said of its holder."""

    key: str
    level: int
    claims: dict[str, Any]


PEOPLE = {
    one.key: one
    for one in (
        Person(
            "hoa",
            2,
            {
                "LoaiTaiKhoan": "1",
                "TechID": "T-0001",
                "HoVaTen": "Nguyễn Thị Hoa",
                "SoDinhDanh": "040195000123",
                "NgaySinh": "12/03/1995",
                "GioiTinh": "Nữ",
                "SoDienThoai": "0912000123",
            },
        ),
        Person(
            "la",
            2,
            {
                "LoaiTaiKhoan": "1",
                "TechID": "T-0002",
                "HoVaTen": "Lò Thị Lả",
                "SoDinhDanh": "011188000456",
                "NgaySinh": "05/06/1988",
                "GioiTinh": "Nữ",
                "DiaChi": "Bản Nà Tấu",
                "SoDienThoai": "0987654321",
                "ThuDienTu": "la@example.vn",
            },
        ),
        Person(
            "vu",
            1,
            {
                "LoaiTaiKhoan": "1",
                "TechID": "T-0003",
                "HoVaTen": "Hoàng Văn Vụ",
                "SoDinhDanh": "001099001234",
                "NgaySinh": "20/11/1999",
                "GioiTinh": "Nam",
            },
        ),
        Person(
            "binhminh",
            2,
            {
                "LoaiTaiKhoan": "2",
                "TechID": "T-0100",
                "HoVaTen": "Hoàng Văn Vụ",
                "TenDoanhNghiep": "Công ty TNHH Bình Minh",
                "MaSoThue": "0100109106",
                "MaSoDoanhNghiep": "0100109106",
            },
        ),
    )
}
