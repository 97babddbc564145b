"""Background work of the kernel: delivering events to their listeners."""

from procrastinate.contrib.django import app

from motcua.kernel import events
from motcua.kernel.retrying import PATIENCE


@app.task(name=events.DELIVER, retry=PATIENCE, pass_context=False)
def deliver(entry_id: int, listener: str) -> None:
    """One event to one listener."""
    events.deliver(entry_id, listener)
