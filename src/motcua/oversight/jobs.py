"""Background work: facts follow the journal within a second, and are compared with the passages every night."""

from procrastinate.contrib.django import app

from motcua.oversight import services


@app.periodic(cron="* * * * * */1")
@app.task(name="oversight.absorb", queueing_lock="oversight.absorb", pass_context=False)
def absorb(timestamp: int) -> None:
    """Every second: count what happened."""
    services.absorb_all()


@app.periodic(cron="20 2 * * *")
@app.task(name="oversight.compare", queueing_lock="oversight.compare", pass_context=False)
def compare(timestamp: int) -> None:
    """Every night: recompute and compare; a difference fails the job, and a failed job is an alarm."""
    services.raise_alarm(services.compare_facts())
