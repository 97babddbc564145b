"""The QR code of a paper we issued: minimum data of Circular 01/2023/TT-VPCP in an own, versioned, signed encoding.

``MC2|dossier|procedure|applicant|title|system|issued|paper|signature``: fields are percent-escaped only where a field
holds ``|``, ``%`` or a control character; time is ISO 8601 with zone; the signature is the first 16 bytes of an
HMAC-SHA-256 over everything before it, in URL-safe base 64 without padding. The applicant is named by a mark: nobody reads
a number from it, but who holds the printed number can have it compared (`is_of_applicant`). ``MC1``, printed before, held
the number itself and is still read.
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

VERSION = "MC2"
_OPEN = "MC1"
_MARK_BYTES = 12
_SIGNATURE_BYTES = 16
_FIELDS = 9
_ESCAPED = re.compile(r"[|%\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class QrPayload:
    """What the code says. `paper` is the verification code of the paper, empty for forms that are not looked up.

    `applicant_number` goes in and never comes out, except from codes printed long ago; `applicant_mark` comes out.
    """

    dossier_code: str
    procedure_code: str
    applicant_number: str
    title: str
    system: str
    issued_at: datetime
    paper: str = ""
    applicant_mark: str = ""


def encode(payload: QrPayload, key: bytes) -> str:
    """The text of the code, signed with `key`."""
    if payload.issued_at.tzinfo is None:
        raise ValueError("the time of issue must carry its zone")
    fields = (
        payload.dossier_code,
        payload.procedure_code,
        _mark(payload.dossier_code, payload.applicant_number, key),
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
    if len(parts) != _FIELDS or parts[0] not in {VERSION, _OPEN}:
        raise CodeUnreadable
    body, signature = text.rsplit("|", 1)
    if not hmac.compare_digest(_sign(body, key).encode(), signature.encode()):
        raise CodeForged
    dossier, procedure, applicant, title, system, issued, paper = map(unquote, parts[1:-1])
    number, mark = (applicant, "") if parts[0] == _OPEN else ("", applicant)
    moment = datetime.fromisoformat(issued)
    return QrPayload(dossier, procedure, number, title, system, moment, paper, mark)


def is_of_applicant(payload: QrPayload, number: str, key: bytes) -> bool:
    """Whether a decoded code names the holder of this number."""
    expected = payload.applicant_mark or _mark(payload.dossier_code, payload.applicant_number, key)
    return any(
        bool(given) and hmac.compare_digest(expected.encode(), given.encode())
        for given in (_mark(payload.dossier_code, one, key) for one in _readings(number))
    )


def _readings(number: str) -> tuple[str, str]:
    """As typed, and without the dots, dashes and wide figures by which people and keyboards write numbers."""
    plain = unicodedata.normalize("NFKC", number)
    return number, "".join(character for character in plain if character.isalnum())


def _mark(dossier_code: str, number: str, key: bytes) -> str:
    """Differs from dossier to dossier, so that papers of one person are not recognised as theirs."""
    number = "".join(number.split())
    if not number:
        return ""
    named = f"applicant|{unicodedata.normalize('NFC', dossier_code)}|{number}"
    return _short(hmac.new(key, named.encode(), hashlib.sha256).digest()[:_MARK_BYTES])


def _escape(field: str) -> str:
    return _ESCAPED.sub(lambda match: f"%{ord(match[0]):02X}", unicodedata.normalize("NFC", field))


def _sign(body: str, key: bytes) -> str:
    return _short(hmac.new(key, body.encode(), hashlib.sha256).digest()[:_SIGNATURE_BYTES])


def _short(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
