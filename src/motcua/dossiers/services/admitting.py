"""What an application must be before a dossier is made of it: who asks, by what right, with which answers and papers."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import Case, Channel, VersionSnapshot
from motcua.directory import queries as directory
from motcua.directory import services as registry
from motcua.dossiers.errors import (
    ChannelClosed,
    FormInvalid,
    FormOutdated,
    MandateMissing,
    PapersMissing,
    PaperUnlisted,
)
from motcua.dossiers.queries.checklist import checklist_of
from motcua.dossiers.rules.checklist import Brought, missing_papers
from motcua.dossiers.rules.mandate import check_mandate
from motcua.dossiers.services.application import DECLARATION, Application
from motcua.dossiers.services.declared import PaperGiven
from motcua.kernel.authority import Actor
from motcua.kernel.errors import PermissionRefused


def check_person(actor: Actor, application: Application) -> None:
    """Everybody named by an id is somebody the person acts for; agencies are not theirs to choose."""
    named = {application.submitter_id}
    if application.principal is not None:
        check_mandate(application.mandate)
    elif application.applicant_id is None:
        raise MandateMissing
    if application.applicant_id is not None:
        named |= {application.applicant_id}
    chosen = (application.competent_id, application.returning_id, application.helping_id)
    if not named - {None} <= actor.party_ids or any(chosen):
        raise PermissionRefused
    if (
        application.channel is not Channel.ONLINE
        or not directory.agency(application.receiving_id).is_one_stop
    ):
        raise ChannelClosed


def check_listed(case: Case, application: Application) -> None:
    """Online, a paper stands on a line of the checklist the person was shown, or does not travel along."""
    listed = {component.key for component in checklist_of(case, application.mandate)} | {DECLARATION}
    for paper in application.papers:
        if paper.component_key not in listed:
            raise PaperUnlisted(key=paper.component_key)


def check_right(application: Application) -> None:
    """Who hands in for somebody else states by what right, at the desk as online; a legal representative need not.

    Refuses: `MandateMissing`.
    """
    submitter_id, applicant_id = application.submitter_id, application.applicant_id
    if application.principal is None and submitter_id in (None, applicant_id):
        return
    if applicant_id is not None:
        applicant = directory.party(applicant_id)
        representative = applicant.legal_representative_id
        if submitter_id and representative and submitter_id in directory.records_of([representative]):
            return
    check_mandate(application.mandate)


def for_principal(actor: Actor, application: Application) -> Application:
    """With the applicant found or registered, where the submitter named somebody else; what they said is kept."""
    named = application.principal
    mandate = {name: value for name, value in application.mandate.items() if name != "person"}
    if named is None:
        return replace(application, mandate=mandate)
    applicant_id = registry.name_principal(
        actor=actor,
        full_name=named.full_name,
        personal_number=named.personal_number,
        birth_on=named.birth_on,
    )
    person = {
        "full_name": named.full_name,
        "personal_number": named.personal_number,
        "birth_on": str(named.birth_on),
    }
    return replace(
        application,
        applicant_id=applicant_id,
        submitter_id=application.submitter_id or _own_party(actor),
        mandate={**mandate, "person": person},
    )


def _own_party(actor: Actor) -> UUID:
    """Who the actor is: the person before the organisations they act for. Refuses: `PermissionRefused`."""
    own = directory.own_parties(actor)
    if not own:
        raise PermissionRefused
    return own[0].id


def applicant_of(application: Application) -> directory.PartyView:
    """Who it is for. Refuses: `MandateMissing`, `OutOfScope`."""
    if application.applicant_id is None:
        raise MandateMissing
    return directory.party(application.applicant_id)


def with_declaration(application: Application, version: VersionSnapshot) -> Application:
    """The e-form stands for the paper declaration: a filled-in form ticks that line of the checklist itself."""
    lines = {paper.component_key for paper in application.papers if not paper.declared}
    if version.form is None or not application.form_data or DECLARATION in lines:
        return application
    return replace(application, papers=[PaperGiven(DECLARATION, electronic=1), *application.papers])


def check_admissible(version: VersionSnapshot, case: Case, application: Application) -> None:
    """Channel, form and required papers. Refuses: `ChannelClosed`, `FormOutdated`, `FormInvalid`, `PapersMissing`."""
    if application.channel is Channel.ONLINE and version.level is catalogue.OnlineLevel.INFORMATION:
        raise ChannelClosed
    check_form(version, application.form_digest, application.form_data)
    missing = missing_papers(
        checklist_of(case, application.mandate), [_brought(paper) for paper in application.papers]
    )
    if missing:
        raise PapersMissing(papers="; ".join(missing), missing=missing)


def check_form(version: VersionSnapshot, digest: str, data: Mapping[str, object]) -> None:
    """The form's own rules. Refuses: `FormOutdated` (filled in on an older form), `FormInvalid` with every fault."""
    if version.form is None:
        return
    if digest and digest != version.form.digest:
        raise FormOutdated
    faults = catalogue.validate_form(version.form, dict(data))
    if faults:
        raise FormInvalid(count=len(faults), faults=[(fault.path, fault.message) for fault in faults])


def read_form(version: VersionSnapshot, data: Mapping[str, object]) -> dict[str, object]:
    """The answers in the one form in which they are kept, whoever wrote them and however."""
    return dict(data) if version.form is None else catalogue.fill_form(version.form, data).data


def _brought(paper: PaperGiven) -> Brought:
    electronic = paper.electronic or (1 if paper.file_id or paper.paper_id else 0)
    return Brought(
        paper.component_key,
        paper.originals,
        paper.copies,
        electronic,
        paper.is_presented,
        paper.exemption,
        is_promised=bool(paper.declared),
        photocopies=paper.photocopies,
    )
