"""The SMTP client, and what its failures mean (RFC 5321: 4yz may be tried again, 5yz not)."""

import smtplib
from collections.abc import Mapping

from django.core.mail import BadHeaderError, EmailMessage

from motcua.channels.ways.way import Letter
from motcua.kernel.outbox import Failure
from motcua.kernel.outside import outside

#: Refusals of a session, not of a letter: a wrong password or a full server is mended by somebody, and the letter goes then.
_OF_THE_SESSION = (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError, smtplib.SMTPHeloError)


def send(letter: Letter) -> str:
    """Hand the letter to the server; it has no receipt to give. Raises what `classify` understands."""
    outside("the mail server")
    message = EmailMessage(
        letter.subject,
        letter.body,
        to=[letter.to],
        headers={"Message-ID": f"<{letter.key}@motcua>", "Auto-Submitted": "auto-generated"},
    )
    for one in letter.enclosures:
        message.attach(one.filename, one.content, one.media_type)
    message.send()
    return ""


def classify(error: Exception) -> Failure | None:
    """What a failed try means for the letter."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            return _worst(error.recipients)
        case smtplib.SMTPResponseException():
            is_final = error.smtp_code >= 500 and not isinstance(error, _OF_THE_SESSION)
            return Failure(f"smtp_{error.smtp_code}", is_permanent=is_final)
        case smtplib.SMTPNotSupportedError():
            return Failure("smtp_not_supported", is_permanent=True)
        case OSError():  # the network, the name service, TLS, and smtplib's own disconnections
            return Failure(f"network_{type(error).__name__}")
        case BadHeaderError() | UnicodeError() | ValueError():
            return Failure("address_unusable", is_permanent=True)
        case _:
            return None


def _worst(refused: Mapping[str, tuple[int, bytes]]) -> Failure:
    code = max((code for code, _ in refused.values()), default=550)
    return Failure(f"smtp_{code}", is_permanent=code >= 500)
