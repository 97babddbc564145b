"""One complete request for what is missing, and the answer to it (form 02)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers.queries.checklist import checklist_of
from motcua.dossiers.rules.answers import Answer
from motcua.dossiers.rules.given import check_data
from motcua.dossiers.rules.terms import check_supplement, check_supply_day
from motcua.dossiers.services.admitting import check_form, read_form
from motcua.dossiers.services.charges import RECKONED_BY_FORM, follow_form
from motcua.dossiers.services.checklist_rows import paper_rows
from motcua.dossiers.services.declared import PaperGiven, as_said, confirm_declared
from motcua.dossiers.services.move import Act, Moved, lock_dossier, make_move
from motcua.dossiers.services.requester import with_requester
from motcua.dossiers.words import BEFORE_RECEIPT, MoveKey
from motcua.kernel import clock
from motcua.kernel.authority import Actor


@transaction.atomic
def ask_supplement(
    *,
    actor: Actor,
    dossier_id: UUID,
    reason: str,
    items: Sequence[str] = (),
    supply_by: date | None = None,
    seen: int | None = None,
) -> Moved:
    """Ask for everything missing at once. Before receipt the clock has not started; after, it stands still.

    `supply_by` is the last day to supply it; left out, `MOTCUA_SUPPLEMENT_DAYS` from today, on an office day.
    Refuses: `ReasonMissing`, `SupplementExhausted` (as many requests as the version allows; one by default),
    `SupplyDayWrong`.
    """
    dossier = lock_dossier(actor, dossier_id, seen)
    allowed = catalogue.version(dossier.version_id).supplements_allowed
    check_supplement(asked=dossier.supplements_asked, allowed=allowed)
    dossier.supplements_asked += 1
    key = MoveKey.ASK_COMPLETION if dossier.state in BEFORE_RECEIPT else MoveKey.ASK_SUPPLEMENT
    day = supply_day(dossier.receiving_id, supply_by)
    detail = {"items": list(items), "supply_by": day.isoformat()}
    act = Act(reason=reason, detail=detail, form_content=detail)
    return make_move(actor, dossier, key, act)


def supply_day(agency_id: UUID, wanted: date | None, *, asked_on: date | None = None) -> date:
    """The last day to supply what is asked for on `asked_on` (today when not given). Refuses: `SupplyDayWrong`."""
    today = asked_on or clock.today()
    if wanted is None:
        calendar = directory.calendar_of(agency_id)
        return calendar.first_office_day(today + timedelta(days=settings.MOTCUA_SUPPLEMENT_DAYS))
    check_supply_day(wanted, today)
    return wanted


@transaction.atomic
def give_supplement(
    *,
    actor: Actor,
    dossier_id: UUID,
    papers: Sequence[PaperGiven] = (),
    form_data: Mapping[str, object] | None = None,
    note: str = "",
    answers: Sequence[Answer] = (),
    seen: int | None = None,
) -> Moved:
    """The applicant (or the desk for them) completes the dossier; the clock goes on by the version's policy.

    `answers` tie what is given to what was asked; the agency reads them with the note.
    """
    dossier = lock_dossier(actor, dossier_id, seen)
    version = catalogue.version(dossier.version_id)
    case = version.case(dossier.case_key)
    rows = given = paper_rows(actor, dossier, case, as_said(actor, papers))
    if actor.is_officer:
        rows = confirm_declared(dossier, checklist_of(case, dossier.mandate), given, is_receipt=False)
    if form_data is not None:
        check_data(form_data)
        applicant = directory.party(dossier.applicant_id)
        form_data = with_requester(actor, version, form_data, applicant, dossier.mandate.get("person"))
        check_form(version, "", form_data)
        dossier.form_data = read_form(version, form_data)
        follow_form(actor, dossier, RECKONED_BY_FORM)
    key = MoveKey.COMPLETE if dossier.state in BEFORE_RECEIPT else MoveKey.SUPPLY
    detail: dict[str, Any] = {"papers": [row.name for row in given], "form_changed": form_data is not None}
    if answers:
        detail["answers"] = [
            {"item": answer.item, "note": answer.note, "files": list(answer.files)} for answer in answers
        ]
    said = "\n".join([*(answer.said for answer in answers if not answer.is_open), *([note] if note else [])])
    return make_move(actor, dossier, key, Act(reason=said, detail=detail, papers=rows))
