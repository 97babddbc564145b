"""Background work of the kernel: delivering events to their listeners."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from motcua.kernel import events

# A listener that fails is tried again with growing pauses for about a day, then the job stays visible as failed.
PATIENCE = RetryStrategy(max_attempts=12, exponential_wait=3)


@app.task(name=events.DELIVER, retry=PATIENCE, pass_context=False)
def deliver(entry_id: int, listener: str) -> None:
    """One event to one listener."""
    events.deliver(entry_id, listener)
