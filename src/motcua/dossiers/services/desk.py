"""At the door with papers that cannot be received: the person leaves with form 02 or form 03, and no dossier is opened.

The slip has a number of its own series by which it is looked up; what was on the desk is kept with it, so that whoever comes
back is not asked twice. Decree 61/2018 art. 17; Decree 118/2025.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.documents import services as documents
from motcua.dossiers.errors import MandateMissing, ReasonMissing, RequestKeyReused
from motcua.dossiers.events import SlipIssued
from motcua.dossiers.models import DoorSlip
from motcua.dossiers.models.counters import next_in_day
from motcua.dossiers.queries.checklist import checklist_of
from motcua.dossiers.queries.result_drafts import legal_ground
from motcua.dossiers.rules.code import unit_code_on
from motcua.dossiers.rules.door_number import door_number, door_series
from motcua.dossiers.rules.given import check_data, checked_contact
from motcua.dossiers.rules.mandate import mandate_ground
from motcua.dossiers.services.application import Application, request_digest
from motcua.dossiers.services.forms import record_form, typeset_content
from motcua.dossiers.services.statutory import form_heading, listed_paper
from motcua.dossiers.services.supplement import supply_day
from motcua.dossiers.words import MOVES, MoveKey, StatutoryForm
from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise, machine_only
from motcua.kernel.errors import PermissionRefused
from motcua.kernel.events import announce


@dataclass(frozen=True, slots=True)
class Slip:
    """What the person takes home; `is_repeat`: the same request had come before."""

    id: UUID
    number: str
    is_repeat: bool = False


def ask_at_desk(
    *,
    actor: Actor,
    application: Application,
    reason: str,
    items: Sequence[str] = (),
    supply_by: date | None = None,
) -> Slip:
    """Ask in writing for everything that is missing (form 02), with the day to bring it by and whom to ask.

    A repeated request (same `request_key`) changes nothing. Refuses: `ReasonMissing`, `ProcedureUnknown`,
    `PermissionRefused`, `SupplyDayWrong`, `RequestKeyReused`. Announces `SlipIssued`.
    """
    authorise(actor, "dossier.ask_supplement", application.receiving_id)
    said = {"items": list(items), "supply_by": supply_day(application.receiving_id, supply_by).isoformat()}
    return _give(actor, application, MoveKey.ASK_COMPLETION, reason, said)


def refuse_at_desk(*, actor: Actor, application: Application, reason: str, ground: str = "") -> Slip:
    """Refuse in writing to receive what was brought (form 03), with the legal ground; left empty, the legal bases of the
    procedure are named.

    A repeated request changes nothing. Refuses: `ReasonMissing`, `ProcedureUnknown`, `PermissionRefused`,
    `RequestKeyReused`. Announces `SlipIssued`.
    """
    authorise(actor, "dossier.refuse_at_door", application.receiving_id)
    version = catalogue.version_in_force(application.procedure_code, clock.today())
    said = {"ground": ground.strip() or legal_ground(version)}
    return _give(actor, application, MoveKey.REFUSE_AT_DOOR, reason, said)


def typeset_slip(*, actor: Actor, slip_id: UUID) -> UUID:
    """Make the PDF of a slip if it is not there yet; returns the file. A repeated call returns the same file."""
    machine_only(actor)
    slip = DoorSlip.objects.get(pk=slip_id)
    if slip.file_id is not None:
        return slip.file_id
    kept = documents.keep_file(
        actor=actor,
        stream=BytesIO(typeset_content(slip.code, slip.content)),
        filename=f"mau-{slip.code}-{slip.number}.pdf",
        owner_party_id=slip.applicant_id,
        is_made_here=True,
    )
    with transaction.atomic():
        slip = DoorSlip.objects.select_for_update().get(pk=slip_id)
        if slip.file_id is None:
            slip.file_id = kept.id
            slip.save(update_fields=["file_id"])
            record_form(actor, slip, kept.id, is_signed=False)
    return slip.file_id


def sign_slip(*, actor: Actor, slip_id: UUID) -> UUID | None:
    """The slip signed by its agency, where the installation knows the PIN of a key; see `sign_form`."""
    machine_only(actor)
    slip = DoorSlip.objects.get(pk=slip_id)
    if slip.signed_file_id is not None or slip.file_id is None:
        return slip.signed_file_id
    signed = documents.sign_form(
        actor=actor, file_id=slip.file_id, agency_id=slip.agency_id, reason=slip.content["form_title"]
    )
    if signed is None:
        return None
    with transaction.atomic():
        slip = DoorSlip.objects.select_for_update().get(pk=slip_id)
        if slip.signed_file_id is None:
            slip.signed_file_id = signed.id
            slip.save(update_fields=["signed_file_id"])
            record_form(actor, slip, signed.id, is_signed=True)
    return slip.signed_file_id


def _give(
    actor: Actor, application: Application, key: MoveKey, reason: str, said: Mapping[str, object]
) -> Slip:
    check_data(application.form_data, application.mandate)
    move = MOVES[key]
    if not reason.strip():
        raise ReasonMissing(move=move.name)
    if actor.account_id is None or move.form is None:
        raise PermissionRefused
    if application.applicant_id is None:
        raise MandateMissing
    by = DoorSlip(
        code=move.form,
        agency_id=application.receiving_id,
        procedure_code=application.procedure_code,
        applicant_id=application.applicant_id,
        kept=_kept(application),
        request_key=application.request_key,
        issued_by_id=actor.account_id,
    )
    try:
        with transaction.atomic():
            return _issued(actor, by, application, {"reason": reason.strip(), **said})
    except IntegrityError:
        earlier = DoorSlip.objects.filter(
            issued_by_id=actor.account_id, request_key=application.request_key
        ).first()
        if earlier is None:
            raise
        if earlier.kept["digest"] != request_digest(application):
            raise RequestKeyReused from None
        return Slip(earlier.id, earlier.number, is_repeat=True)


def _issued(actor: Actor, slip: DoorSlip, application: Application, said: Mapping[str, object]) -> Slip:
    slip.issued_at = clock.now()
    day, unit = clock.local(slip.issued_at).date(), directory.agency(slip.agency_id)
    code = unit_code_on(day, bottom_up=unit.code_qcvn or unit.code, top_down=unit.code)
    content = _content(application, slip.applicant_id, StatutoryForm(slip.code), unit, day) | {
        "officer": actor.name,
        "issued_at": clock.local(slip.issued_at).isoformat(timespec="minutes"),
        **said,
    }
    # The number last: whoever else gives a slip in this unit waits until this transaction ends.
    slip.number = door_number(code, day, next_in_day(door_series(code), day))
    slip.content = content | {"lookup": slip.number}
    slip.save(force_insert=True)
    announce(SlipIssued(slip_id=slip.id, code=slip.code, agency_id=slip.agency_id, at=slip.issued_at))
    return Slip(slip.id, slip.number)


def _content(
    application: Application, applicant_id: UUID, form: StatutoryForm, unit: directory.AgencyView, day: date
) -> dict[str, object]:
    version = catalogue.version_in_force(application.procedure_code, day)
    names = {c.key: c.name for c in checklist_of(version.case(application.case_key), application.mandate)}
    applicant = directory.party(applicant_id)
    submitter = applicant
    if application.submitter_id is not None and application.submitter_id != applicant.id:
        submitter = directory.party(application.submitter_id)
    contact = checked_contact(application.contact)
    return {
        **form_heading(form, unit, day),
        "code": "",
        "procedure_code": version.code,
        "procedure_title": version.title,
        "applicant": applicant.full_name,
        "applicant_number": applicant.number,
        "submitter": submitter.full_name,
        "mandate": mandate_ground(application.mandate),
        "address": contact.get("address") or submitter.address,
        "phone": contact.get("phone") or submitter.phone,
        "email": contact.get("email") or submitter.email,
        "papers": [listed_paper(names.get(one.component_key, ""), one) for one in application.papers],
    }


def _kept(application: Application) -> dict[str, Any]:
    """What was on the desk, as plain values."""
    papers = [
        {name: str(value) if isinstance(value, UUID) else value for name, value in asdict(one).items()}
        for one in application.papers
    ]
    return {
        "digest": request_digest(application),
        "case_key": application.case_key,
        "submitter_id": str(application.submitter_id) if application.submitter_id else None,
        "mandate": dict(application.mandate),
        "contact": dict(application.contact),
        "form_digest": application.form_digest,
        "form_data": dict(application.form_data),
        "papers": papers,
        "return_way": application.return_way,
        "sets": application.sets,
    }
