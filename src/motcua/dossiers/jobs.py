"""Listeners and background work of dossiers."""

from motcua.directory import queries as directory
from motcua.directory.events import AgencySucceeded, CalendarChanged
from motcua.documents.events import ScanPaperBound
from motcua.dossiers import services
from motcua.dossiers.events import FormIssued
from motcua.kernel.authority import SYSTEM
from motcua.kernel.events import listener


@listener(FormIssued, name="dossiers.typeset_form")
def on_form_issued(event: FormIssued) -> None:
    """Every issued form becomes a PDF."""
    services.typeset_form(actor=SYSTEM, form_id=event.form_id)


@listener(ScanPaperBound, name="dossiers.attach_scan")
def on_scan_paper_bound(event: ScanPaperBound) -> None:
    """What was scanned for the dossier takes its line of the checklist, in the name of whoever bound it."""
    services.attach_paper(
        actor=directory.actor_of(event.actor_id) if event.actor_id else SYSTEM,
        dossier_id=event.dossier_id,
        component_key=event.component_key,
        paper_id=event.paper_id,
    )


@listener(AgencySucceeded, name="dossiers.hand_over")
def on_agency_succeeded(event: AgencySucceeded) -> None:
    """Open dossiers follow the work to the agency that took over."""
    services.hand_over_to_successor(
        actor=SYSTEM,
        predecessor_id=event.predecessor_id,
        successor_id=event.successor_id,
        decision=event.decision,
    )


@listener(CalendarChanged, name="dossiers.reproject")
def on_calendar_changed(event: CalendarChanged) -> None:
    """Terms are reckoned anew; a change for a territory or the country may touch any agency."""
    services.reproject_terms(actor=SYSTEM, agency_id=event.agency_id, ground=event.source)
