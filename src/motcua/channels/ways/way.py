"""What a way is: where it finds somebody, what it says, how it is sent, what a failure means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.functional import Promise

from motcua.channels.rules.notices import Facts, Words
from motcua.kernel.outbox import USUAL, Failure, Patience


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to be told. `contact`: what they gave with this dossier; `email`, `phone`: what the directory knows."""

    party_id: UUID
    name: str
    email: str = ""
    phone: str = ""
    contact: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a letter."""

    filename: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """`key` is stable per delivery: a repeated sending carries the same one, so receivers fold it into one."""

    key: str
    to: str
    subject: str
    body: str
    enclosures: tuple[Enclosure, ...] = ()


#: Kind, language and facts of a notice to what is said on this way.
Composing = Callable[[str, str, Facts], Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """`key` is kept with every delivery and never changes; `title` is what people read.

    `address_of` gives "" where the way does not reach somebody. `send` gives the other side's receipt and raises what
    `classify` understands (None: nobody foresaw it); a way without `send` has arrived once it is written down.
    `needs_consent`: nobody is told on this way who has not asked for it; `may_be_declined`: whoever asked not to be, is not.
    """

    key: str
    title: str | Promise
    address_of: Callable[[Recipient], str]
    words: Composing
    send: Callable[[Letter], str] | None = None
    classify: Callable[[Exception], Failure | None] = lambda _: None
    needs_consent: bool = False
    may_be_declined: bool = True
    patience: Patience = USUAL
    lanes: int = 2
