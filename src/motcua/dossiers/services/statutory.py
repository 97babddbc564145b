"""What a statutory form says, frozen at the moment it is issued (forms 01–05 of Circular 03/2025, fields of domain law).

Only plain JSON values: the PDF is typeset from this content alone, so that a reprint is identical byte for byte.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.documents.services import new_verification_code
from motcua.dossiers.models import Dossier, DossierPaper, Passage
from motcua.dossiers.rules.mandate import mandate_ground
from motcua.dossiers.words import EXEMPT_GROUNDS, HEAD, Move, StatutoryForm, form_set_on, printed_number
from motcua.kernel import clock


def statutory_content(
    dossier: Dossier,
    passage: Passage,
    move: Move,
    extra: Mapping[str, object],
    *,
    papers: Iterable[DossierPaper] = (),
    applicant: directory.PartyView | None = None,
) -> dict[str, object]:
    """Everything every form carries, plus what this kind adds (`extra`); `papers` are the lines of the checklist.

    Whoever has read the applicant already hands them on.
    """
    applicant = applicant or directory.party(dossier.applicant_id)
    submitter = applicant
    if dossier.submitter_id != dossier.applicant_id:
        submitter = directory.party(dossier.submitter_id)
    version = catalogue.version(dossier.version_id)
    limit = version.case(dossier.case_key).limit_for(catalogue.Channel(dossier.channel))
    form, on = StatutoryForm(passage.form_code), clock.local(passage.at).date()
    signing = directory.agency(dossier.competent_id if move.is_leaders else dossier.receiving_id)
    return {
        **form_heading(form, signing, on, is_leaders=move.is_leaders),
        "return_agency": directory.agency(dossier.returning_id).name,
        "return_way": dossier.return_way,
        "return_address": dossier.contact.get("return_address", ""),
        "code": dossier.code or "",
        "ledger_number": dossier.ledger_number,
        "ledger_year": clock.local(dossier.received_at).year if dossier.received_at else None,
        "procedure_code": dossier.procedure_code,
        "procedure_title": dossier.procedure_title,
        "applicant": applicant.full_name,
        "applicant_number": number_of_applicant(dossier, applicant),
        "submitter": submitter.full_name,
        "mandate": mandate_ground(dossier.mandate),
        # The paper goes to whoever handed in: how they said they are reached, and what is recorded of them where they said
        # nothing; what is recorded of the applicant is not theirs to read.
        "address": dossier.contact.get("address") or submitter.address,
        "phone": dossier.contact.get("phone") or submitter.phone,
        "email": dossier.contact.get("email") or submitter.email,
        "sets": dossier.sets,
        "limit": {"amount": str(limit.amount), "unit": limit.unit.value} if limit else None,
        "received_at": _local(dossier.received_at),
        "due_at": _local(dossier.due_at),
        "due_before": _local(passage.due_before),
        "reason": passage.reason,
        "officer": passage.actor_name,
        "on_behalf_of": passage.detail.get("on_behalf_of", ""),
        "issued_at": _local(passage.at),
        "papers": _listed(papers),
        **extra,
    }


def form_heading(
    form: StatutoryForm, agency: directory.AgencyView, on: date, *, is_leaders: bool = False
) -> dict[str, object]:
    """By which circular, whose paper it is, who signs, and the code under which the register finds it."""
    regime = form_set_on(on, form)
    facts = regime.forms[form]
    return {
        "form_set": regime.key,
        "form_number": printed_number(form, facts),
        "form_title": facts.title,
        "signed_by": HEAD if is_leaders else facts.signed_by,
        "paper_code": new_verification_code(),
        "agency_id": str(agency.id),
        "agency": agency.name,
        "place": agency.territory_name,
        "agency_address": agency.address,
        "agency_phone": agency.phone,
    }


def _listed(papers: Iterable[DossierPaper]) -> list[dict[str, object]]:
    return [
        listed_paper(paper.name, paper)
        for paper in sorted(papers, key=lambda paper: (paper.order, paper.id))
        if not (paper.declared and _is_nothing(paper))
    ]


class PaperLike(Protocol):
    """A line of the checklist, kept or only on the desk."""

    @property
    def originals(self) -> int: ...
    @property
    def copies(self) -> int: ...
    @property
    def photocopies(self) -> int: ...
    @property
    def electronic(self) -> int: ...
    @property
    def is_presented(self) -> bool: ...
    @property
    def exemption(self) -> str: ...


def listed_paper(name: str, paper: PaperLike) -> dict[str, object]:
    """A line as forms show it: an exemption in words, never its code."""
    return {
        "name": name,
        "originals": paper.originals,
        "copies": paper.copies,
        "photocopies": paper.photocopies,
        "electronic": paper.electronic,
        "is_presented": paper.is_presented,
        "exemption": EXEMPT_GROUNDS.get(paper.exemption, paper.exemption),
    }


def _is_nothing(paper: DossierPaper) -> bool:
    """A line somebody only declared: a receipt does not confirm what nobody saw."""
    counted = paper.originals or paper.copies or paper.photocopies or paper.electronic
    return not (counted or paper.is_presented or paper.exemption)


def number_of_applicant(dossier: Dossier, applicant: directory.PartyView) -> str | None:
    """As the submitter named the applicant, where they did; the record otherwise."""
    person = dossier.mandate.get("person")
    return str(person["personal_number"]) if isinstance(person, Mapping) else applicant.number


def _local(moment: Any) -> str | None:
    return clock.local(moment).isoformat(timespec="minutes") if moment else None
