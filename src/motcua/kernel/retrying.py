"""How patient background work is."""

from procrastinate import RetryStrategy

#: A job that fails is tried again with growing pauses for about a day, then stays visible as failed.
PATIENCE = RetryStrategy(max_attempts=10, exponential_wait=3)
