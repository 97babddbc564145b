"""A scanner in memory, for tests of what stands above it."""

from collections.abc import Iterator, Sequence

from motcua.documents.adapters.escl.protocol import Capabilities, ScannedSheet, ScanSettings
from motcua.documents.errors import ScannerBusy, ScannerEmpty, ScannerFailed, ScannerUnreachable


class FakeScanner:
    """Gives these sheets once. `fault`: empty, `busy`, `off`, or `jam:N` after N sheets."""

    def __init__(self, sheets: Sequence[bytes] = (), fault: str = "", name: str = "giả") -> None:
        self._sheets, self._fault, self._name = list(sheets), fault, name

    def capabilities(self) -> Capabilities:
        if self._fault == "off":
            raise ScannerUnreachable(scanner=self._name)
        return Capabilities("Máy quét giả", (600, 300), has_feeder=True, has_duplex=True)

    def scan(self, settings: ScanSettings) -> Iterator[ScannedSheet]:
        if self._fault in ("busy", "off"):
            refusal = ScannerBusy if self._fault == "busy" else ScannerUnreachable
            raise refusal(scanner=self._name)
        if not self._sheets:
            raise ScannerEmpty(scanner=self._name)
        jam = int(self._fault[4:]) if self._fault.startswith("jam:") else None
        given = 0
        while self._sheets:
            if given == jam:
                raise ScannerFailed(scanner=self._name, pages=given)
            given += 1
            yield ScannedSheet(self._sheets.pop(0), "image/jpeg")
