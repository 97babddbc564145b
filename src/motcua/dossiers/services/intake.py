"""How a dossier comes in: online by the person, or at the counter by a reception officer."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import TextField, UUIDField

from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import Case, VersionSnapshot
from motcua.directory import queries as directory
from motcua.dossiers.errors import (
    ChannelClosed,
    RequestKeyReused,
)
from motcua.dossiers.models import DoorSlip, Dossier, Passage
from motcua.dossiers.queries.checklist import checklist_of
from motcua.dossiers.queries.result_drafts import legal_ground
from motcua.dossiers.rules.given import (
    check_data,
    checked_contact,
    read_return_way,
    with_return_address,
)
from motcua.dossiers.services.admitting import (
    applicant_of,
    check_admissible,
    check_listed,
    check_person,
    check_right,
    for_principal,
    read_form,
    with_declaration,
)
from motcua.dossiers.services.application import DECLARATION, Application, request_digest
from motcua.dossiers.services.charges import fee_lines, raise_charges, reckon
from motcua.dossiers.services.checklist_rows import paper_rows
from motcua.dossiers.services.declared import PaperGiven, as_said, confirm_declared
from motcua.dossiers.services.drafts import close_draft
from motcua.dossiers.services.keeping_copies import search_text
from motcua.dossiers.services.move import Act, Moved, check_may_move, lock_dossier, make_move, moved
from motcua.dossiers.services.requester import check_applicant, with_requester
from motcua.dossiers.words import MOVES, Clock, MoveKey
from motcua.kernel import clock
from motcua.kernel.authority import Actor, ActorKind, authorise
from motcua.kernel.errors import DomainError
from motcua.kernel.ids import new_id
from motcua.kernel.statements import Question, slot

#: A dossier in hand that has not made its first move.
UNBEGUN = ""


def submit_dossier(*, actor: Actor, application: Application) -> Moved:
    """A person sends an application online. Announces `DossierMoved`, `NoticeDue(submitted)`.

    A person asks for those they act for, or for somebody whom they name (`principal`) with their mandate; never by an id
    of somebody else. Which agencies decide and return is left to the system.

    Refuses: `ProcedureUnknown`, `ChannelClosed`, `FormOutdated`, `FormInvalid`, `PapersMissing`, `DataTooLarge`,
    `ContactInvalid`, `PermissionRefused`, `OutOfScope` (a file or paper of somebody else), `MandateMissing`,
    `PaperNotInForce`, `PaperUnlisted`, `DraftConflict`, and what the directory refuses of a person's details.
    """
    if actor.kind is ActorKind.PERSON:
        check_person(actor, application)
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
        check_listed(case, application)
    application = replace(application, papers=as_said(actor, application.papers))
    application = for_principal(actor, application)
    applicant = applicant_of(application)
    is_represented = application.submitter_id not in (None, applicant.id)
    named = application.mandate.get("person")
    data = with_requester(actor, version, application.form_data, applicant, named)
    application = replace(application, form_data=data)
    if any(component.key == DECLARATION for component in case.components):
        application = with_declaration(application, version)
    check_applicant(version, applicant, is_represented=is_represented)
    check_admissible(version, case, application)
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


def _digest_of_request(application: Application) -> str:
    """Kept beside the key that it is compared under; what came without one cannot come again."""
    return request_digest(application) if application.request_key else ""


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
