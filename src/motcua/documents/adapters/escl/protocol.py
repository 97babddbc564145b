"""What the system wants of a scanner."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What the machine says of itself; resolutions in dots an inch, largest first."""

    model: str
    resolutions: tuple[int, ...]
    has_feeder: bool
    has_duplex: bool


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """`is_duplex`: both sides; `is_colour`: keep seals red. 300 dpi is what the central guidance asks for."""

    dpi: int = 300
    is_colour: bool = True
    is_duplex: bool = True


@dataclass(frozen=True, slots=True)
class ScannedSheet:
    """One side of a sheet as the machine sent it."""

    content: bytes
    media_type: str


class Scanner(Protocol):
    """Raises `ScannerUnreachable`, `ScannerBusy`, `ScannerEmpty`, `ScannerFailed` (after the pages already given)."""

    def capabilities(self) -> Capabilities: ...

    def scan(self, settings: ScanSettings) -> Iterator[ScannedSheet]: ...
