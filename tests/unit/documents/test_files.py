"""Names, labels and sizes of files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.errors import FileMislabelled, FileNotAllowed, FileTooLarge, FileZeroBytes
from motcua.documents.rules.files import check_label, check_size, clean_filename, readable_size


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Giấy khai sinh.PDF", "Giấy khai sinh.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Hoa\\ảnh.jpg", "ảnh.jpg"),
        ("ảnh\u202egpj.exe", "ảnh gpj.exe"),
        ("a\x00b\nc.pdf", "a b c.pdf"),
        ("   ", "tep"),
        (".pdf", "pdf"),
        ("Ho\u0302\u0300 sơ.pdf", "Hồ sơ.pdf"),
    ],
)
def test_names_are_cleaned(given_name: str, kept: str) -> None:
    assert clean_filename(given_name) == kept


@given(st.text(max_size=400))
def test_a_clean_name_is_short_safe_and_stays_the_same(name: str) -> None:
    clean = clean_filename(name)
    assert 0 < len(clean) <= 160
    assert not set(clean) & set('/\\\x00\n"<>|?*:')
    assert clean_filename(clean) == clean


def test_the_label_follows_the_bytes() -> None:
    assert check_label("quét.pdf", "application/pdf") == "quét.pdf"
    assert check_label("ảnh.jpeg", "image/jpeg") == "ảnh.jpeg"
    assert check_label("không đuôi", "image/png") == "không đuôi.png"
    assert check_label("đơn.pdf", "image/jpeg") == "đơn.jpg"
    assert check_label("quét 1.12", "application/pdf") == "quét 1.12.pdf"
    with pytest.raises(FileMislabelled):
        check_label("đơn.pdf", None)
    with pytest.raises(FileMislabelled):
        check_label("đơn.pdf", "application/x-dosexec")


def test_other_types_are_not_taken() -> None:
    with pytest.raises(FileNotAllowed):
        check_label("trò chơi.exe", "application/x-dosexec")


@pytest.mark.parametrize("size", [10**400, 1 << 63])
def test_a_size_beyond_every_machine_is_refused_in_words(size: int) -> None:
    with pytest.raises(FileTooLarge):
        check_size(size, 1 << 30)


def test_sizes() -> None:
    check_size(10, 10)
    with pytest.raises(FileZeroBytes):
        check_size(0, 10)
    with pytest.raises(FileTooLarge) as refusal:
        check_size(3 << 20, 5 << 19)
    assert "3 MB" in str(refusal.value)
    assert "2,5 MB" in str(refusal.value)


@pytest.mark.parametrize(
    ("size", "shown"), [(0, "0 B"), (1023, "1023 B"), (1536, "1,5 KB"), (5 << 30, "5 GB")]
)
def test_sizes_are_shown_the_vietnamese_way(size: int, shown: str) -> None:
    assert readable_size(size) == shown
