"""Forms 06 and 07: the control sheet of one dossier and the ledger of a desk, typeset when somebody asks for them.

What is printed enters the register of papers, so that the verification page knows it again: the same sheet once, however
often it is asked for.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.documents import services as documents
from motcua.documents.queries import QrPayload
from motcua.dossiers.queries.ledger import ledger_lines
from motcua.dossiers.queries.one import dossier_page
from motcua.dossiers.queries.views import ConsultationView, DossierPage, TimelineEntry
from motcua.dossiers.rules.terms import punctuality
from motcua.dossiers.services.forms import WAYS
from motcua.dossiers.words import Outcome, Punctuality, StatutoryForm, form_set_on, printed_number
from motcua.kernel import clock
from motcua.kernel.authority import Actor

_WORDS = {Punctuality.EARLY: "Trước hạn", Punctuality.ON_TIME: "Đúng hạn", Punctuality.LATE: "Quá hạn"}


def control_sheet(*, actor: Actor, dossier_id: UUID) -> bytes:
    """Form 06 as PDF: one row per hand-over, from whom to whom, its term and whether it was kept; the answers of consulted
    agencies below. Outside a transaction. Raises `OutOfScope`."""
    page = dossier_page(actor=actor, dossier_id=dossier_id)
    steps = {step.key: step.name for step in catalogue.version(page.version_id).process.steps}
    last = page.timeline[-1].at
    content = {
        "code": page.code or "",
        "procedure_title": page.procedure_title,
        "procedure_code": page.procedure_code,
        "applicant": page.applicant.full_name,
        "received": _shown(page.received_at),
        "due": _shown(page.due_at),
        "rows": _hand_overs(page, steps),
        "opinions": [_opinion(one) for one in page.consultations],
    }
    return _printed(
        StatutoryForm.CONTROL_SHEET,
        page.receiving,
        last,
        content,
        dossier_code=page.code or "",
        procedure_code=page.procedure_code,
        applicant_number=page.applicant.number or "",
        symbol=page.code or "",
    )


def ledger(*, actor: Actor, agency_id: UUID, first_day: date, last_day: date) -> bytes:
    """Form 07 as PDF: every dossier the desk received in these days, in the order of its lines. Outside a transaction.

    Raises `PermissionRefused` for those who do not read the agency's dossiers. At most `LONGEST_LEDGER` rows.
    """
    lines = ledger_lines(actor=actor, agency_id=agency_id, first=first_day, last=last_day)
    agency = directory.agency(agency_id)
    refused = {Outcome.REFUSED.value: "Từ chối"}
    content = {
        "first": f"{first_day:%d/%m/%Y}",
        "last": f"{last_day:%d/%m/%Y}",
        "book": str(first_day.year)
        if first_day.year == last_day.year
        else f"{first_day.year}–{last_day.year}",
        "rows": [
            {
                "number": line.number,
                "code": line.code,
                "procedure": line.procedure_title,
                "sets": line.sets,
                "applicant": line.applicant_name,
                "reach": line.reach,
                "agency": line.agency_name,
                "received": _shown(line.received_at),
                "due": _shown(line.due_at),
                "returned": _shown(line.returned_at),
                "way": WAYS.get(line.way, ""),
                "receiver": line.receiver,
                "note": refused.get(line.outcome, ""),
            }
            for line in lines
        ],
    }
    at = datetime.combine(last_day, datetime.min.time(), tzinfo=clock.LOCAL)
    return _printed(StatutoryForm.LEDGER, agency, at, content, symbol=f"{content['first']}–{content['last']}")


def _printed(
    form: StatutoryForm,
    agency: directory.AgencyView,
    at: datetime,
    content: Mapping[str, object],
    *,
    symbol: str,
    dossier_code: str = "",
    procedure_code: str = "",
    applicant_number: str = "",
) -> bytes:
    """Typeset, and known to the register from now on."""
    day = clock.local(at).date()
    facts = form_set_on(day, form).forms[form]
    code = documents.printed_code(form, str(agency.id), at, content)
    pdf = documents.typeset(
        template_name=form.template,
        context={
            **content,
            "agency": {"parent": "", "name": agency.name},
            "place": agency.territory_name,
            "date": day,
            "title": facts.title,
            "form_code": printed_number(form, facts),
        },
        code=QrPayload(
            dossier_code=dossier_code,
            procedure_code=procedure_code,
            applicant_number=applicant_number,
            title=facts.title,
            system="Một Cửa",
            issued_at=at,
            paper=code,
        ),
    )
    documents.record_printed(
        pdf=pdf,
        code=code,
        kind_code=f"form-{form}",
        filename=f"mau-{form}-{symbol}.pdf".replace("/", "-"),
        title=facts.title,
        symbol=symbol,
        issuer=agency.name,
        issued_on=day,
        dossier_code=dossier_code,
    )
    return pdf


def _hand_overs(page: DossierPage, steps: Mapping[str, str]) -> list[dict[str, str]]:
    """Whoever made the next passage is the one to whom the dossier was handed; who was named at an assignment, before."""
    return [
        _row(entry, page.timeline[at + 1] if at + 1 < len(page.timeline) else None, steps)
        for at, entry in enumerate(page.timeline)
    ]


def _row(entry: TimelineEntry, following: TimelineEntry | None, steps: Mapping[str, str]) -> dict[str, str]:
    due = entry.left_step_due_at
    named = str(entry.detail.get("assignee") or "")
    return {
        "at": _shown(entry.at),
        "name": entry.name,
        "giver": _who(entry),
        "receiver": named or (_who(following) if following else ""),
        "step": steps.get(entry.left_step, entry.left_step),
        "step_due": _shown(due),
        "punctuality": _WORDS[punctuality(_day(entry.at), _day(due))] if due else "",
        "reason": entry.reason,
    }


def _opinion(one: ConsultationView) -> dict[str, str]:
    answered = one.answered_at
    late = _WORDS[punctuality(_day(answered), _day(one.due_at))] if answered else ""
    said = {True: "Đồng ý", False: "Không đồng ý", None: ""}[one.is_agreed]
    return {
        "agency": one.agency_name,
        "question": one.question,
        "asked": _shown(one.asked_at),
        "due": _shown(one.due_at),
        "answered": _shown(answered),
        "punctuality": late,
        "answer": ": ".join(part for part in (said, one.answer) if part),
        "by": one.answered_by_name,
    }


def _who(entry: TimelineEntry) -> str:
    return " – ".join(part for part in (entry.actor_name, entry.agency_name) if part)


def _shown(moment: datetime | None) -> str:
    return f"{clock.local(moment):%H:%M %d/%m/%Y}" if moment else ""


def _day(moment: datetime) -> date:
    return clock.local(moment).date()
