"""Listeners and background work of dossiers."""

from uuid import UUID

from procrastinate.contrib.django import app

from motcua.directory import queries as directory
from motcua.directory.events import (
    AgencySucceeded,
    CalendarChanged,
    PartyCorrected,
    PeopleMerged,
    PeopleParted,
)
from motcua.documents.events import ScanPaperBound
from motcua.dossiers import services
from motcua.dossiers.events import FormIssued, SlipIssued
from motcua.dossiers.services.audit import CHECK_CHAIN
from motcua.kernel import clock
from motcua.kernel.authority import SYSTEM
from motcua.kernel.events import listener
from motcua.kernel.retrying import PATIENCE


@listener(FormIssued, name="dossiers.typeset_form")
def on_form_issued(event: FormIssued) -> None:
    """Every issued form becomes a PDF: in a job of its own, outside the transaction in which an event is heard."""
    typeset_form.defer(form_id=str(event.form_id))


@app.task(name="dossiers.typeset_form", retry=PATIENCE, pass_context=False)
def typeset_form(form_id: str) -> None:
    """The PDF of one issued form, to be printed at once; the agency's signature follows by itself."""
    services.typeset_form(actor=SYSTEM, form_id=UUID(form_id))
    sign_form.defer(form_id=form_id)


@app.task(name="dossiers.sign_form", retry=PATIENCE, pass_context=False)
def sign_form(form_id: str) -> None:
    """The agency's signature on one typeset form, where its key is at hand."""
    services.sign_form(actor=SYSTEM, form_id=UUID(form_id))


@listener(SlipIssued, name="dossiers.typeset_slip")
def on_slip_issued(event: SlipIssued) -> None:
    """What was given at the door becomes a PDF as every form does."""
    typeset_slip.defer(slip_id=str(event.slip_id))


@app.task(name="dossiers.typeset_slip", retry=PATIENCE, pass_context=False)
def typeset_slip(slip_id: str) -> None:
    """The PDF of one slip, to be printed at once; the agency's signature follows by itself."""
    services.typeset_slip(actor=SYSTEM, slip_id=UUID(slip_id))
    sign_slip.defer(slip_id=slip_id)


@app.task(name="dossiers.sign_slip", retry=PATIENCE, pass_context=False)
def sign_slip(slip_id: str) -> None:
    """The agency's signature on one slip, where its key is at hand."""
    services.sign_slip(actor=SYSTEM, slip_id=UUID(slip_id))


@listener(ScanPaperBound, name="dossiers.attach_scan")
def on_scan_paper_bound(event: ScanPaperBound) -> None:
    """What was scanned for the dossier takes its line of the checklist, in the name of whoever bound it."""
    services.attach_paper(
        actor=directory.actor_of(event.actor_id) if event.actor_id else SYSTEM,
        dossier_id=event.dossier_id,
        component_key=event.component_key,
        paper_id=event.paper_id,
    )


@listener(PartyCorrected, name="dossiers.follow_correction")
def on_party_corrected(event: PartyCorrected) -> None:
    """Dossiers keep the name of their applicant for lists and search."""
    services.follow_correction(actor=SYSTEM, party_id=event.party_id)


@listener(PeopleMerged, name="dossiers.follow_merge")
def on_people_merged(event: PeopleMerged) -> None:
    """Dossiers of a merged record are shown and found under the one that stands."""
    services.follow_merge(actor=SYSTEM, party_id=event.party_id, former_id=event.former_id)


@listener(PeopleParted, name="dossiers.follow_parting")
def on_people_parted(event: PeopleParted) -> None:
    """And under their own again."""
    services.follow_merge(actor=SYSTEM, party_id=event.party_id, former_id=event.former_id, is_undone=True)


@listener(AgencySucceeded, name="dossiers.hand_over")
def on_agency_succeeded(event: AgencySucceeded) -> None:
    """Open dossiers follow the work to the agency that took over, once its day has come."""
    if event.effective_on > clock.today():
        return
    services.hand_over_to_successor(
        actor=SYSTEM,
        predecessor_id=event.predecessor_id,
        successor_id=event.successor_id,
        decision=event.decision,
    )


@app.periodic(cron=clock.daily(0, 1))
@app.task(name="dossiers.hand_over_due", queueing_lock="dossiers.hand_over_due", pass_context=False)
def hand_over_due(timestamp: int) -> None:
    """At midnight: reorganisations that take effect today."""
    services.hand_over_due(actor=SYSTEM)


@app.task(name=CHECK_CHAIN, retry=PATIENCE, pass_context=False)
def check_chain(check_id: str) -> None:
    """A check of the whole chain that somebody asked for."""
    services.run_chain_check(actor=SYSTEM, check_id=UUID(check_id))


@listener(CalendarChanged, name="dossiers.reproject")
def on_calendar_changed(event: CalendarChanged) -> None:
    """Terms are reckoned anew; a change for a territory or the country may touch any agency."""
    services.reproject_terms(actor=SYSTEM, agency_id=event.agency_id, ground=event.source)


@app.periodic(cron=clock.daily(1, 40))
@app.task(name="dossiers.seal_history", queueing_lock="dossiers.seal_history", pass_context=False)
def seal_history(timestamp: int) -> None:
    """Every night: what the day recorded is sealed, time-stamped and kept outside."""
    services.seal_history(actor=SYSTEM)


@app.periodic(cron="15 * * * *")
@app.task(name="dossiers.stamp_seals", queueing_lock="dossiers.stamp_seals", pass_context=False)
def stamp_seals(timestamp: int) -> None:
    """Every hour: seals that no time-stamp authority has seen yet, and copies that are not outside yet."""
    services.stamp_seals(actor=SYSTEM)


@app.periodic(cron="*/2 * * * *")
@app.task(
    name="dossiers.ask_numbers",
    queueing_lock="dossiers.ask_numbers",
    lock="dossiers.ask_numbers",
    pass_context=False,
)
def ask_numbers(timestamp: int) -> None:
    """Personal numbers of new-born children that the register still owes."""
    services.ask_numbers(actor=SYSTEM)
