"""Names of people who do not exist, from common parts."""

from __future__ import annotations

from typing import Final

_FAMILY: Final = (
    *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan"),
    *("Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô"),
)
_MIDDLE: Final = ("Văn", "Thị", "Đức", "Ngọc", "Minh", "Thanh", "Quốc", "Hữu", "Thu", "Xuân", "Hồng", "Gia")
_GIVEN: Final = (
    *(
        "An",
        "Bình",
        "Châu",
        "Dũng",
        "Giang",
        "Hà",
        "Hải",
        "Hạnh",
        "Hiếu",
        "Hoa",
        "Hùng",
        "Hương",
        "Khánh",
        "Lan",
    ),
    *("Linh", "Long", "Mai", "Nam", "Nga", "Phúc", "Phương", "Quân", "Sơn", "Tâm", "Thảo", "Tuấn", "Yến"),
)


def full_name(number: int) -> str:
    """The name of this number; names repeat, as they do."""
    family = _FAMILY[number % len(_FAMILY)]
    middle = _MIDDLE[number // len(_FAMILY) % len(_MIDDLE)]
    return f"{family} {middle} {_GIVEN[number // (len(_FAMILY) * len(_MIDDLE)) % len(_GIVEN)]}"
