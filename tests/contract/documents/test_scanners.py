"""One suite for the fake scanner and for the real client against the simulated machine."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from motcua.documents.adapters.escl.client import EsclScanner
from motcua.documents.adapters.escl.fake import FakeScanner
from motcua.documents.adapters.escl.protocol import Scanner, ScanSettings
from motcua.documents.errors import ScannerBusy, ScannerEmpty, ScannerFailed, ScannerUnreachable
from simulators.escl.server import ScannerSimulator

SHEETS = [b"\xff\xd8 mot", b"\xff\xd8 hai", b"\xff\xd8 ba"]
Make = Callable[[Sequence[bytes], str], Scanner]


@pytest.fixture
def machine() -> Iterator[ScannerSimulator]:
    with ScannerSimulator() as machine:
        yield machine


@pytest.fixture(params=["fake", "escl"])
def make(request: pytest.FixtureRequest, machine: ScannerSimulator) -> Make:
    def make_one(sheets: Sequence[bytes], fault: str = "") -> Scanner:
        if request.param == "fake":
            return FakeScanner(sheets, fault)
        machine.load(list(sheets))
        machine.fault = fault
        url = "http://127.0.0.1:9/eSCL" if fault == "off" else machine.url
        return EsclScanner(url, timeout=5, patience=0.2)

    return make_one


def test_every_sheet_comes_once_in_order(make: Make) -> None:
    scanner = make(SHEETS, "")
    assert [sheet.content for sheet in scanner.scan(ScanSettings())] == SHEETS
    with pytest.raises(ScannerEmpty):
        list(scanner.scan(ScanSettings()))


def test_it_says_what_it_can(make: Make) -> None:
    said = make([], "").capabilities()
    assert said.model
    assert 300 in said.resolutions
    assert said.has_feeder
    assert said.has_duplex


@pytest.mark.parametrize(
    ("fault", "sheets", "refusal"),
    [("busy", SHEETS, ScannerBusy), ("off", SHEETS, ScannerUnreachable), ("", [], ScannerEmpty)],
)
def test_it_refuses_plainly(make: Make, fault: str, sheets: list[bytes], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        list(make(sheets, fault).scan(ScanSettings()))


def test_sheets_before_a_jam_are_kept(make: Make) -> None:
    got = []
    with pytest.raises(ScannerFailed) as jam:
        for sheet in make(SHEETS, "jam:2").scan(ScanSettings()):
            got.append(sheet.content)
    assert got == SHEETS[:2]
    assert jam.value.params["pages"] == 2


def test_a_machine_that_is_busy_for_a_moment_or_slow_is_waited_for(machine: ScannerSimulator) -> None:
    for fault in ("busy:2", "slow"):
        machine.load(SHEETS)
        machine.fault, machine.refused = fault, 0
        found = [s.content for s in EsclScanner(machine.url, patience=2).scan(ScanSettings(dpi=600))]
        assert found == SHEETS
    assert b"<scan:XResolution>600<" in machine.asked[-1]


def test_a_line_cut_within_a_sheet_gives_no_half_sheet(machine: ScannerSimulator) -> None:
    machine.load(SHEETS)
    machine.fault = "cut:1"
    got = []
    with pytest.raises(ScannerFailed):
        for sheet in EsclScanner(machine.url, patience=0.2).scan(ScanSettings()):
            got.append(sheet.content)
    assert got == SHEETS[:1]
    assert len(machine.cancelled) == 1


def test_what_is_no_scanner_is_said_to_be_unreachable(machine: ScannerSimulator) -> None:
    machine.fault = "rubbish"
    with pytest.raises(ScannerUnreachable):
        EsclScanner(machine.url).capabilities()
