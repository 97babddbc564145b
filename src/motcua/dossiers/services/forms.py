"""Statutory forms as PDF/A: typeset once in the background from frozen content, kept, reprinted byte for byte."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.documents import services as documents
from motcua.documents.queries import QrPayload
from motcua.dossiers.models import IssuedForm
from motcua.dossiers.words import FORMS, StatutoryForm
from motcua.kernel.authority import Actor, machine_only


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
    return form.file_id


def typeset_content(code: str, content: Mapping[str, Any]) -> bytes:
    """The PDF of a form's frozen content: the same content gives the same bytes."""
    form, issued_at = StatutoryForm(code), datetime.fromisoformat(content["issued_at"])
    moments = {
        name: datetime.fromisoformat(content[name]) if content.get(name) else None
        for name in ("received_at", "due_at", "due_before", "new_due_at")
    }
    return documents.typeset(
        template_name=form.template,
        context={
            **content,
            **moments,
            "agency": {"parent": "", "name": content["agency"]},
            "place": content.get("place", ""),
            "date": issued_at.date(),
            "title": FORMS[form].title,
            "form_code": code,
            "limit_words": _limit_words(content.get("limit")),
            "signature_title": FORMS[form].signed_by,
        },
        code=QrPayload(
            dossier_code=content["code"],
            procedure_code=content["procedure_code"],
            applicant_number=content["applicant_number"] or "",
            title=FORMS[form].title,
            system="Một Cửa",
            issued_at=issued_at,
        ),
    )


def _limit_words(limit: Mapping[str, str] | None) -> str:
    if not limit:
        return ""
    units = {"hour": "giờ làm việc", "working_day": "ngày làm việc", "calendar_day": "ngày", "month": "tháng"}
    return f"{Decimal(limit['amount']).normalize():f} {units[limit['unit']]}".replace(".", ",")
