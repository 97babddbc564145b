"""The outbox: what leaves the house, written with the act that causes it and sent when the act has happened.

One table of tries for every destination; the payload stays with its owner. Breakers and budgets of partners belong here.
"""

from motcua.kernel.outbox.deciding import (
    MAY_DECIDE,
    Backlog,
    DiscardReasonMissing,
    MessageView,
    backlog,
    discard,
    discard_all,
    failing,
    message_states,
    messages,
    replay,
    replay_own,
)
from motcua.kernel.outbox.destinations import Destination, Failure, Outgoing, Undeliverable, register
from motcua.kernel.outbox.patience import LASTING, USUAL, Patience
from motcua.kernel.outbox.putting import check_payload, digest_of, put
from motcua.kernel.outbox.sending import drain, due

__all__ = [
    "LASTING",
    "MAY_DECIDE",
    "USUAL",
    "Backlog",
    "Destination",
    "DiscardReasonMissing",
    "Failure",
    "MessageView",
    "Outgoing",
    "Patience",
    "Undeliverable",
    "backlog",
    "check_payload",
    "digest_of",
    "discard",
    "discard_all",
    "drain",
    "due",
    "failing",
    "message_states",
    "messages",
    "put",
    "register",
    "replay",
    "replay_own",
]
