"""What can go wrong with the embedded database, told to the operator in words that say what to do."""


class ClusterError(RuntimeError):
    """The embedded PostgreSQL cannot be made, started or stopped."""
