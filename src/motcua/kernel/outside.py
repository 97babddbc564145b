"""Nothing outside is called inside a transaction: it may take minutes, and cannot be taken back when the act is.

A transaction that waits for a mail server, a token or a typesetter holds its row locks and its place among the running
transactions, and whoever comes after waits with it. What calls the outside world says so in its first line.
"""

from django.db import connections
from django.db.transaction import Atomic


class InsideTransaction(RuntimeError):
    """A fault of the program: the outside world was called while a transaction was open."""


def outside(what: str) -> None:
    """Refuse with `InsideTransaction` while this thread has a transaction open; `what` is about to be called.

    The block in which the test suite wraps a test does not count, only those that the code under test opened.
    """
    for connection in connections.all(initialized_only=True):
        if any(not _is_of_test_suite(block) for block in connection.atomic_blocks):
            raise InsideTransaction(
                f"{what} is called inside a transaction; do it before or after (docs/adr/0007)"
            )


def _is_of_test_suite(block: Atomic) -> bool:
    """Django marks the blocks of its test cases so, and looks at the mark itself for `durable`."""
    return bool(getattr(block, "_from_testcase", False))
