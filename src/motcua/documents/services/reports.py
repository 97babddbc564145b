"""Telling of a forged paper, and answering for what was done about it."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from motcua.directory.queries import agencies_answering_for
from motcua.documents.errors import ReportClosed, ReportTextWrong
from motcua.documents.events import ForgeryReportClosed, ForgeryReported
from motcua.documents.models import ForgeryReport, Paper
from motcua.documents.queries.reports import ForgeryReportView, report_view, reports_within
from motcua.documents.rules.reports import LONGEST_CONTACT, LONGEST_TEXT, MAY_HANDLE, finding_words
from motcua.documents.words import ReportBasis
from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise, in_scope
from motcua.kernel.events import announce
from motcua.kernel.text import composed


@dataclass(frozen=True, slots=True)
class Checked:
    """What the verification answered about the paper: looked at what, found what, in which file, naming which paper of ours."""

    basis: ReportBasis = ReportBasis.NOTHING
    finding: str = ""
    sha256: str = ""
    paper_id: UUID | None = None


def check_report(*, text: str, contact: str) -> tuple[str, str]:
    """What is told and how its author is reached, as they are kept. Refuses: `ReportTextWrong`."""
    said, reached = text.strip(), composed(contact)
    if not 0 < len(said) <= LONGEST_TEXT or len(reached) > LONGEST_CONTACT:
        raise ReportTextWrong(text=LONGEST_TEXT, contact=LONGEST_CONTACT)
    return said, reached


@transaction.atomic
def report_forgery(
    *, actor: Actor, text: str, contact: str = "", checked: Checked | None = None
) -> ForgeryReportView:
    """Keep what somebody tells of a paper they hold to be forged, with the verdict they were given. Anybody may, nameless.

    Who is known to have reported is nowhere kept but in `contact`, if they left any. The same report sent again while it is
    open is one. Announces `ForgeryReported`. Refuses: `ReportTextWrong`.
    """
    found = checked or Checked()
    said, reached = check_report(text=text, contact=contact)
    finding_words(found.basis, found.finding)
    paper = _paper(found.paper_id)
    same = ForgeryReport.objects.filter(
        closed_at=None, text=said, contact=reached, sha256=found.sha256, paper=paper, basis=found.basis.value
    ).first()
    if same is not None:
        return report_view(same)
    answering = (
        agencies_answering_for(paper.recorded_by_id) if paper and paper.recorded_by_id else frozenset()
    )
    row = ForgeryReport.objects.create(
        basis=found.basis.value,
        finding=found.finding,
        sha256=found.sha256,
        paper=paper,
        agencies=sorted(answering),
        text=said,
        contact=reached,
        reported_at=clock.now(),
    )
    announce(
        ForgeryReported(
            report_id=row.id,
            paper_id=row.paper_id,
            sha256=row.sha256,
            basis=row.basis,
            finding=row.finding,
            at=row.reported_at,
        )
    )
    return report_view(row)


@transaction.atomic
def close_report(*, actor: Actor, report_id: UUID, note: str) -> ForgeryReportView:
    """Say what was done about a report; how its author is reached is forgotten with it. Announces `ForgeryReportClosed`.

    Refuses: `PermissionRefused`, `OutOfScope` (about another agency's paper), `ReportTextWrong`, `ReportClosed`.
    """
    authorise(actor, MAY_HANDLE)
    row = in_scope(reports_within(actor).select_for_update(of=("self",)).filter(pk=report_id).first())
    said = note.strip()
    if not 0 < len(said) <= LONGEST_TEXT:
        raise ReportTextWrong(text=LONGEST_TEXT, contact=LONGEST_CONTACT)
    if row.closed_at is not None:
        raise ReportClosed
    row.closed_at, row.closed_by_id, row.closing_note, row.contact = (
        clock.now(),
        in_scope(actor.account_id),
        said,
        "",
    )
    row.save(update_fields=["closed_at", "closed_by_id", "closing_note", "contact"])
    announce(ForgeryReportClosed(report_id=row.id, actor_id=row.closed_by_id, at=row.closed_at))
    return report_view(row)


def _paper(paper_id: UUID | None) -> Paper | None:
    return Paper.objects.select_related("file").filter(pk=paper_id).first() if paper_id else None
