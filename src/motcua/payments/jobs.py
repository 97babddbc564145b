"""Listeners and background work of payments: receipts are signed as they are given, summaries leave when the day closes."""

from datetime import time
from uuid import UUID

from procrastinate.contrib.django import app

from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM
from motcua.kernel.events import listener
from motcua.kernel.retrying import PATIENCE
from motcua.payments import queries, services
from motcua.payments.events import ReceiptGiven

#: When today's receipts begin to leave, and when every minute counts.
CLOSING, LAST_MINUTES = time(17), time(23, 50)

services.open_tax_authority()


@listener(ReceiptGiven, name="payments.sign_receipt")
def on_receipt_given(event: ReceiptGiven) -> None:
    """Signed in a job of its own, outside the transaction in which an event is heard."""
    sign_receipts.defer(agency_id=str(event.agency_id))


@app.task(name="payments.sign_receipts", retry=PATIENCE, pass_context=False)
def sign_receipts(agency_id: str) -> None:
    """All receipts of the agency that wait for the signature."""
    while services.sign_receipts(actor=SYSTEM, agency_id=UUID(agency_id)):
        pass


@app.periodic(cron="*/10 * * * *")
@app.task(name="payments.mend_signatures", queueing_lock="payments.mend_signatures", pass_context=False)
def mend_signatures(timestamp: int) -> None:
    """What a token that was away left unsigned."""
    for agency_id in services.agencies_waiting():
        sign_receipts.defer(agency_id=str(agency_id))


@app.periodic(cron="* * * * *")
@app.task(name="payments.close_day", queueing_lock="payments.close_day", pass_context=False)
def close_day(timestamp: int) -> None:
    """From the close of the desks on, today's receipts leave the same day (Decree 254/2026): every five minutes, at the
    end of the day every minute. By the clock of the house: schedules of the queue are told in universal time.
    """
    now = clock.local(clock.now()).time()
    if now.minute % 5 == 0 or now >= LAST_MINUTES:
        for agency_id in queries.agencies_of_receipts():
            services.make_summaries(actor=SYSTEM, agency_id=agency_id, is_closing=now >= CLOSING)
