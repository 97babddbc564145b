from tests.unit.documents.digitization.printing import centred, page, row

from motcua.documents.rules.digitization.pages import PageResult, PageState
from motcua.documents.rules.digitization.separators import decode, encode
from motcua.documents.rules.digitization.split import Ground, Role, missing_numbers, split

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
