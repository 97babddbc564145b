"""Words people type, against words the law writes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.rules.differences import differences
from motcua.catalogue.rules.finding import Vocabulary, life_events, query_words, search_text, variants
from motcua.catalogue.words import LifeEvent

WORDS = Vocabulary([search_text("1.001193", "Thủ tục đăng ký khai sinh", "Hộ tịch")])


def test_search_text_has_everyday_words() -> None:
    assert " so do " in search_text("Cấp Giấy chứng nhận quyền sử dụng đất")
    assert " 1.001193 " in search_text("1.001193", "Đăng ký khai sinh")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Làm giấy KHAI SINH cho con", ("giay", "khai", "sinh", "con")),
        ("thủ tục", ("thu", "tuc")),
        ("1.001193", ("1.001193",)),
        ("  ", ()),
        ("%_'; DROP", ("drop",)),
    ],
)
def test_query_words(typed: str, words: tuple[str, ...]) -> None:
    assert query_words(typed) == words


@pytest.mark.parametrize("slip", ["khia", "kha", "khaii", "khei", "hkai"])
def test_one_slip_finds_the_word(slip: str) -> None:
    assert "khai" in variants([slip], WORDS)[slip]


def test_a_known_word_stands_for_itself_only() -> None:
    assert variants(["khai"], WORDS) == {"khai": ("khai",)}


@given(st.sampled_from(["khai", "sinh", "tuc", "tich"]), st.integers(0, 5), st.sampled_from("abcxyz"))
def test_a_wrong_letter_anywhere_is_forgiven(word: str, at: int, letter: str) -> None:
    position = at % len(word)
    typed = word[:position] + letter + word[position + 1 :]
    assert typed in WORDS or word in WORDS.near(typed)


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
