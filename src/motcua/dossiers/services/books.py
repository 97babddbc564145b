"""Forms 06 and 07: the control sheet of one dossier and the ledger of a desk, typeset when somebody asks for them."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.documents import services as documents
from motcua.documents.queries import QrPayload
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.one import dossier_page
from motcua.dossiers.rules.terms import punctuality
from motcua.dossiers.words import FORMS, Punctuality, StatutoryForm
from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise

_WORDS = {Punctuality.EARLY: "Trước hạn", Punctuality.ON_TIME: "Đúng hạn", Punctuality.LATE: "Quá hạn"}
LONGEST_LEDGER = 5000


def control_sheet(*, actor: Actor, dossier_id: UUID) -> bytes:
    """Form 06 as PDF: one row per hand-over, with giver, step, its term and whether it was kept (answers of consulted
    agencies included). Raises `OutOfScope`."""
    page = dossier_page(actor=actor, dossier_id=dossier_id)
    steps = {step.key: step.name for step in catalogue.version(page.version_id).process.steps}
    rows = []
    for entry in page.timeline:
        due = entry.left_step_due_at
        rows.append(
            {
                "at": _shown(entry.at),
                "name": entry.name,
                "actor": " – ".join(part for part in (entry.actor_name, entry.agency_name) if part),
                "step": steps.get(entry.left_step, entry.left_step),
                "step_due": _shown(due) if due else "",
                "punctuality": _WORDS[punctuality(_day(entry.at), _day(due))] if due else "",
                "reason": entry.reason,
            }
        )
    last = page.timeline[-1].at
    return documents.typeset(
        template_name=StatutoryForm.CONTROL_SHEET.template,
        context={
            **_heading(page.receiving, StatutoryForm.CONTROL_SHEET, _day(last)),
            "code": page.code or "",
            "procedure_title": page.procedure_title,
            "procedure_code": page.procedure_code,
            "applicant": page.applicant.full_name,
            "due_at": clock.local(page.due_at) if page.due_at else None,
            "rows": rows,
        },
        code=QrPayload(
            dossier_code=page.code or "",
            procedure_code=page.procedure_code,
            applicant_number=page.applicant.number or "",
            title=FORMS[StatutoryForm.CONTROL_SHEET].title,
            system="Một Cửa",
            issued_at=last,
        ),
    )


def ledger(*, actor: Actor, agency_id: UUID, first_day: date, last_day: date) -> bytes:
    """Form 07 as PDF: every dossier the desk received in these days, in the order of their codes.

    Raises `PermissionRefused` for those who do not read the agency's dossiers. At most `LONGEST_LEDGER` rows.
    """
    authorise(actor, "dossier.read", agency_id)
    agency = directory.agency(agency_id)
    dossiers = (
        Dossier.objects.filter(
            receiving_id=agency_id,
            received_at__gte=datetime.combine(first_day, time.min, tzinfo=clock.LOCAL),
            received_at__lt=datetime.combine(last_day + timedelta(days=1), time.min, tzinfo=clock.LOCAL),
        )
        .prefetch_related("results")
        .order_by("received_at", "code")[:LONGEST_LEDGER]
    )
    rows = []
    for dossier in dossiers:
        results = list(dossier.results.all())
        rows.append(
            {
                "code": dossier.code,
                "procedure": dossier.procedure_title,
                "sets": dossier.sets,
                "applicant": dossier.applicant_name,
                "agency": directory.agency(dossier.competent_id).name,
                "received": _shown(dossier.received_at),
                "due": _shown(dossier.due_at),
                "returned": _shown(dossier.returned_at),
                "receiver": results[-1].handed_over_to if results else "",
                "note": dossier.outcome and {"granted": "", "refused": "Từ chối"}[dossier.outcome],
            }
        )
    return documents.typeset(
        template_name=StatutoryForm.LEDGER.template,
        context={
            **_heading(agency, StatutoryForm.LEDGER, last_day),
            "first_day": first_day,
            "last_day": last_day,
            "rows": rows,
        },
    )


def _heading(agency: directory.AgencyView, form: StatutoryForm, day: date) -> dict[str, Any]:
    return {
        "agency": {"parent": "", "name": agency.name},
        "place": agency.territory_name,
        "date": day,
        "title": FORMS[form].title,
        "form_code": form.value,
    }


def _shown(moment: datetime | None) -> str:
    return f"{clock.local(moment):%H:%M %d/%m/%Y}" if moment else ""


def _day(moment: datetime) -> date:
    return clock.local(moment).date()
