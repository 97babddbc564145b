"""What the system asks of a key, wherever it is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from motcua.documents.words import SignatureKind, SignatureLevel


@dataclass(frozen=True, slots=True)
class SignerIdentity:
    """What the certificate says of its holder. `number` and `agency_code` bind it to an account or an agency."""

    name: str
    organisation: str
    number: str
    agency_code: str
    serial: str
    issuer: str
    not_before: datetime
    not_after: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class TimeStamping:
    """Where time stamps come from (RFC 3161) and how long to wait, in seconds."""

    url: str
    timeout: float = 5.0


@dataclass(frozen=True, slots=True)
class SigningOrder:
    """One signature to make. `at` (aware) is the moment shown; the proved moment is that of the time stamp."""

    kind: SignatureKind
    level: SignatureLevel
    at: datetime
    reason: str = ""
    location: str = ""
    note: str = ""
    image: bytes | None = None
    time_stamping: TimeStamping | None = None
    trust_roots: tuple[bytes, ...] = ()
    timeout: float = 20.0


class Signer(Protocol):
    """A key that can sign PDF files; raises only `SigningRefused` and its kin, and never changes its input."""

    def identity(self) -> SignerIdentity: ...

    def sign(self, pdf: bytes, order: SigningOrder) -> bytes: ...

    def sign_data(self, data: bytes) -> bytes:
        """A detached CMS signature (RFC 5652, DER) over data that is no PDF."""
        ...
