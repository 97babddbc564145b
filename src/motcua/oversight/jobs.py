"""Background work: facts follow the journal within a second, and are compared with the passages every night."""

from procrastinate.contrib.django import app

from motcua.kernel import clock
from motcua.kernel.events import listener
from motcua.kernel.lacking import healing
from motcua.oversight import services
from motcua.oversight.events import DirectiveMoved


@app.periodic(cron="* * * * * */1")
@app.task(name="oversight.absorb", queue="facts", queueing_lock="oversight.absorb", pass_context=False)
def absorb(timestamp: int) -> None:
    """Every second: count what happened. In a queue of its own, so that no long job stands before it."""
    with healing("oversight.absorb"):
        services.absorb_all()


@app.periodic(cron=clock.daily(2, 20))
@app.task(name="oversight.compare", queueing_lock="oversight.compare", pass_context=False)
def compare(timestamp: int) -> None:
    """Every night: recompute and compare; a difference fails the job, and a failed job is an alarm."""
    services.raise_alarm(services.compare_facts())


@listener(DirectiveMoved, name="oversight.tell_of_directive")
def on_directive_moved(event: DirectiveMoved) -> None:
    """Whoever a directive now waits for is written to."""
    services.tell_of_directive(directive_id=event.directive_id, entry_id=event.entry_id)


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="oversight.mark_overdue_directives",
    queueing_lock="oversight.mark_overdue_directives",
    pass_context=False,
)
def mark_overdue_directives(timestamp: int) -> None:
    """Every ten minutes: directives whose term ran out."""
    services.mark_overdue_directives()


@app.periodic(cron="10 * * * *")
@app.task(
    name="oversight.send_planned_reports", queueing_lock="oversight.send_planned_reports", pass_context=False
)
def send_planned_reports(timestamp: int) -> None:
    """Every hour: reports whose period has passed. What was missed while nothing ran is sent at the next hour."""
    services.send_planned_reports()
