"""Background work of the custody."""

from uuid import UUID

from procrastinate.contrib.django import app

from motcua.documents import services
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM
from motcua.kernel.retrying import PATIENCE


@app.periodic(cron=clock.daily(1, 40))
@app.task(name="documents.abandon_uploads", queueing_lock="documents.abandon_uploads", pass_context=False)
def abandon_uploads(timestamp: int) -> None:
    """Every night: drop the pieces of transfers nobody continued."""
    services.abandon_idle_uploads(actor=SYSTEM)


@app.periodic(cron="*/5 * * * *")
@app.task(name="documents.check_files", queueing_lock="documents.check_files", pass_context=False)
def check_files(timestamp: int) -> None:
    """Every five minutes: look for malware in the files that could not be looked into when they came."""
    services.check_unchecked_files(actor=SYSTEM)


@app.task(name="documents.take_in", retry=PATIENCE, pass_context=False)
def take_in(batch_id: str) -> None:
    """Open the files of a batch and make a row for each page."""
    services.take_in(actor=SYSTEM, batch_id=UUID(batch_id))


@app.task(name="documents.read_pages", retry=PATIENCE, pass_context=False)
def read_pages(batch_id: str) -> None:
    """One lane of a batch: pages side by side with the other lanes, until none is left. No lock: pages are claimed."""
    while services.read_pages(actor=SYSTEM, batch_id=UUID(batch_id)):
        pass


@app.task(name="documents.read_again", retry=PATIENCE, pass_context=False)
def read_again(batch_id: str) -> None:
    """Pages somebody turned are read again that way up."""
    services.read_again(actor=SYSTEM, batch_id=UUID(batch_id))


@app.task(name="documents.bind_batch", retry=PATIENCE, pass_context=False)
def bind_batch(batch_id: str) -> None:
    """Make the papers of a batch, as somebody asked at the desk."""
    services.bind_batch(actor=SYSTEM, batch_id=UUID(batch_id))


@app.periodic(cron="* * * * *")
@app.task(name="documents.wake_batches", queueing_lock="documents.wake_batches", pass_context=False)
def wake_batches(timestamp: int) -> None:
    """Every minute: work that lies and that nobody does is begun again."""
    services.wake_batches(actor=SYSTEM)


@app.task(name="documents.scan_sheets", pass_context=False)
def scan_sheets(batch_id: str, url: str, name: str, dpi: int) -> None:
    """Feed a batch from a network scanner. Not tried again by itself: paper moves when somebody says so."""
    services.scan_sheets(actor=SYSTEM, batch_id=UUID(batch_id), url=url, name=name, dpi=dpi)
