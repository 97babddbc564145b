"""Background work of the directory."""

from procrastinate.contrib.django import app

from motcua.directory.services.identities import drop_old_provider_sessions
from motcua.kernel import clock


@app.periodic(cron=clock.daily(1, 25))
@app.task(
    name="directory.drop_old_provider_sessions",
    queueing_lock="directory.drop_old_provider_sessions",
    pass_context=False,
)
def drop_provider_sessions(timestamp: int) -> None:
    """Every night: what belongs to sessions that are no more."""
    drop_old_provider_sessions()
