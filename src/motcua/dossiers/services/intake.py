"""How a dossier comes in: online by the person, or at the counter by a reception officer."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import TextField, UUIDField

from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import Case, Channel, VersionSnapshot
from motcua.directory import queries as directory
from motcua.directory import services as registry
from motcua.documents.queries import PaperSource, PaperView
from motcua.dossiers.errors import (
    ChannelClosed,
    FormInvalid,
    FormOutdated,
    MandateMissing,
    PapersMissing,
    PaperUnlisted,
    RequestKeyReused,
)
from motcua.dossiers.models import DoorSlip, Dossier, DossierPaper, Passage
from motcua.dossiers.queries.checklist import checklist_of
from motcua.dossiers.queries.result_drafts import legal_ground
from motcua.dossiers.rules.checklist import Brought, missing_papers
from motcua.dossiers.rules.given import (
    check_data,
    checked_contact,
    read_return_way,
    with_return_address,
)
from motcua.dossiers.rules.mandate import Principal, check_mandate
from motcua.dossiers.services.attachments import check_attached
from motcua.dossiers.services.charges import fee_lines, raise_charges, reckon
from motcua.dossiers.services.declared import PaperGiven, as_said, confirm_declared
from motcua.dossiers.services.drafts import close_draft
from motcua.dossiers.services.keeping_copies import search_text
from motcua.dossiers.services.move import Act, Moved, check_may_move, lock_dossier, make_move, moved
from motcua.dossiers.services.requester import check_applicant, with_requester
from motcua.dossiers.words import MOVES, Clock, MoveKey, Reuse
from motcua.kernel import clock
from motcua.kernel.authority import Actor, ActorKind, authorise
from motcua.kernel.errors import DomainError, PermissionRefused
from motcua.kernel.ids import new_id
from motcua.kernel.statements import Question, slot

#: A dossier in hand that has not made its first move.
UNBEGUN = ""

#: What a paper is called that is on no checklist and that nobody named.
OTHER_PAPER = "Giấy tờ khác"

#: Key of the component that an e-form replaces, by convention of the catalogue.
DECLARATION = "declaration"


@dataclass(frozen=True, slots=True)
class Application:
    """What somebody asks for. `request_key` makes a retry harmless: the same key of the same account is one dossier.

    `draft_revision` is what the person looked at before sending; a draft that changed since is not sent.
    `applicant_id` is None where the applicant is somebody else, named in `principal`; `mandate` then says by what right
    (`kind`, `ground`, see `MandateKind`).
    """

    procedure_code: str
    receiving_id: UUID
    applicant_id: UUID | None
    request_key: str
    case_key: str | None = None
    channel: Channel = Channel.ONLINE
    submitter_id: UUID | None = None
    mandate: Mapping[str, Any] = field(default_factory=dict)
    contact: Mapping[str, Any] = field(default_factory=dict)
    form_digest: str = ""
    form_data: Mapping[str, Any] = field(default_factory=dict)
    papers: Sequence[PaperGiven] = ()
    helping_id: UUID | None = None
    competent_id: UUID | None = None
    returning_id: UUID | None = None
    return_way: str = "counter"
    sets: int = 1
    draft_id: UUID | None = None
    draft_revision: int | None = None
    #: The slip (form 02) with which somebody was sent home and came back.
    slip_id: UUID | None = None
    principal: Principal | None = None


def submit_dossier(*, actor: Actor, application: Application) -> Moved:
    """A person sends an application online. Announces `DossierMoved`, `NoticeDue(submitted)`.

    A person asks for those they act for, or for somebody whom they name (`principal`) with their mandate; never by an id
    of somebody else. Which agencies decide and return is left to the system.

    Refuses: `ProcedureUnknown`, `ChannelClosed`, `FormOutdated`, `FormInvalid`, `PapersMissing`, `DataTooLarge`,
    `ContactInvalid`, `PermissionRefused`, `OutOfScope` (a file or paper of somebody else), `MandateMissing`,
    `PaperNotInForce`, `PaperUnlisted`, `DraftConflict`, and what the directory refuses of a person's details.
    """
    if actor.kind is ActorKind.PERSON:
        _check_person(actor, application)
    if actor.kind is ActorKind.OFFICER:
        authorise(actor, "dossier.receive", application.receiving_id)
    return begin_dossier(actor, application, MoveKey.SUBMIT)


def register_dossier(*, actor: Actor, application: Application) -> Moved:
    """A reception officer takes a dossier in at the desk: it is received at once, with code, term and charges.

    Refuses as `submit_dossier` does, `MandateMissing` too; announces `DossierMoved`, `FormIssued(01)`, `NoticeDue(received)`.
    """
    authorise(actor, "dossier.receive", application.receiving_id)
    check_right(application)
    return begin_dossier(actor, application, MoveKey.REGISTER)


@transaction.atomic
def receive_dossier(
    *, actor: Actor, dossier_id: UUID, seen: int | None = None, papers: Sequence[PaperGiven] = ()
) -> Moved:
    """A reception officer accepts a dossier sent online; `papers` are those seen at the desk.

    Refuses: `PapersMissing` while a required paper is only declared by the person and not confirmed here.
    """
    dossier = lock_dossier(actor, dossier_id, seen)
    case = catalogue.version(dossier.version_id).case(dossier.case_key)
    check_may_move(actor, dossier, MoveKey.RECEIVE, Act())
    rows = paper_rows(actor, dossier, case, papers)
    rows = confirm_declared(dossier, checklist_of(case, dossier.mandate), rows, is_receipt=True)
    fees = reckon(dossier)
    act = Act(papers=rows, form_content={"fees": fee_lines(fees)})
    result = make_move(actor, dossier, MoveKey.RECEIVE, act)
    raise_charges(actor, dossier, fees)
    return result


@transaction.atomic
def refuse_at_door(
    *, actor: Actor, dossier_id: UUID, reason: str, ground: str = "", seen: int | None = None
) -> Moved:
    """Form 03 at the door: the dossier never becomes a received one. Refuses: `ReasonMissing`.

    `ground` is what the law says; left empty, the legal bases of the procedure are named.
    """
    dossier = lock_dossier(actor, dossier_id, seen)
    said = {"ground": ground.strip() or legal_ground(catalogue.version(dossier.version_id))}
    return make_move(
        actor, dossier, MoveKey.REFUSE_AT_DOOR, Act(reason=reason, detail=said, form_content=said)
    )


def paper_rows(
    actor: Actor, dossier: Dossier, case: Case, papers: Sequence[PaperGiven]
) -> list[DossierPaper]:
    """Unsaved lines of the checklist; names and duties come from the pinned version. Refuses: `OutOfScope` for a file
    or paper of somebody else, `PaperNotInForce`.
    """
    known = check_attached(actor, dossier, papers)
    wanted = checklist_of(case, dossier.mandate)
    components = {component.key: (order, component) for order, component in enumerate(wanted)}
    at = clock.now()
    rows = []
    for given in papers:
        order, component = components.get(given.component_key, (len(components), None))
        paper = known.get(given.paper_id) if given.paper_id else None
        rows.append(
            DossierPaper(
                dossier_id=dossier.id,
                component_key=given.component_key,
                name=component.name if component else given.name or OTHER_PAPER,
                kind_code=component.kind_code if component else "",
                originals=given.originals,
                copies=given.copies,
                photocopies=given.photocopies,
                electronic=given.electronic,
                is_presented=given.is_presented,
                exemption=given.exemption,
                declared=given.declared or None,
                file_id=given.file_id or (paper.file.id if paper else None),
                paper_id=given.paper_id,
                must_digitize=bool(component and component.must_digitize),
                digitization=_digitization(given, paper),
                added_at=at,
                added_by_id=actor.account_id,
                order=order,
            )
        )
    return rows


def begin_dossier(actor: Actor, application: Application, key: MoveKey) -> Moved:
    """Open a dossier by its first move.

    All of it is one transaction. When the same request comes in again, it is undone, and answered with what the first one
    made: the database refuses a second dossier of the same key, so that nobody has to look for a first one before. A
    repeated request that would be refused today (the form has changed, a paper has expired) still gets that answer.
    """
    # First of all: what is nested deeper than anybody types cannot even be put into a digest.
    check_data(application.form_data, application.mandate)
    try:
        version = catalogue.version_in_force(application.procedure_code, clock.today())
        with transaction.atomic():
            return _begin(actor, application, version, key, _digest_of_request(application))
    except (IntegrityError, DomainError):
        earlier = _earlier(actor, application)
        if earlier is None:
            raise
        return earlier


def _begin(
    actor: Actor,
    application: Application,
    version: VersionSnapshot,
    key: MoveKey,
    digest: str,
) -> Moved:
    case = _case(version, application.case_key)
    if actor.kind is ActorKind.PERSON:
        _check_listed(case, application)
    application = replace(application, papers=as_said(actor, application.papers))
    application = _for_principal(actor, application)
    applicant = _applicant(application)
    is_represented = application.submitter_id not in (None, applicant.id)
    named = application.mandate.get("person")
    data = with_requester(actor, version, application.form_data, applicant, named)
    application = replace(application, form_data=data)
    if any(component.key == DECLARATION for component in case.components):
        application = _with_declaration(application, version)
    check_applicant(version, applicant, is_represented=is_represented)
    _check(version, case, application)
    application = replace(application, form_data=read_form(version, application.form_data))
    dossier = _new_dossier(actor, application, version, case, applicant)
    dossier.request_digest = digest
    papers = paper_rows(actor, dossier, case, application.papers)
    act = Act(papers=papers, applicant=applicant)
    fees = reckon(dossier) if MOVES[key].clock is Clock.START else None
    if fees is not None:
        act.form_content = {"fees": fee_lines(fees)}
    result = make_move(actor, dossier, key, act)
    if fees is not None:
        raise_charges(actor, dossier, fees)
    if application.draft_id is not None and actor.account_id is not None:
        close_draft(actor, application.draft_id, application.draft_revision, dossier.id)
    if application.slip_id is not None and actor.is_officer:
        slips = DoorSlip.objects.filter(pk=application.slip_id, agency_id=application.receiving_id)
        slips.filter(dossier_id=None, procedure_code=version.code).update(dossier_id=dossier.id)
    return result


def _applicant(application: Application) -> directory.PartyView:
    if application.applicant_id is None:
        raise MandateMissing
    return directory.party(application.applicant_id)


def _check_person(actor: Actor, application: Application) -> None:
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


def _check_listed(case: Case, application: Application) -> None:
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


def _for_principal(actor: Actor, application: Application) -> Application:
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


_EARLIER = Question(
    lambda has_account: Dossier.objects.filter(
        opened_by_id=slot("account_id", UUIDField()) if has_account else None,
        request_key=slot("request_key", TextField()),
    )
)


def _earlier(actor: Actor, application: Application) -> Moved | None:
    """What the same request of the same account has made before. Refuses: `RequestKeyReused` for another content."""
    dossier = _EARLIER.first(
        actor.account_id is not None, account_id=actor.account_id, request_key=application.request_key
    )
    if dossier is None:
        return None
    if dossier.request_digest not in ("", request_digest(application)):
        raise RequestKeyReused
    last = Passage.objects.filter(dossier=dossier, seq=dossier.revision).only("id").get()
    return moved(dossier, last.id, is_repeat=True)


def _check(version: VersionSnapshot, case: Case, application: Application) -> None:
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


def _digest_of_request(application: Application) -> str:
    """Kept beside the key that it is compared under; what came without one cannot come again."""
    return request_digest(application) if application.request_key else ""


def request_digest(application: Application) -> str:
    """What was asked for, as it came, in one word; the draft and the form it was written on are no part of it."""
    beside = {"request_key", "draft_id", "draft_revision", "slip_id", "form_digest"}
    said = {name: value for name, value in asdict(application).items() if name not in beside}
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def _digitization(given: PaperGiven, paper: PaperView | None) -> int:
    """The national field DuocTaiSuDung; see `Reuse`."""
    if paper is None:
        return Reuse.DIGITIZED if given.file_id else Reuse.NONE
    if not given.reused:
        return Reuse.DIGITIZED
    return Reuse.RESULT if paper.source is PaperSource.RESULT else Reuse.WAREHOUSE


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


def _with_declaration(application: Application, version: VersionSnapshot) -> Application:
    """The e-form stands for the paper declaration: a filled-in form ticks that line of the checklist itself."""
    lines = {paper.component_key for paper in application.papers if not paper.declared}
    if version.form is None or not application.form_data or DECLARATION in lines:
        return application
    return replace(application, papers=[PaperGiven(DECLARATION, electronic=1), *application.papers])


def _new_dossier(
    actor: Actor,
    application: Application,
    version: VersionSnapshot,
    case: Case,
    applicant: directory.PartyView,
) -> Dossier:
    at = clock.now()
    way = read_return_way(application.return_way)
    submitter_id = application.submitter_id or applicant.id
    contact = with_return_address(
        way,
        checked_contact(application.contact),
        lambda: applicant.address if submitter_id == applicant.id else directory.party(submitter_id).address,
    )
    competent_id = application.competent_id or _competent(application.receiving_id, version)
    known = None if applicant.is_known_otherwise is False else directory.known_as(applicant.id)
    return Dossier(
        id=new_id(),
        state=UNBEGUN,
        request_key=application.request_key or None,
        opened_by_id=actor.account_id,
        version_id=version.id,
        procedure_code=version.code,
        procedure_title=version.title,
        case_key=case.key,
        channel=application.channel,
        sets=application.sets,
        helping_id=application.helping_id,
        receiving_id=application.receiving_id,
        competent_id=competent_id,
        returning_id=application.returning_id or application.receiving_id,
        applicant_id=applicant.id,
        submitter_id=submitter_id,
        applicant_name=applicant.full_name,
        mandate=dict(application.mandate),
        contact=contact,
        form_key=version.form.key if version.form else "",
        form_digest=version.form.digest if version.form else "",
        form_data=dict(application.form_data),
        search_text=search_text(applicant, version.title, contact, known),
        return_way=way,
        submitted_at=at,
        changed_at=at,
    )


def _competent(receiving_id: UUID, version: VersionSnapshot) -> UUID:
    receiving = directory.agency(receiving_id)
    # Where several levels are competent, the one that was turned to is; else the one nearest to people.
    level = next(
        (one for one in version.agency_levels if one.value == receiving.level.value), version.agency_level
    )
    return directory.competent_agency(
        level.value, receiving.territory_id, field_code=version.field_code, on=clock.today()
    ).id


def _case(version: VersionSnapshot, key: str | None) -> Case:
    try:
        return version.case(key)
    except KeyError:
        raise ChannelClosed(case=key) from None
