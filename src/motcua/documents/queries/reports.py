"""Reads of what people told of forged papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.directory.queries import account_names
from motcua.documents.models import ForgeryReport
from motcua.documents.queries.papers import PaperView, paper_view
from motcua.documents.rules.reports import MAY_HANDLE, finding_words
from motcua.documents.words import ReportBasis
from motcua.kernel.authority import EVERYWHERE, Actor, authorise


@dataclass(frozen=True, slots=True)
class ForgeryReportView:
    """A report: what was said, what had been checked and found (`finding`, a Vietnamese source text), and what was done."""

    id: UUID
    basis: ReportBasis
    finding: str
    sha256: str
    paper: PaperView | None
    text: str
    contact: str
    reported_at: datetime
    closed_at: datetime | None
    closed_by: str
    closing_note: str

    @property
    def number(self) -> str:
        """`GG-1A2B3C4D`: what the author and the office call it by."""
        return f"GG-{self.id.hex[-8:].upper()}"


def forgery_reports(
    *, actor: Actor, is_closed: bool = False, after: UUID | None = None, limit: int = 50
) -> Sequence[ForgeryReportView]:
    """Open or closed reports, newest first: about papers of the actor's agencies; all of them for administrators.

    Refuses: `PermissionRefused`.
    """
    authorise(actor, MAY_HANDLE)
    rows = reports_within(actor).filter(closed_at__isnull=not is_closed).order_by("-id")
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows.select_related("paper__file")[:limit])
    names = account_names({row.closed_by_id for row in found if row.closed_by_id})
    return [report_view(row, names.get(row.closed_by_id, "") if row.closed_by_id else "") for row in found]


def reports_within(actor: Actor) -> QuerySet[ForgeryReport]:
    """Those this actor handles; one about no paper of ours belongs to whoever handles all."""
    held = actor.agencies_with(MAY_HANDLE)
    rows = ForgeryReport.objects.all()
    return rows if EVERYWHERE in held else rows.filter(agencies__overlap=sorted(held))


def report_view(row: ForgeryReport, closed_by: str = "") -> ForgeryReportView:
    basis = ReportBasis(row.basis)
    return ForgeryReportView(
        id=row.id,
        basis=basis,
        finding=finding_words(basis, row.finding),
        sha256=row.sha256,
        paper=paper_view(row.paper) if row.paper else None,
        text=row.text,
        contact=row.contact,
        reported_at=row.reported_at,
        closed_at=row.closed_at,
        closed_by=closed_by,
        closing_note=row.closing_note,
    )
