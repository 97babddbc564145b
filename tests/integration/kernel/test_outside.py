"""Nothing outside is called inside a transaction; what the test suite opens for itself does not count."""

import threading

import pytest
from django.db import connections, transaction

from motcua.kernel.outside import InsideTransaction, outside


@pytest.mark.django_db
def test_the_block_of_the_test_suite_does_not_count() -> None:
    outside("the world")
    with transaction.atomic(), pytest.raises(InsideTransaction, match="the world"):
        outside("the world")
    with transaction.atomic(), transaction.atomic(savepoint=False), pytest.raises(InsideTransaction):
        outside("the world")
    outside("the world")


@pytest.mark.django_db(transaction=True)
def test_a_real_transaction_counts_in_its_own_thread_only() -> None:
    heard: list[str] = []

    def elsewhere() -> None:
        try:
            outside("the world")
            heard.append("let pass")
        finally:
            connections.close_all()

    with transaction.atomic():
        with pytest.raises(InsideTransaction):
            outside("the world")
        other = threading.Thread(target=elsewhere)
        other.start()
        other.join()
    outside("the world")
    assert heard == ["let pass"]


def test_no_database_is_needed_to_ask() -> None:
    outside("the world")
