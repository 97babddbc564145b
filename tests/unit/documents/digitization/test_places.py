"""Marks of place names put right by the names that exist."""

import pytest

from motcua.documents.rules.digitization.papers.extract import DOUBTFUL, Field
from motcua.documents.rules.digitization.places import known_places, mended_text, with_known_places

KNOWN = known_places(
    frozenset(
        {
            "Nghi Phú",
            "Xã Hưng Lộc",
            "Tân Phong",
            "Tân Phòng",
            "Nghệ An",
            "Minh Sơn",
            "Hoà Bình",
            "An",
            "Phường 5",
        }
    )
)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("Thôn 3, xã Nghỉ Phú, tỉnh Nghệ An", "Thôn 3, xã Nghi Phú, tỉnh Nghệ An"),
        ("xã Nghỉ Phú tỉnh Nghệ Án", "xã Nghi Phú tỉnh Nghệ An"),
        ("ỦY BAN NHÂN DÂN XÃ NGHỈ PHÚ", "ỦY BAN NHÂN DÂN XÃ NGHI PHÚ"),
        ("UBND xã Hưng Lốc", "UBND xã Hưng Lộc"),
        # As printed, in the old spelling of the tone: nothing to mend.
        ("tỉnh Hoà Bình", "tỉnh Hoà Bình"),
        # Letters are never mended, and what stands after no level is no place.
        ("xã Nghi Pha", "xã Nghi Pha"),
        ("ông Nghỉ Phú", "ông Nghỉ Phú"),
        ("nghỉ phú", "nghỉ phú"),
        ("", ""),
    ],
)
def test_one_known_name_is_meant(read: str, meant: str) -> None:
    assert mended_text(read, KNOWN) == (meant, False)


def test_a_name_that_could_be_several_stays_and_is_shown_to_a_person() -> None:
    assert mended_text("phường Tân Phỏng", KNOWN) == ("phường Tân Phỏng", True)
    assert mended_text("phường Tân Phòng", KNOWN) == ("phường Tân Phòng", False)
    residence, name = with_known_places(
        [
            Field("mother_residence", "phường Tân Phỏng", 0.95, 1, None),
            Field("mother_name", "Xã Nghỉ Phú", 0.95, 1, None),
        ],
        KNOWN,
    )
    assert residence.is_doubtful
    assert residence.confidence < DOUBTFUL
    assert (name.text, name.confidence) == ("Xã Nghỉ Phú", 0.95)


def test_a_mended_name_keeps_its_place_and_confidence() -> None:
    (field,) = with_known_places([Field("home_place", "xã Nghỉ Phú", 0.9, 2, None)], KNOWN)
    assert (field.text, field.confidence, field.page) == ("xã Nghi Phú", 0.9, 2)


def test_without_a_list_nothing_changes() -> None:
    assert mended_text("xã Nghỉ Phú", known_places(frozenset())) == ("xã Nghỉ Phú", False)
