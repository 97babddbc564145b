from dataclasses import replace

from tests.unit.documents.digitization.printing import centred, page, row

from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.pages import PageResult, PageState
from motcua.documents.rules.digitization.separators import decode, encode
from motcua.documents.rules.digitization.split import Ground, Role, is_blank_form, missing_numbers, split

KEY = b"a key"


def titled(title: str, number: int) -> PageResult:
    return page(centred(title, 300), number=number)


def text(number: int) -> PageResult:
    return page(row("Nội dung tiếp theo của giấy tờ", 300), number=number)


def blank(number: int) -> PageResult:
    return page(number=number, state=PageState.BLANK)


def separator(component: str, number: int, dossier: str = "H99.11-0001") -> PageResult:
    return page(number=number, codes=(encode(dossier, component, KEY),))


def papers(*pages: PageResult) -> list[list[int]]:
    return [paper.pages for paper in split(pages, KEY).papers]


def test_titles_cut_a_pile_without_codes() -> None:
    assert papers(titled("GIẤY CHỨNG SINH", 1), text(2), titled("GIẤY ỦY QUYỀN", 3)) == [[1, 2], [3]]


def test_separators_cut_and_say_whose_paper_it_is() -> None:
    parted = split([separator("TP1", 1), text(2), separator("TP2", 3), text(4)], KEY)
    assert [(p.pages, p.component, p.dossier_code) for p in parted.papers] == [
        ([2], "TP1", "H99.11-0001"),
        ([4], "TP2", "H99.11-0001"),
    ]
    assert parted.roles[1] is Role.SEPARATOR


def test_inside_a_named_component_a_title_does_not_cut() -> None:
    assert papers(separator("TP1", 1), titled("TỜ KHAI", 2), titled("GIẤY CHỨNG SINH", 3)) == [[2, 3]]


def test_after_a_separator_that_names_only_the_dossier_titles_cut() -> None:
    assert papers(separator("", 1), titled("TỜ KHAI", 2), titled("GIẤY CHỨNG SINH", 3)) == [[2], [3]]


def test_backs_belong_to_their_fronts_and_nothing_is_lost() -> None:
    pages = [
        separator("TP1", 1),
        blank(2),
        text(3),
        blank(4),
        separator("TP2", 5),
        blank(6),
        text(7),
        blank(8),
    ]
    parted = split(pages, KEY)
    assert [paper.pages for paper in parted.papers] == [[3, 4], [7, 8]]
    assert parted.roles[2] is Role.SEPARATOR_BACK
    assert parted.roles[4] is Role.BLANK_BACK
    assert set(parted.roles) == set(range(1, 9))


def test_a_receipt_names_the_dossier_of_what_follows() -> None:
    receipt = page(
        number=1,
        codes=("MC1|H99.11-0007|1.001193|0401|Giấy tiếp nhận|motcua|2026-11-22T08:00:00+07:00||sig",),
    )
    parted = split([receipt, text(2), titled("GIẤY CHỨNG SINH", 3)], KEY)
    assert [(p.pages, p.ground, p.dossier_code) for p in parted.papers] == [
        ([1], Ground.RECEIPT, "H99.11-0007"),
        ([2], Ground.RECEIPT, "H99.11-0007"),
        ([3], Ground.TITLE, "H99.11-0007"),
    ]


def test_a_numbered_following_page_with_a_heading_does_not_cut() -> None:
    following = page(centred("2", 60), centred("QUYẾT ĐỊNH", 300), number=2)
    assert papers(titled("TỜ KHAI", 1), following) == [[1, 2]]


def test_skipped_page_numbers_are_told() -> None:
    numbered = [
        page(centred(str(number), 60), row("Nội dung", 400), number=number) for number in (1, 2, 3, 5)
    ]
    assert missing_numbers(numbered) == (4,)
    assert missing_numbers(numbered[:3]) == ()


def test_a_forged_separator_is_told() -> None:
    code = encode("H99", "TP|1", KEY)
    assert decode(code, KEY) is not None
    assert decode(code, KEY).is_proved is True  # type: ignore[union-attr]  # None fails the test as it should
    assert decode(code, KEY).component == "TP|1"  # type: ignore[union-attr]  # None fails the test as it should
    assert decode(code.replace("H99", "H98"), KEY).is_proved is False  # type: ignore[union-attr]  # None fails the test as it should
    assert decode(code).is_proved is None  # type: ignore[union-attr]  # None fails the test as it should
    assert decode("https://example.vn") is None


def form(number: int, *answers: str, head: str = "Mẫu số 01") -> PageResult:
    """A declaration with its number as a form; `answers` stand after its labels, dots where there is none."""
    labels = ("Họ và tên:", "Ngày sinh:", "Nơi cư trú:", "Số định danh:", "Nội dung:")
    said = (*answers, *(["................"] * len(labels)))[: len(labels)]
    rows = [
        row(f"{label} {answer}", 500.0 + 60 * at)
        for at, (label, answer) in enumerate(zip(labels, said, strict=True))
    ]
    return page(row(head, 150), centred("TỜ KHAI ĐĂNG KÝ KHAI SINH", 300), *rows, number=number)


ANSWERS = ("Trần Thị Hoa", "05/01/1990", "xã An Bình", "001190000123", "đăng ký khai sinh")


def test_blank_forms_behind_a_decision_are_its_annexes() -> None:
    decision = titled("QUYẾT ĐỊNH", 1)
    assert papers(decision, text(2), form(3), form(4, head="Mẫu số 02"), text(5)) == [[1, 2, 3, 4, 5]]
    law = "Mẫu CT01 ban hành kèm theo Thông tư số 53/2025/TT-BCA"
    assert papers(decision, form(2, head=law)) == [[1, 2]]


def test_the_same_form_filled_in_is_a_paper_of_its_own() -> None:
    decision = titled("QUYẾT ĐỊNH", 1)
    assert papers(decision, form(2, *ANSWERS)) == [[1], [2]], "typed"
    by_hand = replace(form(2), handwritten=(Box(400, 490, 900, 540),))
    assert papers(decision, by_hand) == [[1], [2]], "by hand"


def test_a_blank_form_begins_a_paper_where_something_else_says_so() -> None:
    assert papers(form(1), text(2)) == [[1, 2]]
    assert papers(titled("QUYẾT ĐỊNH", 1), separator("", 2), form(3)) == [[1], [3]]


def test_dots_of_a_table_of_contents_or_few_places_make_no_blank_form() -> None:
    assert not is_blank_form(form(1, *ANSWERS[:4]))
    assert not is_blank_form(page(centred("TỜ KHAI", 300), row("Ký tên: ...........", 500)))
    assert is_blank_form(form(1))
