"""Words people type, against words the law writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.adapters.everyday import everyday_entries
from motcua.catalogue.rules.differences import differences
from motcua.catalogue.rules.finding.asking import asking
from motcua.catalogue.rules.finding.events import life_events
from motcua.catalogue.rules.finding.everyday import EverydayTable
from motcua.catalogue.rules.finding.index import ListedTitle, TitleIndex
from motcua.catalogue.rules.finding.slips import Vocabulary
from motcua.catalogue.rules.finding.typed import Word, codes_of, spoken, title_words, words_of
from motcua.catalogue.words import CompetentLevel, LifeEvent

WORDS = Vocabulary(["dang", "ki", "khai", "sinh", "tuc", "tich", "ho"])
TABLE = EverydayTable(
    [
        ("sổ đỏ", ["giấy chứng nhận quyền sử dụng đất"]),
        ("mất sổ đỏ", ["cấp lại giấy chứng nhận do bị mất"]),
        ("sổ đỏ bị mất", ["cấp lại giấy chứng nhận do bị mất"]),
        ("mở quán", ["đăng ký thành lập hộ kinh doanh"]),
        ("sanh", ["=sinh"]),
        ("thẻ đỏ", ["=sổ đỏ"]),
        ("giấy phép lái", ["=giấy phép lái xe"]),
        ("đổi giấy phép lái xe", ["cấp đổi giấy chứng nhận"]),
        ("sò", ["bán nhà ở cũ"]),
        ("số nhà", ["cấp bản sao từ sổ gốc"]),
    ]
)


def listed(*titles: str, level: CompetentLevel = CompetentLevel.COMMUNE) -> list[ListedTitle]:
    return [
        ListedTitle(f"1.{at:06}", title, "", "Lĩnh vực", level, True, False)
        for at, title in enumerate(titles)
    ]


TITLES = listed(
    "Thủ tục đăng ký khai sinh",
    "Thủ tục đăng ký khai sinh có yếu tố nước ngoài",
    "Thủ tục đăng ký lại khai sinh",
    "Cấp lại Giấy chứng nhận do bị mất",
    "Cấp đổi Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất",
    "Đăng ký thành lập hộ kinh doanh",
    "Đăng ký thay đổi nội dung đăng ký hộ kinh doanh",
    "Bán nhà ở cũ thuộc tài sản công",
    "Cấp bản sao từ sổ gốc",
)
INDEX = TitleIndex(TITLES, TABLE)


def first(text: str) -> str | None:
    found = INDEX.search(text)
    return TITLES[found[0][1]].title if found else None


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("khai sinh", "Thủ tục đăng ký khai sinh"),
        ("ĐĂNG KÝ KHAI SINH", "Thủ tục đăng ký khai sinh"),
        ("đăng kí khai sinh", "Thủ tục đăng ký khai sinh"),
        ("dang ky khai sinh", "Thủ tục đăng ký khai sinh"),
        ("sinh khai ký đăng", "Thủ tục đăng ký khai sinh"),
        ("khaisinh", "Thủ tục đăng ký khai sinh"),
        ("khia sinh", "Thủ tục đăng ký khai sinh"),
        ("khai si", "Thủ tục đăng ký khai sinh"),
        ("khai sinh nước ngoài", "Thủ tục đăng ký khai sinh có yếu tố nước ngoài"),
        ("tôi muốn đăng ký lại khai sinh thì cần giấy tờ gì", "Thủ tục đăng ký lại khai sinh"),
        ("mất sổ đỏ", "Cấp lại Giấy chứng nhận do bị mất"),
        ("sổ đỏ của nhà tôi bị mất", "Cấp lại Giấy chứng nhận do bị mất"),
        ("sổ đỏ", "Cấp đổi Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất"),
        ("mo quan", "Đăng ký thành lập hộ kinh doanh"),
        ("bán nhà", "Bán nhà ở cũ thuộc tài sản công"),
        ("bản sao", "Cấp bản sao từ sổ gốc"),
        ("khai sanh", "Thủ tục đăng ký khai sinh"),
        ("thẻ đỏ nhà tui bị mất", "Cấp lại Giấy chứng nhận do bị mất"),
        ("tôi bị mất cái sổ hôm trước, sổ đỏ đó của ông nội", "Cấp lại Giấy chứng nhận do bị mất"),
        (
            "Nhà em đất ba đời, sổ đỏ vẫn còn, nay em muốn mở quán. Xin hỏi thủ tục đăng ký lại khai sinh?",
            "Thủ tục đăng ký lại khai sinh",
        ),
        ("1.000003", "Cấp lại Giấy chứng nhận do bị mất"),
        ("1000003", "Cấp lại Giấy chứng nhận do bị mất"),
    ],
)
def test_the_first_answer_is_what_is_meant(typed: str, title: str) -> None:
    assert first(typed) == title


@pytest.mark.parametrize("typed", ["", "  ", "xyzzy", "thời tiết hôm nay", "%_';", "???"])
def test_what_nothing_answers_is_not_found(typed: str) -> None:
    assert INDEX.search(typed) == []


def test_what_is_near_comes_before_the_same_words_of_a_ministry() -> None:
    far, near = listed("Cấp giấy phép xe", level=CompetentLevel.MINISTRY), listed("Cấp giấy phép xe")
    found = TitleIndex([*far, *near], EverydayTable([])).search("giấy phép xe")
    assert [place for _, place in found] == [1, 0]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        # "thu hồi" is an act, though "thu" without accents is "thủ" and "hồi" a word of stories.
        (
            "Xin hỏi thủ tục thu hồi giấy phép hoạt động của cơ sở cai nghiện cần những giấy tờ gì?",
            "Thu hồi giấy phép hoạt động của cơ sở cai nghiện",
        ),
        # The act that is named counts; what stands in parentheses need not be said.
        (
            "Chứng chỉ hành nghề môi giới bất động sản của tôi bị mất thì cấp lại ở đâu?",
            "Cấp lại chứng chỉ hành nghề môi giới bất động sản (trong trường hợp chứng chỉ bị cháy, bị mất, bị rách,"
            " bị hủy hoại do thiên tai hoặc lý do bất khả kháng khác)",
        ),
        # An everyday phrase inside a longer one of the law: the title that holds all of it answers.
        (
            "Cho hỏi chấp thuận thay đổi tên của tổ chức tín",
            "Chấp thuận thay đổi tên của tổ chức tín dụng là hợp tác xã",
        ),
        ("thay đổi tên cho con", "Thay đổi, cải chính hộ tịch"),
    ],
)
def test_what_holds_all_that_was_typed_comes_first(typed: str, title: str) -> None:
    titles = listed(
        "Cấp giấy phép hoạt động của cơ sở cai nghiện",
        "Thu hồi giấy phép hoạt động của cơ sở cai nghiện",
        "Cấp mới chứng chỉ hành nghề môi giới bất động sản",
        "Cấp lại chứng chỉ hành nghề môi giới bất động sản (trong trường hợp chứng chỉ bị cháy, bị mất, bị rách,"
        " bị hủy hoại do thiên tai hoặc lý do bất khả kháng khác)",
        "Thay đổi, cải chính hộ tịch",
        "Chấp thuận thay đổi tên của tổ chức tín dụng là hợp tác xã",
    )
    table = EverydayTable([("thay đổi tên", ["thay đổi cải chính hộ tịch"])])
    assert titles[TitleIndex(titles, table).search(typed)[0][1]].title == title


def test_a_place_to_live_is_named_unless_one_asks_where() -> None:
    named = asking(spoken("đăng ký mua nhà ở xã hội ở đâu"))
    assert named == [False, False, False, False, False, False, False, True, True]
    assert asking(spoken("xây nhà ở đâu")) == [False, True, True, True]


def test_an_index_of_nothing_answers_nothing() -> None:
    assert TitleIndex([], TABLE).search("khai sinh") == []


def test_a_longer_phrase_explains_its_words_once() -> None:
    (meaning,) = TABLE.meanings(spoken("bị mất sổ đỏ"))
    assert meaning.official == (tuple(words_of("cấp lại giấy chứng nhận do bị mất")),)
    (gapped,) = TABLE.meanings(spoken("sổ đỏ nhà em bị mất"))
    assert gapped.places == (0, 1, 4, 5)
    assert gapped.sure < meaning.sure


def test_a_phrase_is_not_found_in_words_with_other_accents() -> None:
    assert TABLE.meanings(spoken("bán sò huyết"))[0].official == (("ban", "nha", "o", "cu"),)
    assert TABLE.meanings(spoken("một số giấy tờ")) == []
    assert TABLE.meanings(spoken("mot so giay to")) == []
    (meaning,) = TABLE.meanings(spoken("xin so nha"))
    assert meaning.official == (("cap", "ban", "sao", "tu", "so", "goc"),)


def test_words_said_otherwise_are_replaced_and_not_said_twice() -> None:
    assert [word.folded for word, _ in TABLE.said(spoken("giấy phép lái xe"))] == [
        "giay",
        "phep",
        "lai",
        "xe",
    ]
    assert TABLE.said(spoken("the do")) == [(Word("so", ""), 0), (Word("do", ""), 0)]
    assert TABLE.said(spoken("thẻ đò")) == [(Word("the", "thẻ"), 0), (Word("do", "đò"), 1)]


def test_hoi_and_nga_and_places_of_the_tone_are_one() -> None:
    assert spoken("sữa nhà, hoà giải") == spoken("sửa nhà hòa giải")


def test_the_table_that_comes_with_the_system_can_be_read_by_people() -> None:
    entries = everyday_entries()
    phrases = [" ".join(words_of(phrase)) for phrase, _ in entries]
    assert len(set(phrases)) == len(phrases)
    assert all(1 <= len(phrase.split()) <= 12 for phrase in phrases)
    assert all(
        1 <= len(official) <= 6 and all(words_of(text) for text in official) for _, official in entries
    )


@given(st.text(max_size=80))
def test_no_text_breaks_the_search(text: str) -> None:
    assert all(0 <= place < len(TITLES) for _, place in INDEX.search(text))


def test_words_of_titles_and_questions() -> None:
    assert title_words("Thủ tục đăng ký khai tử") == ["dang", "ki", "khai", "tu"]
    assert words_of("Lý lịch tư pháp") == words_of("lí lịch tư pháp")
    assert spoken("ban sao") == [Word("ban", ""), Word("sao", "")]
    assert spoken("Bản sao") == [Word("ban", "bản"), Word("sao", "sao")]
    assert codes_of("thủ tục 2000635 và 1.001193") == ("2.000635", "1.001193")


@pytest.mark.parametrize("slip", ["khia", "kha", "khaii", "khei", "hkai"])
def test_one_slip_finds_the_word(slip: str) -> None:
    assert "khai" in WORDS.near(slip)


@given(st.sampled_from(["khai", "sinh", "tuc", "tich"]), st.integers(0, 5), st.sampled_from("abcxyz"))
def test_a_wrong_letter_anywhere_is_forgiven(word: str, at: int, letter: str) -> None:
    position = at % len(word)
    typed = word[:position] + letter + word[position + 1 :]
    assert typed in WORDS or word in WORDS.near(typed)


def test_words_begun_and_words_run_together() -> None:
    assert WORDS.beginning_with("ti", 5) == ("tich",)
    assert WORDS.parted("khaisinh") == ("khai", "sinh")
    assert WORDS.parted("sinhkhaix") == ()


def test_life_events_of_titles() -> None:
    assert LifeEvent.BIRTH in life_events("Thủ tục đăng ký lại khai sinh")
    assert life_events("Kiểm dịch thực vật nhập khẩu") == ()


def test_differences_follow_keys_not_places() -> None:
    before = {"cases": [{"key": "a", "name": "A"}, {"key": "b", "name": "B"}], "n": 1}
    after = {"cases": [{"key": "b", "name": "B"}, {"key": "a", "name": "A2"}], "n": 1, "m": 2}
    assert differences(before, after) == [
        {"path": "/cases/a/name", "before": "A", "after": "A2"},
        {"path": "/m", "before": None, "after": 2},
    ]
    assert differences(before, before) == []
