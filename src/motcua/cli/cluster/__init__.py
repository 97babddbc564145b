"""The embedded PostgreSQL: a private cluster that the project makes, starts, watches and stops by itself.

The default database of one machine, a demo and the tests: the same engine as in a large installation, without
anything to set up. Where `DATABASE_URL` is set, nothing here is touched. Usable before Django is: needs only
PostgreSQL's own programs.

Door: `lend()` for the length of a block, `Cluster` for everything else.
"""

from motcua.cli.cluster.cluster import Cluster
from motcua.cli.cluster.errors import ClusterError
from motcua.cli.cluster.lending import default_cluster, lend, placed, scratch_cluster

__all__ = ["Cluster", "ClusterError", "default_cluster", "lend", "placed", "scratch_cluster"]
