"""The QR code of a paper we issued: minimum data of Circular 01/2023/TT-VPCP in an own, versioned, signed encoding.

``MC1|dossier|procedure|applicant|title|system|issued|paper|signature``: fields are percent-escaped only where a field
holds ``|``, ``%`` or a control character; time is ISO 8601 with zone; the signature is the first 16 bytes of an
HMAC-SHA-256 over everything before it, in URL-safe base 64 without padding.
"""

import base64
import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from motcua.documents.errors import CodeForged, CodeUnreadable

VERSION = "MC1"
_SIGNATURE_BYTES = 16
_FIELDS = 9
_ESCAPED = re.compile(r"[|%\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class QrPayload:
    """What the code says. `paper` is the verification code of the paper, empty for forms that are not looked up."""

    dossier_code: str
    procedure_code: str
    applicant_number: str
    title: str
    system: str
    issued_at: datetime
    paper: str = ""


def encode(payload: QrPayload, key: bytes) -> str:
    """The text of the code, signed with `key`."""
    if payload.issued_at.tzinfo is None:
        raise ValueError("the time of issue must carry its zone")
    fields = (
        payload.dossier_code,
        payload.procedure_code,
        payload.applicant_number,
        payload.title,
        payload.system,
        payload.issued_at.isoformat(timespec="seconds"),
        payload.paper,
    )
    body = "|".join((VERSION, *map(_escape, fields)))
    return f"{body}|{_sign(body, key)}"


def decode(text: str, key: bytes) -> QrPayload:
    """What a scanned code says; `CodeUnreadable` if it is not one of ours, `CodeForged` if its signature is wrong."""
    text = text.strip()
    parts = text.split("|")
    if len(parts) != _FIELDS or parts[0] != VERSION:
        raise CodeUnreadable
    body, signature = text.rsplit("|", 1)
    if not hmac.compare_digest(_sign(body, key).encode(), signature.encode()):
        raise CodeForged
    dossier, procedure, applicant, title, system, issued, paper = map(unquote, parts[1:-1])
    return QrPayload(dossier, procedure, applicant, title, system, datetime.fromisoformat(issued), paper)


def _escape(field: str) -> str:
    return _ESCAPED.sub(lambda match: f"%{ord(match[0]):02X}", unicodedata.normalize("NFC", field))


def _sign(body: str, key: bytes) -> str:
    digest = hmac.new(key, body.encode(), hashlib.sha256).digest()[:_SIGNATURE_BYTES]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
