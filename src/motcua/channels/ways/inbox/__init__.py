"""A person's own space in the portal: always there, and has arrived once it is written down."""

from django.utils.translation import gettext_lazy

from motcua.channels.rules.notices import compose
from motcua.channels.ways.way import Way

WAY = Way(
    key="inbox",
    title=gettext_lazy("không gian của bạn trên cổng"),
    address_of=lambda recipient: str(recipient.party_id),
    words=compose,
    may_be_declined=False,
)
