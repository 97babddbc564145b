"""Results as documents: the draft typeset from the dossier, and the issued result as a paper of its owner."""

from io import BytesIO
from typing import Any
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.documents import services as documents
from motcua.documents.queries import QrPayload
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.rules.result_fields import result_lines
from motcua.dossiers.services.statutory import number_of_applicant
from motcua.dossiers.words import Outcome
from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.warehouse import services as warehouse


def result_draft(
    actor: Actor, dossier: Dossier, result: Result, delegation: directory.DelegationView | None
) -> UUID:
    """Typeset the result from its content; returns the file. Its number and code are reserved before."""
    pdf = result_pdf(dossier, result, delegation, result.verification_code)
    name = f"{dossier.code}-{result.symbol}.pdf".replace("/", "-")
    return documents.keep_file(
        actor=actor,
        stream=BytesIO(pdf),
        filename=name,
        owner_party_id=dossier.applicant_id,
        is_made_here=True,
    ).id


def result_pdf(
    dossier: Dossier, result: Result, delegation: directory.DelegationView | None, code: str
) -> bytes:
    """The result as a document; `code` is its verification code, empty for a preview that nobody will verify."""
    competent = directory.agency(dossier.competent_id)
    refused = result.outcome == Outcome.REFUSED
    at = result.numbered_at or clock.now()
    number = number_of_applicant(dossier, directory.party(dossier.applicant_id)) or ""
    return documents.typeset(
        template_name="dossiers/results/refusal.html" if refused else "dossiers/results/result.html",
        context={
            "agency": {"parent": "", "name": competent.name},
            "place": competent.territory_name,
            "number": str(result.number) if result.number else "…",
            "symbol": result.symbol.partition("/")[2],
            "date": clock.local(at).date(),
            "signature_title": "Thủ trưởng cơ quan",
            "title": result.title,
            "code": dossier.code,
            "procedure": dossier.procedure_title,
            "procedure_code": dossier.procedure_code,
            "applicant": dossier.applicant_name,
            "applicant_number": number,
            "lines": result_lines(_form(dossier), result.content),
            "reason": result.content.get("refusal_reason", ""),
            "on_behalf_of": delegation.delegator_title if delegation else "",
        },
        code=QrPayload(
            dossier_code=dossier.code or "",
            procedure_code=dossier.procedure_code,
            applicant_number=number,
            title=result.title,
            system="Một Cửa",
            issued_at=at,
            paper=code,
        ),
    )


def keep_result(actor: Actor, dossier: Dossier, result: Result) -> UUID | None:
    """The sealed result enters its owner's electronic warehouse (Decree 45/2020 art. 16), ready for reuse."""
    if result.sealed_file_id is None:
        return None
    competent = directory.agency(dossier.competent_id)
    version = catalogue.version(dossier.version_id)
    kind = next((k.kind_code for k in version.results if k.code == result.type_code), "")
    return warehouse.keep_as_paper(
        actor=actor,
        file_id=result.sealed_file_id,
        kind_code=kind or result.type_code or dossier.procedure_code,
        owner_party_id=dossier.applicant_id,
        title=result.title,
        number=str(result.number or ""),
        symbol=result.symbol,
        issuer=competent.name,
        issued_on=clock.local(result.signed_at).date() if result.signed_at else clock.today(),
        dossier_code=dossier.code or "",
        verification_code=result.verification_code or None,
    ).id


def _form(dossier: Dossier) -> dict[str, Any]:
    form = catalogue.version(dossier.version_id).form
    return form.ui if form else {}
