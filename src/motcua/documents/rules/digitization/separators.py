"""The code on a separator sheet: which dossier, and which component the papers behind it are.

``MCS1|dossier|component|signature``: the same escaping and signature as the code on issued papers, another prefix.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from urllib.parse import unquote

PREFIX = "MCS1"
RECEIPT_PREFIX = "MC1"
_SIGNATURE_BYTES = 16
_ESCAPED = re.compile(r"[|%\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class Separator:
    """`component` empty: the sheet only says whose dossier follows. `is_proved` None: there was no key to check with."""

    dossier_code: str
    component: str
    is_proved: bool | None


def encode(dossier_code: str, component: str, key: bytes) -> str:
    """The text to print as a QR code on a separator sheet."""
    body = "|".join((PREFIX, _escape(dossier_code), _escape(component)))
    return f"{body}|{_signed(body, key)}"


def decode(text: str, key: bytes | None = None) -> Separator | None:
    """None if this is no separator code; a wrong signature is said, not raised, because the pile must still be split."""
    parts = text.strip().split("|")
    if len(parts) != 4 or parts[0] != PREFIX:
        return None
    body, signature = text.strip().rsplit("|", 1)
    proved = None if key is None else hmac.compare_digest(_signed(body, key), signature)
    return Separator(unquote(parts[1]), unquote(parts[2]), proved)


def receipt_dossier(text: str) -> str | None:
    """The dossier named by the code on a receipt or other issued form (`MC1|dossier|…`), unverified."""
    parts = text.strip().split("|")
    return unquote(parts[1]) if len(parts) == 9 and parts[0] == RECEIPT_PREFIX and parts[1] else None


def _escape(field: str) -> str:
    return _ESCAPED.sub(lambda match: f"%{ord(match[0]):02X}", field)


def _signed(body: str, key: bytes) -> str:
    digest = hmac.new(key, body.encode(), hashlib.sha256).digest()[:_SIGNATURE_BYTES]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
