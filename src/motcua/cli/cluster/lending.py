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

    A `DATABASE_URL` that is set is given back as it is, and no embedded cluster is made, started or looked at. Beside it
    stands `DATABASE_OWNER_URL`, for what changes tables; throw-away data have one role for everything.
    """
    given = os.environ.get("DATABASE_URL")
    if given:
        yield given
        return
    cluster = scratch_cluster() if is_scratch else default_cluster()
    with cluster.used(), placed(cluster, is_scratch=is_scratch) as url:
        yield url


@contextmanager
def placed(cluster: Cluster, *, is_scratch: bool = False) -> Iterator[str]:
    """The addresses of a running cluster in the environment for the length of the block; gives that of `DATABASE_URL`."""
    os.environ["DATABASE_URL"] = cluster.url if is_scratch else cluster.serving_url
    if not is_scratch:
        os.environ["DATABASE_OWNER_URL"] = cluster.url
    try:
        yield os.environ["DATABASE_URL"]
    finally:
        os.environ.pop("DATABASE_URL", None)
        if not is_scratch:
            os.environ.pop("DATABASE_OWNER_URL", None)
