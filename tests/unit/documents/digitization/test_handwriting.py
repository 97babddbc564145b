"""Print and handwriting told apart by how sure the engine was and how the ink looks; answers by hand are typed, not read."""

from dataclasses import replace

from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.handwriting import WordLook, parted, suspicious
from motcua.documents.rules.digitization.pages import Line, PageResult, PageState, Word, from_plain, to_plain
from motcua.documents.rules.digitization.papers.reading import read_paper
from motcua.documents.rules.digitization.quality import Measured, doubts, findings
from motcua.documents.rules.digitization.turning import turned_by_hand

PRINT, PEN = WordLook(1.0, 1.0, 0.05), WordLook(0.8, 1.3, 0.4)


def line(*words: tuple[str, float], top: float = 100.0) -> Line:
    at, made = 100.0, []
    for text, confidence in words:
        made.append(Word(text, confidence, Box(at, top, at + 20 * len(text), top + 40)))
        at += 20 * len(text) + 15
    return Line(tuple(made))


def page(*lines: Line, handwritten: tuple[Box, ...] = ()) -> PageResult:
    return PageResult(
        1, "a.pdf", 0, PageState.RECOGNISED, 1654, 2339, 200.0, lines=lines, handwritten=handwritten
    )


def test_a_run_by_hand_leaves_the_label_and_takes_the_dots_along() -> None:
    one = line(("Họ", 96), ("tên:", 95), ("lụ¿", 10), ("...", 0), ("uyên", 25))
    looks = {(0, 0): PRINT, (0, 1): PRINT, (0, 2): PEN, (0, 4): PEN}
    found = parted([one], looks)
    assert [kept.text for kept in found.lines] == ["Họ tên:"]
    assert found.handwritten == (one.words[2].box.union(one.words[4].box),)


def test_print_that_was_read_badly_stays() -> None:
    """Under a stamp, on a bad copy: it looks like the print around it."""
    one = line(("Quyết", 96), ("địuh", 30), ("số", 20), ("này", 90))
    found = parted([one], {(0, place): PRINT for place in range(4)})
    assert (found.lines, found.handwritten) == ((one,), ())


def test_a_single_odd_word_among_sure_ones_stays() -> None:
    one = line(("Điều", 97), ("1.", 55), ("Phạm", 97), ("vi", 97))
    assert parted([one], {(0, 1): WordLook(1.0, 1.1, 0.2)}).handwritten == ()


def test_lines_read_surely_are_not_looked_at() -> None:
    assert suspicious([line(("Điều", 97)), line(("Điều", 97), ("lụ¿", 9))]) == [1]


def test_a_line_wholly_by_hand_is_gone_from_the_text() -> None:
    sure, hand = line(("Điều", 97)), line(("Nz¿", 3), ("uyeu", 12), top=200)
    found = parted([sure, hand], {(1, 0): PEN, (1, 1): PEN})
    assert found.lines == (sure,)
    assert len(found.handwritten) == 1


def test_an_answer_by_hand_is_an_empty_field_with_its_place() -> None:
    """Not the printed line below, and not what the engine made of the strokes."""
    title = line(("TỜ", 96), ("KHAI", 96), ("ĐĂNG", 96), ("KÝ", 96), ("KHAI", 96), ("SINH", 96), top=300)
    title = replace(title, words=tuple(replace(w, box=w.box.moved(450, 0)) for w in title.words))
    name = line(("Họ", 96), ("và", 96), ("tên:", 96), top=500)
    phone = line(("Số", 96), ("điện", 96), ("thoại:", 96), ("0912345678", 96), top=580)
    by_hand = Box(420, 495, 900, 545)
    fields = {
        field.key: field for field in read_paper([page(title, name, phone, handwritten=(by_hand,))]).fields
    }
    assert (fields["applicant_name"].text, fields["applicant_name"].box) == ("", by_hand)
    assert fields["applicant_name"].is_doubtful
    assert fields["applicant_phone"].text == "0912345678"


def test_the_places_turn_with_the_page_and_survive_being_kept() -> None:
    one = page(line(("Điều", 97)), handwritten=(Box(100, 200, 300, 260),))
    assert from_plain(to_plain(one)) == one
    assert "handwritten" in to_plain(one)
    old = {key: value for key, value in to_plain(one).items() if key != "handwritten"}
    assert from_plain(old).handwritten == (), "results kept before are still read"
    turned = turned_by_hand(one, 90)
    assert turned.handwritten == (Box(2339 - 260, 100, 2339 - 200, 300),)


def test_handwriting_is_counted_and_is_no_doubt_about_the_page() -> None:
    one = page(line(("Điều", 97)), handwritten=(Box(1, 1, 2, 2), Box(3, 3, 4, 4)))
    seen = Measured(200.0, 240.0, 0.9, 15.0, 100, is_bilevel=False)
    one = replace(one, confidence=97.0)
    one = replace(one, findings=findings(seen, one))
    assert [(finding.code, finding.measure) for finding in one.findings] == [("handwriting", 2)]
    assert doubts(one) == 0
