"""Slowing down whoever guesses, without shutting out an office: counted in the database, for every process and node alike.

Three counts for what may be wrong (`begin`): of a name from one network, strictly; of a network and of a name as a whole,
generously, for an office shares one address and a name may be tried from everywhere. The two generous ones hold up nobody who
succeeded from this network before. What is only asked (look-ups) is counted per network and minute (`wait_for_turn`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext

from motcua.kernel import clock
from motcua.kernel.models import ThrottleCount
from motcua.kernel.statements import quoted

FIRST_LOCK: Final = timedelta(seconds=30)
LONGEST_LOCK: Final = timedelta(hours=1)
#: Failures older than this are forgotten.
MEMORY: Final = timedelta(hours=24)
#: How long a name counts as at home in a network.
AT_HOME: Final = timedelta(days=90)
_NOBODY = "?"
_WINDOW: Final = 60


def in_words(wait: timedelta) -> dict[str, object]:
    """The parameters of `TooManyTries`: `seconds` to wait, and `wait`, the same in words."""
    seconds = max(1, round(wait.total_seconds()))
    minutes = -(-seconds // 60)
    words = gettext("%d giây") % seconds if seconds < 60 else gettext("%d phút") % minutes
    return {"wait": words, "seconds": seconds}


@dataclass(frozen=True, slots=True)
class Throttle:
    """How many wrong tries in a row are free: of one subject from one network, of a network, of a subject."""

    scope: str
    free: int = 5
    free_of_network: int = 200
    free_of_subject: int = 50


def lock_after(failures: int, *, free: int) -> timedelta:
    """How long the door stays shut after this many failures in a row: nothing, then 30 s, doubling up to an hour."""
    over = failures - free
    return min(FIRST_LOCK * (1 << min(over, 16)), LONGEST_LOCK) if over >= 0 else timedelta()


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """The network that stands for an address: itself in IPv4, its /64 in IPv6, for one household or machine has a whole /64."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return _NOBODY
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else str(ip_network((found, 64), strict=False))
    return str(found)


class Trial:
    """One try under way: `wait` says how long the door stays shut (nothing: go on), then `right` or `wrong`."""

    def __init__(self, throttle: Throttle, pair: ThrottleCount, wait: timedelta, now: datetime) -> None:
        self.wait, self.failures = wait, pair.failures
        self._throttle, self._pair, self._now = throttle, pair, now

    def right(self) -> None:
        """Forget the failures; the subject is at home in this network."""
        self._pair.failures, self._pair.locked_until = 0, None
        self._pair.right_at = self._pair.last_at = self._now
        self._pair.save()

    def wrong(self) -> timedelta:
        """Count a failure; how long the door is shut from now on, if at all."""
        limits, pair = self._throttle, self._pair
        locked = _count(pair, self._now, limits.free)
        self.failures = pair.failures
        # Always the network before the subject, so that no two wait for each other.
        _count(_locked(limits.scope, "", pair.network, self._now), self._now, limits.free_of_network)
        _count(_locked(limits.scope, pair.subject, "", self._now), self._now, limits.free_of_subject)
        return locked


def begin(throttle: Throttle, *, subject: str, address: str) -> Trial:
    """Begin a try, inside a transaction that survives its failure: tries of one subject from one network wait for each other,
    so that guesses cannot run side by side; those of an office do not.
    """
    now, network, subject = clock.now(), network_of(address), subject or _NOBODY
    pair = _locked(throttle.scope, subject, network, now)
    untils = [pair.locked_until]
    if pair.right_at is None or now - pair.right_at > AT_HOME:
        as_a_whole = Q(subject="", network=network) | Q(subject=subject, network="")
        counts = ThrottleCount.objects.filter(as_a_whole, scope=throttle.scope)
        untils += counts.values_list("locked_until", flat=True)
    wait = max((until - now for until in untils if until is not None), default=timedelta())
    return Trial(throttle, pair, max(wait, timedelta()), now)


def forgive(throttle: Throttle, *, subject: str) -> None:
    """Forget the wrong tries of a subject, from every network."""
    ThrottleCount.objects.filter(scope=throttle.scope, subject=subject).delete()


def wait_for_turn(scope: str, *, address: str, most: int) -> int:
    """Count one question of a network; seconds to wait when it is more than `most` in this minute, else 0. One statement."""
    moment = int(clock.now().timestamp())
    began = datetime.fromtimestamp(moment - moment % _WINDOW, tz=clock.LOCAL)
    with connection.cursor() as cursor:
        cursor.execute(_asked(), [scope, network_of(address), began])
        ((made,),) = cursor.fetchall()
    return _WINDOW - moment % _WINDOW if made > most else 0


def prune() -> int:
    """Drop counts that hold up nobody any more; returns how many went. Called daily."""
    now = clock.now()
    gone, _ = ThrottleCount.objects.filter(
        Q(last_at__lt=now - AT_HOME) | Q(last_at__lt=now - MEMORY, right_at=None)
    ).delete()
    return gone


def _locked(scope: str, subject: str, network: str, now: datetime) -> ThrottleCount:
    """The row, locked, with old failures forgotten."""
    fresh = ThrottleCount(scope=scope, subject=subject, network=network, last_at=now)
    ThrottleCount.objects.bulk_create([fresh], ignore_conflicts=True)
    row = ThrottleCount.objects.select_for_update().get(scope=scope, subject=subject, network=network)
    if now - row.last_at > MEMORY:
        row.failures = 0
    return row


def _count(row: ThrottleCount, now: datetime, free: int) -> timedelta:
    row.failures += 1
    row.last_at = now
    locked_for = lock_after(row.failures, free=free)
    row.locked_until = now + locked_for if locked_for else None
    row.save()
    return locked_for


@cache
def _asked() -> str:
    table = quoted(ThrottleCount._meta.db_table)
    return (
        f"INSERT INTO {table} AS kept (scope, subject, network, failures, last_at) VALUES (%s, '', %s, 1, %s) "  # noqa: S608 - our own table
        "ON CONFLICT (scope, subject, network) DO UPDATE SET last_at = EXCLUDED.last_at, "
        "failures = CASE WHEN kept.last_at = EXCLUDED.last_at THEN kept.failures + 1 ELSE 1 END RETURNING failures"
    )
