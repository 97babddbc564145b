"""The day's summary of receipts for the tax authority (form 01/TH-BLĐT): made when the day closes, sent by the outbox."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.directory import queries as directory
from motcua.documents import services as documents
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM, Actor, authorise, in_scope, machine_only
from motcua.kernel.outbox import (
    Destination,
    Failure,
    Outgoing,
    Patience,
    Undeliverable,
    check_payload,
    digest_of,
    put,
    register,
    replay_own,
)
from motcua.payments.adapters.tax import Refused, Unreachable, send_summary
from motcua.payments.errors import SummaryOnItsWay
from motcua.payments.models import DaySummary, Receipt, ReceiptCounter
from motcua.payments.rules.receipts import SUMMARY_END, SummaryLine, enveloped, summary_xml
from motcua.payments.services.receipts import digest_of_xml
from motcua.payments.words import SummaryState

DESTINATION = "payments.tax"
#: The law wants it the same day: short pauses, so that a server that comes back is not left waiting.
PATIENCE = Patience(first=timedelta(seconds=5), longest=timedelta(minutes=5))
#: Stands in every summary that comes after its day (the off-line fall-back).
LATE = "Không kết nối được cơ quan thuế trong ngày; gửi ngay khi kết nối lại"
#: Receipts in one summary: what one message of some hundred kilobytes holds.
LARGEST = 5_000


@transaction.atomic
def make_summaries(*, actor: Actor, agency_id: UUID, is_closing: bool) -> int:
    """Put out what of the agency's receipts no summary names yet: days gone by, and today's when it is closing.

    Gapless by number: the first receipt that is not signed ends it, whatever follows waits. How many were put out.
    """
    machine_only(actor)
    today, made = clock.today(), 0
    for counter in ReceiptCounter.objects.select_for_update().filter(agency_id=agency_id).order_by("year"):
        rows = _not_summarised(agency_id, counter.year)
        for day, receipts in groupby(rows, key=lambda row: clock.local(row.at).date()):
            if day > today or (day == today and not is_closing):
                break
            listed = list(receipts)
            for at in range(0, len(listed), LARGEST):
                _put(agency_id, day, [_line(row) for row in listed[at : at + LARGEST]])
                made += 1
    return made


def _not_summarised(agency_id: UUID, year: int) -> Sequence[Receipt]:
    """Signed receipts after the last one named, without a gap. Receipts of before the electronic ones are not counted."""
    rows = Receipt.objects.filter(agency_id=agency_id, year=year, lookup__isnull=False).order_by("number")
    last = (
        DaySummary.objects.filter(agency_id=agency_id, day__year=year)
        .order_by("-last")
        .values_list("last", flat=True)
        .first()
    )
    found: list[Receipt] = []
    for row in rows.filter(number__gt=last or 0).select_related("signed", "refers_to"):
        if getattr(row, "signed", None) is None or (found and row.number != found[-1].number + 1):
            break
        found.append(row)
    return found


def _line(row: Receipt) -> dict[str, object]:
    before = row.refers_to
    line = SummaryLine(
        number=row.number,
        kind=row.kind,
        refers_to=f"{before.number}/{before.year}" if before else "",
        at=clock.local(row.at).isoformat(timespec="seconds"),
        amount=row.amount,
        digest=digest_of_xml(row.signed.xml),
    )
    return {name: getattr(line, name) for name in SummaryLine.__dataclass_fields__}


def _put(agency_id: UUID, day: date, lines: list[Mapping[str, Any]]) -> None:
    part = DaySummary.objects.filter(agency_id=agency_id, day=day).count() + 1
    summary = DaySummary.objects.create(
        agency_id=agency_id,
        day=day,
        part=part,
        first=lines[0]["number"],
        last=lines[-1]["number"],
        content=lines,
        made_at=clock.now(),
        state=SummaryState.WAITING,
    )
    summary.message_id = put(
        destination=DESTINATION,
        key=str(summary.id),
        reference=str(summary.id),
        digest=digest_of(_payload(summary)),
        subject=str(agency_id),
    )
    summary.save(update_fields=["message_id"])


@transaction.atomic
def send_summary_again(*, actor: Actor, summary_id: UUID) -> None:
    """A summary that was refused, or given up after days of tries, goes out again with the same key.

    Refuses: `OutOfScope` (of an agency whose money is not the actor's), `PermissionRefused`, `SummaryOnItsWay`.
    """
    authorise(actor, "payment.collect")
    row = DaySummary.objects.select_for_update().filter(pk=summary_id).first()
    summary = in_scope(row if row and actor.may("payment.collect", row.agency_id) else None)
    if summary.message_id is None or not replay_own(actor=actor, ids=[summary.message_id]):
        raise SummaryOnItsWay
    summary.state = SummaryState.WAITING
    summary.save(update_fields=["state"])


def open_tax_authority() -> None:
    """Make the tax authority a destination of the outbox: strict, for a summary never overtakes the one before it."""
    register(
        Destination(
            name=DESTINATION, send=_send, classify=_classify, patience=PATIENCE, lanes=1, is_strict=True
        )
    )


def _send(message: Outgoing) -> str:
    summary = DaySummary.objects.filter(pk=UUID(message.reference)).first()
    if summary is None:
        raise Undeliverable(Failure("payload_gone", is_permanent=True))
    check_payload(message, _payload(summary))
    agency = directory.agency(summary.agency_id)
    xml = summary_xml(
        agency_code=agency.code,
        year=summary.day.year,
        day=summary.day,
        part=summary.part,
        lines=summary.content,
        begins_at=_begins_at(summary),
        incident=LATE if clock.today() > summary.day else "",
    )
    (signed,) = documents.sign_agency_data(actor=SYSTEM, agency_id=summary.agency_id, data=[xml])
    try:
        answer = send_summary(enveloped(xml, signed.signature, SUMMARY_END), key=message.key, signed=xml)
    except Refused as refusal:
        _answered(summary, SummaryState.REFUSED, f"{refusal.code}: {refusal.reason}")
        raise
    _answered(summary, SummaryState.ACCEPTED, answer)
    return answer


def _begins_at(summary: DaySummary) -> int:
    rows = Receipt.objects.filter(
        agency_id=summary.agency_id, year=summary.day.year, lookup__isnull=False
    ).order_by("number")
    return rows.values_list("number", flat=True).first() or 1


def _answered(summary: DaySummary, state: SummaryState, answer: str) -> None:
    summary.state, summary.answer, summary.answered_at = state, answer[:500], clock.now()
    summary.save(update_fields=["state", "answer", "answered_at"])


def _classify(error: Exception) -> Failure | None:
    if isinstance(error, Refused):
        return Failure(f"refused_{error.code}", is_permanent=True)
    if isinstance(error, Unreachable):
        return Failure(error.code)
    return None


def _payload(summary: DaySummary) -> Sequence[object]:
    return [str(summary.agency_id), summary.day.isoformat(), summary.part, summary.content]
