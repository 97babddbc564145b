"""Background work of the custody."""

from procrastinate.contrib.django import app

from motcua.documents import services
from motcua.kernel.authority import SYSTEM


@app.periodic(cron="40 1 * * *")
@app.task(name="documents.abandon_uploads", queueing_lock="documents.abandon_uploads", pass_context=False)
def abandon_uploads(timestamp: int) -> None:
    """Every night: drop the pieces of transfers nobody continued."""
    services.abandon_idle_uploads(actor=SYSTEM)
