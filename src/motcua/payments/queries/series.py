"""The series of electronic receipts of an agency, and the summaries of days that went to the tax authority."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Q

from motcua.kernel import clock
from motcua.kernel.authority import EVERYWHERE, Actor
from motcua.kernel.outbox import message_states
from motcua.payments.models import DaySummary, Receipt, ReceiptCounter
from motcua.payments.rules.receipts import total_of
from motcua.payments.words import SummaryState

#: Who works with the receipts of an agency: cashiers, those who approve refunds, and auditors (who may not send).
MAY_SEE_SERIES = ("payment.collect", "payment.refund", "audit.read")


@dataclass(frozen=True, slots=True)
class DaySummaryView:
    """A summary sent to the tax authority, and what became of it. `error` is what the last failed try met, `has_ended` that
    nothing tries any more.
    """

    id: UUID
    agency_id: UUID
    day: date
    part: int
    first: int
    last: int
    total: int
    state: str
    answer: str
    made_at: datetime
    count: int
    answered_at: datetime | None
    attempts: int
    next_try_at: datetime | None
    error: str
    has_ended: bool

    @property
    def is_late(self) -> bool:
        """Whether its day was over before an answer came."""
        return clock.local(self.answered_at or clock.now()).date() > self.day

    @property
    def may_be_sent_again(self) -> bool:
        """Refused, or given up after days of tries."""
        return self.has_ended and self.state != SummaryState.ACCEPTED


@dataclass(frozen=True, slots=True)
class SeriesView:
    """The receipts of one agency and year: last number given, how many wait for the signature, how many no summary names."""

    agency_id: UUID
    year: int
    last: int
    unsigned: int
    unreported: int


def series_agencies(actor: Actor) -> frozenset[UUID]:
    """Agencies whose series this officer may see; all that give receipts for those who see everywhere."""
    seen = frozenset[UUID]().union(*(actor.agencies_with(permission) for permission in MAY_SEE_SERIES))
    if EVERYWHERE not in seen:
        return seen
    return frozenset(ReceiptCounter.objects.order_by().values_list("agency_id", flat=True).distinct())


def series_of(agency_ids: Collection[UUID]) -> Sequence[SeriesView]:
    """The series of these agencies, newest year first."""
    found = []
    for row in ReceiptCounter.objects.filter(agency_id__in=agency_ids).order_by("-year", "agency_id"):
        electronic = Receipt.objects.filter(agency_id=row.agency_id, year=row.year, lookup__isnull=False)
        reported = DaySummary.objects.filter(agency_id=row.agency_id, day__year=row.year).aggregate(
            last=Max("last")
        )["last"]
        counts = electronic.aggregate(
            unsigned=Count("pk", filter=Q(signed=None)),
            unreported=Count("pk", filter=Q(number__gt=reported or 0)),
        )
        found.append(SeriesView(row.agency_id, row.year, row.last, counts["unsigned"], counts["unreported"]))
    return found


def summaries_of(agency_ids: Collection[UUID], *, limit: int = 60) -> Sequence[DaySummaryView]:
    """The latest summaries of these agencies, with how sending fares."""
    rows = list(DaySummary.objects.filter(agency_id__in=agency_ids).order_by("-day", "-part")[:limit])
    sent = message_states([row.message_id for row in rows if row.message_id is not None])
    views = []
    for row in rows:
        message = sent.get(row.message_id or 0)
        views.append(
            DaySummaryView(
                id=row.pk,
                agency_id=row.agency_id,
                day=row.day,
                part=row.part,
                first=row.first,
                last=row.last,
                total=total_of(row.content),
                state=row.state,
                answer=row.answer,
                made_at=row.made_at,
                count=len(row.content),
                answered_at=row.answered_at,
                attempts=message.attempts if message else 0,
                next_try_at=message.next_try_at if message else None,
                error=message.last_error if message else "",
                has_ended=message is not None and message.has_ended,
            )
        )
    return views
