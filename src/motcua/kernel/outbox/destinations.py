"""Where messages go: each destination knows how to send one, and what a failure means."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from motcua.kernel.outbox.patience import USUAL, Patience

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message in hand. `key` is the same at every try: the other side folds repeats by it."""

    id: int
    destination: str
    key: str
    subject: str
    reference: str
    digest: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a try failed: `code` names it without a word of the content. A permanent one is not tried again."""

    code: str
    is_permanent: bool = False
    retry_after: timedelta | None = None


class Undeliverable(Exception):
    """Raised by a sender that knows what its failure means."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.code)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class Destination:
    """`send` gives back the receipt of the other side (or nothing) and raises what `classify` understands.

    `lanes` messages are sent side by side, each lane taking `batch` at a time under a lease of `lease`. At a `strict`
    destination a dead letter holds up what follows it in its subject, until it is sent again or discarded.
    """

    name: str
    send: Callable[[Outgoing], str]
    classify: Callable[[Exception], Failure | None]
    patience: Patience = USUAL
    lanes: int = 2
    batch: int = 8
    lease: timedelta = timedelta(minutes=5)
    is_strict: bool = False


_destinations: dict[str, Destination] = {}


def register(destination: Destination) -> Destination:
    """Make a destination known in this process; called when its package's `jobs` are loaded. Refuses a second of a name."""
    known = _destinations.setdefault(destination.name, destination)
    if known != destination:
        raise ValueError(f"two destinations are called {destination.name}")
    return destination


def destination_named(name: str) -> Destination:
    """Raises `KeyError` for a name nobody registered."""
    return _destinations[name]


def destination_names() -> Iterable[str]:
    return sorted(_destinations)


def failure_of(destination: Destination, error: Exception) -> Failure:
    """What the error means. One that nobody foresaw is told in the log with its trace and tried again: it may be ours."""
    if isinstance(error, Undeliverable):
        return error.failure
    known = destination.classify(error)
    if known is not None:
        return known
    _log.error("%s failed in a way nobody foresaw", destination.name, exc_info=error)
    return Failure(type(error).__name__)
