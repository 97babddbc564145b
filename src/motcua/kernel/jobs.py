"""Background work of the kernel: delivering events to their listeners, and taking up the work of a worker that died."""

from contextlib import suppress

from django.contrib.sessions.models import Session
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from motcua.kernel import clock, events, outbox, throttling
from motcua.kernel.lacking import healing
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


@app.periodic(cron="* * * * * */1")
@app.task(name="kernel.send_due", queue="outbox", queueing_lock="kernel.send_due", pass_context=False)
def send_due(timestamp: int) -> None:
    """Every second: a job for each destination for which something is due. Each has a lock of its own, so that a slow
    one holds up nobody else.
    """
    with healing("kernel.send_due"):
        for name in outbox.due():
            with suppress(AlreadyEnqueued):
                drain.configure(lock=f"outbox:{name}", queueing_lock=f"outbox:{name}").defer(destination=name)


@app.periodic(cron=clock.daily(1, 10))
@app.task(name="kernel.prune_throttle", queueing_lock="kernel.prune_throttle", pass_context=False)
def prune_throttle(timestamp: int) -> None:
    """Every night: drop the counts of tries that hold up nobody any more."""
    throttling.prune()


@app.periodic(cron=clock.daily(1, 20))
@app.task(name="kernel.clear_sessions", queueing_lock="kernel.clear_sessions", pass_context=False)
def clear_sessions(timestamp: int) -> None:
    """Every night: drop the sessions that ended by themselves; whoever logs out drops their own."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()


@app.task(name="kernel.drain", queue="outbox", pass_context=False)
def drain(destination: str) -> None:
    """What is due for one destination. Tries are counted by the outbox, not here."""
    outbox.drain(destination)
