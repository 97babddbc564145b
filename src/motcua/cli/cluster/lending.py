"""The database of this installation, lent for the length of a block."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from motcua.cli.cluster.cluster import Cluster
from motcua.cli.environment import data_dir


def default_cluster() -> Cluster:
    """The embedded cluster of this installation."""
    return Cluster(data_dir() / "postgres")


def scratch_cluster() -> Cluster:
    """A cluster for throw-away data: quick, and not to be trusted through a power cut."""
    return Cluster(data_dir() / "postgres-scratch", is_durable=False)


@contextmanager
def lend(*, is_scratch: bool = False) -> Iterator[str]:
    """Give the address of the database and place it in `DATABASE_URL` for the length of the block.

    A `DATABASE_URL` that is set is given back as it is, and no embedded cluster is made, started or looked at.
    """
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    with (scratch_cluster() if is_scratch else default_cluster()).used() as url:
        os.environ["DATABASE_URL"] = url
        try:
            yield url
        finally:
            os.environ.pop("DATABASE_URL", None)
