"""Names of agencies break before the place, never inside it."""

import pytest

from motcua.documents.rules.letterhead import letterhead_name

_ = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ủy ban nhân dân xã An Bình", f"Ủy ban nhân dân xã{_}An{_}Bình"),
        ("Ủy ban nhân dân tỉnh Minh Sơn", f"Ủy ban nhân dân tỉnh{_}Minh{_}Sơn"),
        (
            "Trung tâm Phục vụ hành chính công phường Hồng Lĩnh",
            f"Trung tâm Phục vụ hành chính công phường{_}Hồng{_}Lĩnh",
        ),
        ("Sở Nông nghiệp và Môi trường", "Sở Nông nghiệp và Môi trường"),
        ("Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Kinh tế, Hạ tầng và Đô thị"),
        (
            "Ủy ban nhân dân xã Một Cái Tên Rất Dài Của Vùng Núi Cao",
            "Ủy ban nhân dân xã Một Cái Tên Rất Dài Của Vùng Núi Cao",
        ),
        ("", ""),
    ],
)
def test_the_place_stays_together(name: str, shown: str) -> None:
    assert letterhead_name(name) == shown
    assert " ".join(shown.split()) == " ".join(name.split())
