"""Statutory forms as PDF/A: typeset once in the background from frozen content, kept, reprinted byte for byte.

The form is printed as soon as it is typeset; the same form signed digitally by the agency follows as a file of its own. Both
stand in the register of papers, so that the verification page knows them.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, Protocol
from uuid import UUID

from django.db import transaction

from motcua.documents import services as documents
from motcua.documents.queries import PaperSource, QrPayload, TrustLevel
from motcua.dossiers.models import IssuedForm
from motcua.dossiers.words import StatutoryForm, form_set_of
from motcua.kernel.authority import Actor, machine_only
from motcua.kernel.money import show

#: Type sizes in which a form is tried on one sheet, largest first.
SIZES = ("11", "10.2", "9.4", "8.6")
WAYS = {"online": "bản điện tử", "postal": "qua bưu chính", "post": "qua bưu chính", "counter": "trực tiếp"}


class _Issued(Protocol):
    """What the papers of a form need to know of it."""

    @property
    def code(self) -> str: ...
    @property
    def content(self) -> Mapping[str, Any]: ...


def typeset_form(*, actor: Actor, form_id: UUID) -> UUID:
    """Make the PDF of an issued form if it is not there yet; returns the file. A repeated call returns the same file.

    Setting in type takes seconds and is done before the transaction begins, so that no lock is held meanwhile. Two at once
    set the same bytes; the first to come is kept.
    """
    machine_only(actor)
    issued = IssuedForm.objects.select_related("dossier").get(pk=form_id)
    if issued.file_id is not None:
        return issued.file_id
    kept = documents.keep_file(
        actor=actor,
        stream=BytesIO(typeset_content(issued.code, issued.content)),
        filename=f"mau-{issued.code}-{issued.content.get('code') or issued.dossier_id}.pdf",
        owner_party_id=issued.dossier.applicant_id,
        is_made_here=True,
    )
    with transaction.atomic():
        form = IssuedForm.objects.select_for_update().get(pk=form_id)
        if form.file_id is None:
            form.file_id = kept.id
            form.save(update_fields=["file_id"])
            record_form(actor, form, kept.id, is_signed=False)
    return form.file_id


def sign_form(*, actor: Actor, form_id: UUID) -> UUID | None:
    """The typeset form signed digitally by its agency, where the installation knows the PIN of a key; None where it does
    not: then it is signed by hand. A repeated call returns the same file. Outside a transaction; refuses as
    `documents.sign_form` does.
    """
    machine_only(actor)
    issued = IssuedForm.objects.get(pk=form_id)
    agency = issued.content.get("agency_id")
    if issued.signed_file_id is not None or issued.file_id is None or not agency:
        return issued.signed_file_id
    signed = documents.sign_form(
        actor=actor, file_id=issued.file_id, agency_id=UUID(agency), reason=issued.content["form_title"]
    )
    if signed is None:
        return None
    with transaction.atomic():
        form = IssuedForm.objects.select_for_update().get(pk=form_id)
        if form.signed_file_id is None:
            form.signed_file_id = signed.id
            form.save(update_fields=["signed_file_id"])
            record_form(actor, form, signed.id, is_signed=True)
    return form.signed_file_id


def record_form(actor: Actor, form: _Issued, file_id: UUID, *, is_signed: bool) -> None:
    """The register of papers knows the form from now on, by its bytes and by the code printed on it. It stands in nobody's
    warehouse: it tells of a dossier and proves nothing about a person."""
    content = form.content
    documents.record_paper(
        actor=actor,
        file_id=file_id,
        kind_code=f"form-{form.code}",
        source=PaperSource.FORM,
        trust=TrustLevel.SIGNED if is_signed else TrustLevel.COMPARED,
        title=_title(form.code, content),
        symbol=content.get("lookup") or content["code"],
        issuer=content["agency"],
        issued_on=_issued_on(content),
        dossier_code=content["code"],
        verification_code=None if is_signed else content.get("paper_code"),
    )


def typeset_content(code: str, content: Mapping[str, Any]) -> bytes:
    """The PDF of a form's frozen content: the same content gives the same bytes."""
    form, issued_at = StatutoryForm(code), datetime.fromisoformat(content["issued_at"])
    facts = form_set_of(content.get("form_set", ""), issued_at.date(), form).forms[form]
    moments = {
        name: datetime.fromisoformat(content[name]) if content.get(name) else None
        for name in ("received_at", "due_at", "due_before", "new_due_at")
    }
    supply_by = content.get("supply_by")
    title = _title(code, content)
    return documents.typeset(
        template_name=form.template,
        context={
            **content,
            **moments,
            "agency": {"parent": "", "name": content["agency"]},
            "place": content.get("place", ""),
            "date": issued_at.date(),
            "title": title,
            "form_code": content.get("form_number", code),
            "limit_words": _limit_words(content.get("limit")),
            "way_words": WAYS.get(content.get("return_way", ""), ""),
            "supply_by": date.fromisoformat(supply_by) if supply_by else None,
            "fee_words": _fee_words(content.get("fees")),
            "signature_title": content.get("signed_by", facts.signed_by),
        },
        code=QrPayload(
            dossier_code=content["code"] or content.get("lookup", ""),
            procedure_code=content["procedure_code"],
            applicant_number=content["applicant_number"] or "",
            title=title,
            system="Một Cửa",
            issued_at=issued_at,
            paper=content.get("paper_code", ""),
        ),
        sizes=SIZES,
    )


def _title(code: str, content: Mapping[str, Any]) -> str:
    form = StatutoryForm(code)
    return content.get("form_title") or form_set_of("", _issued_on(content), form).forms[form].title


def _issued_on(content: Mapping[str, Any]) -> date:
    return datetime.fromisoformat(content["issued_at"]).date()


def _fee_words(fees: list[Mapping[str, Any]] | None) -> list[dict[str, str]]:
    """Each fee as it is printed, and their sum only where every one is known."""
    if not fees:
        return []
    lines = [{"name": fee["name"], "amount": _amount_words(fee)} for fee in fees]
    amounts = [fee["amount"] for fee in fees]
    if len(fees) > 1 and None not in amounts:
        lines.append({"name": "Tổng cộng", "amount": show(sum(amounts))})
    return lines


def _amount_words(fee: Mapping[str, Any]) -> str:
    if fee["amount"] is None:
        return "chưa xác định, theo thông báo của cơ quan thu"
    said = show(fee["amount"])
    return f"{said} ({fee['relief']})" if fee.get("relief") else said


def _limit_words(limit: Mapping[str, str] | None) -> str:
    if not limit:
        return ""
    units = {"hour": "giờ làm việc", "working_day": "ngày làm việc", "calendar_day": "ngày", "month": "tháng"}
    return f"{Decimal(limit['amount']).normalize():f} {units[limit['unit']]}".replace(".", ",")
