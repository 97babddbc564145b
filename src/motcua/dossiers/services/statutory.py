"""What a statutory form says, frozen at the moment it is issued (forms 01–05 of Circular 03/2025, fields of domain law).

Only plain JSON values: the PDF is typeset from this content alone, so that a reprint is identical byte for byte.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers.models import Dossier, DossierPaper, Passage
from motcua.dossiers.rules.mandate import mandate_ground
from motcua.kernel import clock


def statutory_content(
    dossier: Dossier,
    passage: Passage,
    extra: Mapping[str, Any],
    *,
    papers: Iterable[DossierPaper] = (),
    applicant: directory.PartyView | None = None,
) -> dict[str, Any]:
    """Everything every form carries, plus what this kind adds (`extra`); `papers` are the lines of the checklist.

    Whoever has read the applicant already hands them on.
    """
    receiving = directory.agency(dossier.receiving_id)
    returning = directory.agency(dossier.returning_id)
    applicant = applicant or directory.party(dossier.applicant_id)
    submitter = applicant
    if dossier.submitter_id != dossier.applicant_id:
        submitter = directory.party(dossier.submitter_id)
    version = catalogue.version(dossier.version_id)
    limit = version.case(dossier.case_key).limit_for(catalogue.Channel(dossier.channel))
    return {
        "agency": receiving.name,
        "place": receiving.territory_name,
        "agency_address": receiving.address,
        "agency_phone": receiving.phone,
        "return_agency": returning.name,
        "return_way": dossier.return_way,
        "code": dossier.code or "",
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
        "issued_at": _local(passage.at),
        "papers": _listed(papers),
        **extra,
    }


def _listed(papers: Iterable[DossierPaper]) -> list[dict[str, Any]]:
    return [
        {
            "name": paper.name,
            "originals": paper.originals,
            "copies": paper.copies,
            "electronic": paper.electronic,
            "is_presented": paper.is_presented,
            "exemption": paper.exemption,
        }
        for paper in sorted(papers, key=lambda paper: (paper.order, paper.id))
        if not (paper.declared and _is_nothing(paper))
    ]


def _is_nothing(paper: DossierPaper) -> bool:
    """A line somebody only declared: a receipt does not confirm what nobody saw."""
    return not (paper.originals or paper.copies or paper.electronic or paper.is_presented or paper.exemption)


def number_of_applicant(dossier: Dossier, applicant: directory.PartyView) -> str | None:
    """As the submitter named the applicant, where they did; the record otherwise."""
    person = dossier.mandate.get("person")
    return str(person["personal_number"]) if isinstance(person, Mapping) else applicant.number


def _local(moment: Any) -> str | None:
    return clock.local(moment).isoformat(timespec="minutes") if moment else None
