"""Names of people who do not exist."""

import random

_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
_MIDDLES = ("Văn", "Thị", "Minh", "Thanh", "Ngọc", "Quốc", "Thu", "Đức")
_GIVEN = (
    "An",
    "Bảo",
    "Cường",
    "Duyên",
    "Giang",
    "Hải",
    "Hạnh",
    "Khôi",
    "Lan",
    "Mai",
    "Nam",
    "Phúc",
    "Quyên",
    "Sơn",
)


def full_name(chance: random.Random) -> str:
    """A name drawn from common parts."""
    return " ".join((chance.choice(_FAMILIES), chance.choice(_MIDDLES), chance.choice(_GIVEN)))
