"""Time stamps for what is not a PDF."""

from django.conf import settings

from motcua.documents.adapters.signing.protocol import TimeStamping
from motcua.documents.errors import TimeStampUnavailable


def time_stamp(digest: bytes) -> bytes:
    """A token over a SHA-256 by the authority of `MOTCUA_TSA_URL` (RFC 3161). Refuses: `TimeStampUnavailable`."""
    if not settings.MOTCUA_TSA_URL:
        raise TimeStampUnavailable
    # The signing library takes a second to load; only who asks for a stamp pays for it.
    from motcua.documents.adapters.signing.stamps import stamp

    return stamp(digest, TimeStamping(settings.MOTCUA_TSA_URL, settings.MOTCUA_TSA_TIMEOUT))
