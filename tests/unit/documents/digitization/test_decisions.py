import math

import pytest
from tests.unit.documents.digitization.printing import WIDTH, page, row

from motcua.documents.rules.digitization import decisions, quality, reading
from motcua.documents.rules.digitization.code import CodeParts, digitization_code, kind_part
from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.intake import FileKind, kind_of
from motcua.documents.rules.digitization.pages import Line, Word, from_plain, to_plain


def test_large_letters_are_shrunk_and_small_ones_are_not() -> None:
    assert decisions.recognition_scale(30, 1.0, 300) == pytest.approx(0.5)
    assert decisions.recognition_scale(7, 0.5, 300) == pytest.approx(15 / 14)
    assert decisions.recognition_scale(3, 1.0, 100) == decisions.LARGEST_SCALE


@pytest.mark.parametrize(
    ("measured", "certainty", "applied"),
    [(0.05, 9, 0), (1.234, 9, 1.23), (-3, 9, -3), (1.2, 1.1, 0), (9, 9, 0)],
)
def test_only_sure_and_moderate_tilts_are_straightened(
    measured: float, certainty: float, applied: float
) -> None:
    assert decisions.tilt_to_apply(measured, certainty) == applied


def test_limits_allow_a_drawing_and_not_a_bomb() -> None:
    limits = decisions.PageLimits()
    assert limits.allows(19_866, 28_087, is_colour=False)
    assert not limits.allows(65_000, 65_000, is_colour=False)
    assert not limits.allows(0, 100, is_colour=False)


@pytest.mark.parametrize(
    "word",
    [
        Word("a", math.nan, Box(0, 0, 1, 1)),
        Word("a", 300, Box(0, 0, 1, 1)),
        Word("a\x00", 90, Box(0, 0, 1, 1)),
        Word("a", 90, Box(5, 0, 1, 1)),
        Word("a", 90, Box(0, 0, 9e9, 1)),
        Word("a" * 400, 90, Box(0, 0, 1, 1)),
    ],
)
def test_rubbish_is_known_for_rubbish(word: Word) -> None:
    assert not reading.are_sane([Line((word,))], 100, 100)


def test_a_result_survives_its_file() -> None:
    result = page(row("Giấy khai sinh", 100), codes=("x|y",))
    assert from_plain(to_plain(result)) == result


@pytest.mark.parametrize(
    ("head", "ending", "kind"),
    [
        (b"%PDF-1.7", ".jpg", FileKind.PDF),
        (b"\xff\xd8\xff\xe0", ".pdf", FileKind.PICTURE),
        (b"\x00\x00\x00\x18ftypheic", ".heic", FileKind.PICTURE),
        (b"RIFF\x00\x00\x00\x00WEBP", ".webp", FileKind.PICTURE),
        (b"PK\x03\x04", ".docx", FileKind.OFFICE),
        (b"PK\x03\x04", ".pdf", None),
        (b"MZ", ".pdf", None),
    ],
)
def test_a_file_is_what_its_bytes_say(head: bytes, ending: str, kind: FileKind | None) -> None:
    assert kind_of(head, ending) is kind


def seen(**changes: float) -> quality.Measured:
    usual = {"dpi": 300, "paper_light": 245, "sharpness": 0.8, "letter_height": 20, "letters": 900}
    return quality.Measured(**{**usual, **changes}, is_bilevel=False)  # type: ignore[arg-type]  # the keywords are checked by the class itself


@pytest.mark.parametrize(
    ("measured", "code"),
    [(seen(dpi=100), "low_resolution"), (seen(paper_light=80), "dark"), (seen(sharpness=0.1), "blurred")],
)
def test_poor_pages_are_found(measured: quality.Measured, code: str) -> None:
    assert code in [finding.code for finding in quality.findings(measured, page())]


def test_a_good_page_raises_no_doubt_and_a_cut_one_does() -> None:
    good = page(*(row("một dòng chữ", 100 * n) for n in range(1, 9)))
    cut = page(*(row("một dòng chữ", 100 * n, left=WIDTH - 195) for n in range(1, 9)))
    assert quality.findings(seen(), good) == ()
    assert [finding.code for finding in quality.findings(seen(), cut)] == ["cut_off"]


def test_digitization_codes() -> None:
    assert digitization_code(
        CodeParts("040187012345", kind_part("1.001193", result_type="KQ.G15.000001"), 7)
    ) == ("040187012345.KQ.G15.000001.000007")
    assert digitization_code(CodeParts("", kind_part("1.001193", "tp 2"), 1), "-") == "-1.001193-TP-2-000001"
    for parts in (CodeParts("12", "X", 1), CodeParts("", "x y", 1), CodeParts("", "X", 0)):
        with pytest.raises(ValueError, match=r"not a|running"):
            digitization_code(parts)
