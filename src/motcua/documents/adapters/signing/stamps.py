"""Time stamps over a digest alone (RFC 3161): asking an authority, and judging what it gave."""

import asyncio
from collections.abc import Iterable
from datetime import datetime

from asn1crypto import cms, x509
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from motcua.documents.adapters.signing.protocol import TimeStamping
from motcua.documents.errors import TimeStampUnavailable


def stamp(digest: bytes, authority: TimeStamping) -> bytes:
    """The token (DER) of an authority over a SHA-256. Raises `TimeStampUnavailable`."""
    client = RequestsHTTPTimeStamper(authority.url, timeout=authority.timeout)
    try:
        token: bytes = asyncio.run(client.async_timestamp(digest, "sha256")).dump()
    except (TimestampRequestError, OSError, ValueError) as refusal:
        raise TimeStampUnavailable from refusal
    return token


def stamped_at(token: bytes, digest: bytes, roots: Iterable[bytes]) -> datetime | None:
    """When a trusted authority saw the digest; None where the token is not of one, or not of this digest."""
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in roots], allow_fetching=False
    )
    try:
        signed = cms.ContentInfo.load(token)["content"]
        judged = asyncio.run(
            validate_tst_signed_data(signed, context, lambda name: digest if name == "sha256" else b"")
        )
        status = TimestampSignatureStatus(**judged)
    except (SignatureValidationError, SigningError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return status.timestamp if status.valid and status.intact and status.trusted else None
