"""What the machine lacks for a moment: room on a disk, a database that answers, an object store. No fault of the program.

Whoever waits for an answer is asked to come again; a job that comes again by itself is told of once, and once when it is over.
"""

import errno
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from django.db import InterfaceError, InternalError, OperationalError, connection

from motcua.kernel.storage import StoreUnavailable

_log = logging.getLogger(__name__)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE})
_READ_ONLY = "25006"
_told: set[str] = set()


class Lack(StrEnum):
    """What is missing."""

    DATABASE = "database"
    ROOM = "room"
    STORE = "store"


def lack_of(error: BaseException | None) -> Lack | None:
    """What the error says is missing; None for every other error. What caused it is looked at, too."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        match error:
            case StoreUnavailable():
                return Lack.STORE
            case OperationalError() | InterfaceError():
                return Lack.DATABASE
            case InternalError() if getattr(error.__cause__, "sqlstate", "") == _READ_ONLY:
                return Lack.DATABASE
            case OSError() if error.errno in _FULL:
                return Lack.ROOM
        error = error.__cause__ or error.__context__
    return None


@contextmanager
def healing(name: str) -> Iterator[None]:
    """For work that is done again in a moment by itself: what it lacks is logged once, not at every turn."""
    try:
        yield
    except Exception as error:
        lack = lack_of(error)
        if lack is None:
            raise
        if name not in _told:
            _told.add(name)
            _log.error("%s waits: %s is missing (%s)", name, lack, type(error).__name__)
        connection.close()
    else:
        if name in _told:
            _told.discard(name)
            _log.warning("%s goes on", name)
