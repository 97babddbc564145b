"""Results as documents: the draft typeset from its content, and the issued result as a paper of its owner."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.documents import services as documents
from motcua.documents.queries import QrPayload
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.rules.in_words import date_in_words
from motcua.dossiers.services.statutory import number_of_applicant
from motcua.kernel import clock
from motcua.kernel.authority import Actor
from motcua.kernel.values import UNKNOWN
from motcua.warehouse import services as warehouse


def result_draft(
    actor: Actor, dossier: Dossier, result: Result, delegation: directory.DelegationView | None
) -> UUID:
    """Typeset the result from its content for this signer and keep the file. Number and code are reserved before."""
    pdf = result_pdf(dossier, result, delegation, result.verification_code, signer=actor.name)
    name = f"{dossier.code}-{result.symbol}.pdf".replace("/", "-")
    return documents.keep_file(
        actor=actor,
        stream=BytesIO(pdf),
        filename=name,
        owner_party_id=dossier.applicant_id,
        is_made_here=True,
    ).id


def result_pdf(
    dossier: Dossier,
    result: Result,
    delegation: directory.DelegationView | None,
    code: str,
    signer: str = "",
) -> bytes:
    """The result as a document; `code` is its verification code, empty for a preview that nobody will verify.

    Made from the result's own content and the very template it was written for; the application is not read.
    """
    template = catalogue.template_named(result.template)
    competent = directory.agency(dossier.competent_id)
    at = result.numbered_at or clock.now()
    number = number_of_applicant(dossier, directory.party(dossier.applicant_id)) or ""
    return documents.typeset(
        template_name=f"dossiers/results/{template.layout}.html",
        context={
            "agency": {"parent": _parent(competent), "name": competent.name},
            "place": competent.territory_name,
            "symbol_whole": result.symbol or template.number_of("…", at.year),
            "date": clock.local(at).date(),
            "signature_title": "Chủ tịch" if _is_committee(competent) else "Thủ trưởng cơ quan",
            "signing_agency": competent.name if _is_committee(competent) else "",
            "signature_name": signer,
            "title": result.title,
            "code": dossier.code,
            "procedure": dossier.procedure_title,
            "procedure_code": dossier.procedure_code,
            "applicant": dossier.applicant_name,
            "applicant_number": number,
            "c": _spelt_out(catalogue.presented(template, result.content)),
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


def _is_committee(agency: directory.AgencyView) -> bool:
    return agency.kind in (directory.AgencyKind.COMMUNE_COMMITTEE, directory.AgencyKind.PROVINCE_COMMITTEE)


def _parent(agency: directory.AgencyView) -> str:
    """The superior body, where the law has it stand above: departments and divisions, not committees."""
    if agency.parent_id is None or _is_committee(agency):
        return ""
    return directory.agency(agency.parent_id).name


def _spelt_out(shown: Mapping[str, Any]) -> dict[str, Any]:
    """Beside each day the same day in words, and its year: `birth_on`, `birth_on_words`, `birth_on_year`."""
    told: dict[str, Any] = {}
    for name, value in shown.items():
        if isinstance(value, Mapping):
            told[name] = _spelt_out(value)
        elif isinstance(value, list):
            told[name] = [_spelt_out(row) for row in value]
        elif name.endswith("_iso"):
            told[f"{name.removesuffix('_iso')}_words"] = date_in_words(value)
            told[f"{name.removesuffix('_iso')}_year"] = "" if value == UNKNOWN else value[:4]
        else:
            told[name] = value
    return told


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
