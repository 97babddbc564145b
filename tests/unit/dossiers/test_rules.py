"""Codes, terms, checklist, steps, result lines: the small rules."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.catalogue.words import StepKind
from motcua.dossiers.errors import ExtensionRefused, SupplementExhausted
from motcua.dossiers.rules.checklist import Brought, missing_papers
from motcua.dossiers.rules.code import TOP_DOWN_SINCE, DossierCode, parse_code, unit_code_on
from motcua.dossiers.rules.in_words import date_in_words, number_in_words
from motcua.dossiers.rules.steps import last_of_stage, walk
from motcua.dossiers.rules.terms import check_extension, check_supplement, punctuality, urgency
from motcua.dossiers.words import MOVES, MoveKey, Punctuality, Urgency

# -- codes


@given(
    st.sampled_from(["000.00.12.H41", "H99.11", "G09.20", "H56", "001.00.10.H47"]),
    st.dates(date(2000, 1, 1), date(2060, 12, 31)),
    st.integers(1, 10**7),
)
def test_a_code_reads_back(unit: str, day: date, number: int) -> None:
    code = DossierCode(unit, day, number)
    assert parse_code(f"  {str(code).lower()} ") == code


def test_the_number_has_four_digits_and_grows() -> None:
    assert str(DossierCode("H99.11", date(2026, 11, 23), 7)) == "H99.11-261123-0007"
    assert str(DossierCode("H99.11", date(2026, 11, 23), 12345)) == "H99.11-261123-12345"


@pytest.mark.parametrize("text", ["", "H99.11", "H99.11-261323-0001", "x-261123-0001'; drop"])
def test_what_is_no_code(text: str) -> None:
    assert parse_code(text) is None


def test_the_order_of_the_unit_code_follows_the_day() -> None:
    orders = {"bottom_up": "000.00.11.H99", "top_down": "H99.11"}
    assert unit_code_on(TOP_DOWN_SINCE - timedelta(days=1), **orders) == "000.00.11.H99"
    assert unit_code_on(TOP_DOWN_SINCE, **orders) == "H99.11"


# -- terms

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def extend(*, due_on: date | None, today: date, extended: int = 0, days: int = 2) -> None:
    due = datetime(due_on.year, due_on.month, due_on.day, 9, tzinfo=UTC) if due_on else None
    check_extension(
        now=NOW,
        due_at=due,
        new_due_at=(due or NOW) + timedelta(days=days),
        extended=extended,
        today=today,
        due_on=due_on,
    )


def test_extension_is_allowed_once_a_day_before() -> None:
    extend(due_on=date(2026, 11, 25), today=date(2026, 11, 24))
    with pytest.raises(ExtensionRefused):
        extend(due_on=date(2026, 11, 25), today=date(2026, 11, 25))
    with pytest.raises(ExtensionRefused):
        extend(due_on=date(2026, 11, 25), today=date(2026, 11, 24), extended=1)
    with pytest.raises(ExtensionRefused):
        extend(due_on=date(2026, 11, 25), today=date(2026, 11, 24), days=0)
    with pytest.raises(ExtensionRefused):
        extend(due_on=None, today=date(2026, 11, 24))


def test_one_supplement_unless_the_version_allows_more() -> None:
    check_supplement(asked=0, allowed=1)
    check_supplement(asked=1, allowed=2)
    with pytest.raises(SupplementExhausted):
        check_supplement(asked=1, allowed=1)


def test_punctuality_is_by_day() -> None:
    day = date(2026, 11, 25)
    assert punctuality(day, day) is Punctuality.ON_TIME
    assert punctuality(day - timedelta(days=1), day) is Punctuality.EARLY
    assert punctuality(day + timedelta(days=1), day) is Punctuality.LATE


@pytest.mark.parametrize(
    ("days", "group"),
    [(-1, Urgency.OVERDUE), (0, Urgency.TODAY), (1, Urgency.SOON), (3, Urgency.SOON), (4, Urgency.LATER)],
)
def test_urgency_groups(days: int, group: Urgency) -> None:
    today = date(2026, 11, 23)
    assert urgency(due_on=today + timedelta(days=days), today=today, waiting=False) is group
    assert urgency(due_on=today + timedelta(days=days), today=today, waiting=True) is Urgency.WAITING


# -- checklist


@dataclass(frozen=True)
class Wanted:
    key: str
    name: str
    is_required: bool = True


def test_missing_papers_names_only_required_ones_nobody_brought() -> None:
    wanted = [
        Wanted("a", "Giấy chứng sinh"),
        Wanted("b", "Căn cước"),
        Wanted("c", "Tờ khai"),
        Wanted("d", "Khác", False),
    ]
    brought = [Brought("a", originals=1), Brought("b", is_presented=True), Brought("x", copies=1)]
    assert missing_papers(wanted, brought) == ["Tờ khai"]
    assert missing_papers(wanted, [*brought, Brought("c", exemption="đã có trong kho dữ liệu")]) == []
    assert missing_papers(wanted, [Brought("a"), Brought("b", copies=1), Brought("c", electronic=1)]) == [
        "Giấy chứng sinh"
    ]


# -- steps


@dataclass(frozen=True)
class Node:
    key: str
    kind: str
    next: tuple[str, ...] = ()
    days: Decimal = Decimal(0)


GRAPH = [
    Node("nhan", "receive", ("phan-cong",)),
    Node("phan-cong", "assign", ("tham-dinh",)),
    Node("tham-dinh", "appraise", ("soat",)),
    Node("soat", "appraise", ("trinh",)),
    Node("trinh", "submit", ("ky",)),
    Node("ky", "sign", ("so",)),
    Node("so", "number", ("tra",)),
    Node("tra", "return"),
]


def go(at: str | None, *moves: str) -> str | None:
    for key in moves:
        at = walk(GRAPH, at, MOVES[MoveKey(key)]).entered
    return at


def test_the_token_walks_the_graph_with_the_moves() -> None:
    assert go("nhan", "register") == "phan-cong"
    assert go("nhan", "register", "assign") == "tham-dinh"
    assert go("tham-dinh", "forward") == "soat"
    assert go("nhan", "register", "assign", "forward", "forward", "submit_to_leader") == "ky"
    assert go("nhan", "register", "assign", "submit_to_leader", "approve", "sign", "number_and_seal") == "tra"
    assert go("tra", "hand_over") is None


def test_a_move_that_completes_nothing_leaves_the_token() -> None:
    assert go("tham-dinh", "ask_supplement", "supply", "consult", "extend") == "tham-dinh"


def test_assigning_again_does_not_move_back() -> None:
    assert go("tham-dinh", "assign") == "tham-dinh"


def test_sent_back_lands_on_the_last_appraisal() -> None:
    assert last_of_stage(GRAPH, StepKind.APPRAISE) == "soat"
    assert last_of_stage(GRAPH, StepKind.CONSULT) is None


# -- words of documents


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi bốn"),
        (105, "một trăm linh năm"),
        (1_000_000, "một triệu"),
        (1_005, "một nghìn không trăm linh năm"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (7_250_111, "bảy triệu hai trăm năm mươi nghìn một trăm mười một"),
    ],
)
def test_numbers_are_spelt_out(number: int, said: str) -> None:
    assert number_in_words(number) == said


def test_a_day_is_spelt_out_as_far_as_it_is_known() -> None:
    assert date_in_words("2026-11-02") == "ngày hai tháng mười một năm hai nghìn không trăm hai mươi sáu"
    assert date_in_words("1956") == "năm một nghìn chín trăm năm mươi sáu"
    assert date_in_words("XXXX") == ""
    with pytest.raises(ValueError, match="-1"):
        number_in_words(-1)
