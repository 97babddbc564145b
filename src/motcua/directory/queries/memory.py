"""What a process remembers of agencies and calendars, and when it forgets.

The key is the stamp of the directory's revision; the stamp is read at most every two seconds, so another
process learns of a change within that time. A change made in this process is seen at once.
"""

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from threading import local
from typing import Any, TypeVar
from uuid import UUID

from motcua.directory.models import DirectoryRevision
from motcua.kernel import clock

_T = TypeVar("_T")

_FRESH_FOR = timedelta(seconds=2)
_UNSTAMPED = UUID(int=0)


class _Memory(local):
    """Per thread, because each thread has its own database transaction."""

    def __init__(self) -> None:
        self.stamp: UUID | None = None
        self.read_at: datetime | None = None
        self.kept: dict[Hashable, Any] = {}


_memory = _Memory()


def remembered(key: Hashable, make: Callable[[], _T]) -> _T:
    """What ``make`` gave for this key since the directory last changed."""
    _refresh()
    if key not in _memory.kept:
        _memory.kept[key] = make()
    value: _T = _memory.kept[key]
    return value


def forget() -> None:
    """Forget everything: after a change in this process, and between tests that undo theirs."""
    _memory.stamp = None
    _memory.read_at = None
    _memory.kept.clear()


def _refresh() -> None:
    now = clock.now()
    if _memory.read_at is not None and abs(now - _memory.read_at) < _FRESH_FOR:
        return
    stamp = DirectoryRevision.objects.values_list("stamp", flat=True).first() or _UNSTAMPED
    if stamp != _memory.stamp:
        _memory.kept.clear()
    _memory.stamp, _memory.read_at = stamp, now
