"""Acts of telling people."""

from motcua.channels.services.access import tell_change, tell_request
from motcua.channels.services.choosing import choose_way
from motcua.channels.services.letters import KeptFile, mail_seal, write_letter
from motcua.channels.services.notices import make_notice, mark_read
from motcua.channels.services.sending import open_ways

__all__ = [
    "KeptFile",
    "choose_way",
    "mail_seal",
    "make_notice",
    "mark_read",
    "open_ways",
    "tell_change",
    "tell_request",
    "write_letter",
]
