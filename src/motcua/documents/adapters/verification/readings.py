"""What reading the signatures of a PDF gives: plain values, no library types."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Fault(StrEnum):
    """Why a signature does not hold."""

    ALTERED = "altered"
    UNTRUSTED = "untrusted"
    REVOKED = "revoked"
    EXPIRED = "expired"
    TIME_STAMP = "time_stamp"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class SignatureReading:
    """One signature. `signed_at` is proved by a time stamp when `is_time_stamped`, else only claimed by the signer."""

    field: str
    signer: str
    organisation: str
    issuer: str
    serial: str
    signed_at: datetime | None
    is_time_stamped: bool
    time_stamp_authority: str
    reason: str
    covers_whole_file: bool
    faults: tuple[Fault, ...]
    is_document_time_stamp: bool = False

    @property
    def is_valid(self) -> bool:
        return not self.faults


@dataclass(frozen=True, slots=True)
class PdfReading:
    """`is_readable` is false for anything that is not a PDF; `faults` are those of the file as a whole."""

    is_readable: bool
    signatures: tuple[SignatureReading, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def is_valid(self) -> bool:
        """At least one signature, all of them good, and nothing added after the last."""
        people = [reading for reading in self.signatures if not reading.is_document_time_stamp]
        return bool(people) and not self.faults and all(reading.is_valid for reading in self.signatures)
