"""E-mail by the SMTP server of the settings.

A letter is written to the address given with the dossier: giving it is asking to be written to there. Where no server is set,
nobody is reached by this way, and nobody is told that they will be.
"""

from django.conf import settings
from django.utils.translation import gettext_lazy

from motcua.channels.rules.notices import compose
from motcua.channels.ways.email.smtp import classify, send
from motcua.channels.ways.way import Recipient, Way


def _address_of(recipient: Recipient) -> str:
    return (recipient.contact.get("email") or recipient.email) if settings.EMAIL_HOST else ""


WAY = Way(
    key="email",
    title=gettext_lazy("thư điện tử"),
    address_of=_address_of,
    words=compose,
    send=send,
    classify=classify,
)
