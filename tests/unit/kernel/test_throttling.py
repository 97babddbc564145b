"""How tries slow down, and which addresses count as one."""

from datetime import timedelta

import pytest

from motcua.kernel.throttling import LONGEST_LOCK, in_words, lock_after, network_of


def test_locks_grow_and_stop_growing() -> None:
    locks = [lock_after(failures, free=5) for failures in range(200)]
    assert locks[:5] == [timedelta()] * 5
    assert locks[5:8] == [timedelta(seconds=30), timedelta(seconds=60), timedelta(seconds=120)]
    assert locks == sorted(locks)
    assert locks[-1] == LONGEST_LOCK
    assert lock_after(49, free=50) == timedelta()


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:1:2:3", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "?"),
        ("unix:", "?"),
    ],
)
def test_an_address_stands_for_its_network(address: str, network: str) -> None:
    assert network_of(address) == network


def test_a_wait_is_said_in_words_and_seconds() -> None:
    assert in_words(timedelta(seconds=30)) == {"wait": "30 giây", "seconds": 30}
    assert in_words(timedelta(seconds=61)) == {"wait": "2 phút", "seconds": 61}
    assert in_words(timedelta(milliseconds=3))["seconds"] == 1
