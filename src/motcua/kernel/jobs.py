"""Background work of the kernel: delivering events to their listeners, and taking up the work of a worker that died."""

from procrastinate import JobContext
from procrastinate.contrib.django import app

from motcua.kernel import events
from motcua.kernel.retrying import PATIENCE


@app.task(name=events.DELIVER, retry=PATIENCE, pass_context=False)
def deliver(entry_id: int, listener: str) -> None:
    """One event to one listener."""
    events.deliver(entry_id, listener)


@app.periodic(cron="* * * * *")
@app.task(name="motcua.kernel.jobs.take_up", queueing_lock="motcua.kernel.jobs.take_up", pass_context=True)
async def take_up(context: JobContext, timestamp: int) -> None:
    """Put jobs back on the queue whose worker has shown no sign of life for half a minute: killed, or its machine lost.

    Without this they would wait for ever as "being done". Every job of ours may be done again without doing it twice.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)
