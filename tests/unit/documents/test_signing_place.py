"""Where signatures stand (Decree 30/2020, Annex I; Circular 01/2023)."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents.rules.signing import SEAL_DIAMETER, Box, Sheet, place, stamp_lines
from motcua.documents.words import SignatureKind

A4 = Sheet(pages=3, width=595.0, height=842.0)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=7)))


def test_without_a_mark_the_person_signs_at_the_foot_of_the_last_page() -> None:
    box = place(SignatureKind.PERSONAL, A4)
    assert box.page == 2
    assert box.left > A4.width / 2
    assert box.bottom < A4.height / 4


def test_the_form_says_where() -> None:
    mark = Box(1, 300, 400, 300, 462)
    box = place(SignatureKind.PERSONAL, Sheet(3, 595.0, 842.0, mark=mark))
    assert (box.page, box.left, box.bottom) == (1, 300, 400)


@given(left=st.floats(46, 400), bottom=st.floats(60, 700))
def test_the_seal_covers_the_left_third_of_the_signature(left: float, bottom: float) -> None:
    signature = Box(0, left, bottom, left + 170, bottom + 62)
    seal = place(SignatureKind.AGENCY, Sheet(1, 595.0, 842.0, personal=signature))
    assert seal.right == pytest.approx(signature.left + signature.width / 3)
    assert seal.left < signature.left
    assert seal.width == pytest.approx(SEAL_DIAMETER)
    assert seal.height == pytest.approx(SEAL_DIAMETER)
    assert (seal.bottom + seal.top) / 2 == pytest.approx((signature.bottom + signature.top) / 2)


@given(left=st.floats(28, 45), bottom=st.floats(0, 20))
def test_a_seal_too_near_the_edge_stays_whole_on_the_page(left: float, bottom: float) -> None:
    signature = Box(0, left, bottom, left + 170, bottom + 62)
    seal = place(SignatureKind.AGENCY, Sheet(1, 595.0, 842.0, personal=signature))
    assert (seal.left, seal.bottom) == (0, max(0.0, bottom + 31 - SEAL_DIAMETER / 2))
    assert (seal.width, seal.height) == (SEAL_DIAMETER, SEAL_DIAMETER)
    assert signature.left < seal.right < signature.right


def test_a_second_person_signs_beside_the_first() -> None:
    first, second = place(SignatureKind.PERSONAL, A4, 0), place(SignatureKind.PERSONAL, A4, 1)
    assert second.right < first.left


def test_copies_are_signed_on_the_first_page_at_the_top() -> None:
    copier, seal = place(SignatureKind.COPIER, A4), place(SignatureKind.COPY_SEAL, A4)
    assert copier.page == seal.page == 0
    assert copier.left < A4.width / 4
    assert seal.right > A4.width * 0.9
    assert copier.top == seal.top


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            SignatureKind.PERSONAL,
            ("Ký bởi: Dũng", "Cơ quan: UBND", "Thời gian ký: 2026-11-22T12:00:00+07:00"),
        ),
        (
            SignatureKind.COPIER,
            ("Người ký: Dũng", "Cơ quan: UBND", "Thời gian ký: 2026-11-22T12:00:00+07:00"),
        ),
        (
            SignatureKind.COPY_SEAL,
            ("Bản sao điện tử", "Cơ quan: Dũng", "Thời gian ký: 2026-11-22T12:00:00+07:00"),
        ),
        (SignatureKind.AGENCY, ("Dũng", "2026-11-22T12:00:00+07:00")),
    ],
)
def test_the_stamp_says_who_and_when(kind: SignatureKind, expected: tuple[str, ...]) -> None:
    assert stamp_lines(kind, name="Dũng", organisation="UBND", at_local=NOON) == expected
