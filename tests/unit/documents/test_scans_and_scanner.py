"""States of scanned pages, what unchecked files may be used for, and the deep view of a sheet."""

from datetime import UTC, datetime, timedelta

import pytest

from motcua.documents.errors import FileHeld, FileInfected, FileUncheckable, MalwareScannerSilent
from motcua.documents.rules import malware
from motcua.documents.rules.digitization.pages import PageState
from motcua.documents.rules.digitization.zoom import finest_scale, levels
from motcua.documents.rules.scans import likely_component, state_of
from motcua.documents.words import MalwareVerdict, ScannerPolicy, ScanState, Unchecked

NOW = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("read", "confidence", "findings", "state"),
    [
        (PageState.UNREAD, 99.0, 0, ScanState.FAILED),
        (PageState.LOST, 0.0, 0, ScanState.FAILED),
        (PageState.BLANK, 0.0, 3, ScanState.BLANK),
        (PageState.RECOGNISED, 74.9, 0, ScanState.DOUBTFUL),
        (PageState.RECOGNISED, 75.0, 0, ScanState.DONE),
        (PageState.RECOGNISED, 99.0, 1, ScanState.DOUBTFUL),
        (PageState.BORN_DIGITAL, 100.0, 0, ScanState.DONE),
    ],
)
def test_the_state_of_a_page(read: PageState, confidence: float, findings: int, state: ScanState) -> None:
    assert state_of(read, confidence, findings) is state


def test_a_recognised_paper_stands_for_the_likeliest_free_line() -> None:
    lines = [("a", "birth-evidence"), ("b", "birth-notification"), ("identity-card", "x")]
    assert likely_component("birth_notification", lines) == "b"
    assert likely_component("birth_notification", lines, taken=["b"]) == "a"
    assert likely_component("birth_notification", lines, taken=["a", "b"]) == ""
    assert likely_component("identity_card", lines) == "identity-card"
    assert likely_component("", [("", "x")]) == ""


@pytest.mark.parametrize(
    ("age", "days", "stale"),
    [
        (timedelta(days=7), 7, False),
        (timedelta(days=7, seconds=1), 7, True),
        (None, 7, True),
        (None, 0, False),
    ],
)
def test_signatures_of_a_scanner_grow_old(age: timedelta | None, days: int, stale: bool) -> None:
    assert malware.are_stale(None if age is None else NOW - age, NOW, days) is stale


def test_the_policy_says_what_becomes_of_a_file() -> None:
    for policy in (ScannerPolicy.HOLD, ScannerPolicy.MARK):
        for why in Unchecked:
            malware.check_may_take(why, policy, "a.pdf", 1)
    with pytest.raises(FileUncheckable):
        malware.check_may_take(Unchecked.TOO_LARGE, ScannerPolicy.REFUSE, "a.pdf", 1)
    for why in (Unchecked.SILENT, Unchecked.NO_SCANNER, Unchecked.STALE):
        with pytest.raises(MalwareScannerSilent):
            malware.check_may_take(why, ScannerPolicy.REFUSE, "a.pdf", 1)
    for policy in ScannerPolicy:
        with pytest.raises(FileInfected):
            malware.check_may_open(MalwareVerdict.INFECTED, policy, "a.pdf", "Eicar")
        malware.check_may_open(MalwareVerdict.CLEAN, policy, "a.pdf", "")
        malware.check_may_open(MalwareVerdict.MADE_HERE, policy, "a.pdf", "")
    with pytest.raises(FileHeld):
        malware.check_may_open(MalwareVerdict.UNCHECKED, ScannerPolicy.HOLD, "a.pdf", "")
    malware.check_may_open(MalwareVerdict.UNCHECKED, ScannerPolicy.MARK, "a.pdf", "")


@pytest.mark.parametrize(
    ("width", "height", "count"), [(512, 100, 0), (513, 100, 1), (100, 1025, 2), (1024, 1024, 1), (0, 0, 0)]
)
def test_a_sheet_is_halved_until_it_fits_one_tile(width: int, height: int, count: int) -> None:
    assert finest_scale(width, height) == 1.0
    assert levels(width, height) == count


def test_a_huge_sheet_shows_no_more_than_fits_in_memory() -> None:
    scale = finest_scale(40_000, 16_000)
    assert scale == pytest.approx(0.5)
    assert levels(40_000, 16_000) == 6
