"""The rows of a life but for its passages: what differs from the models' defaults. Private to `lives`.

Moments stand as the canonical text of the chain.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import ResultTemplate
from motcua.dossiers.rules.chain import GENESIS
from motcua.dossiers.words import MoveKey, Outcome
from motcua.kernel import clock
from motcua.provisioning.bulk.legs import Leg
from motcua.provisioning.bulk.life import Life, LifePaper, Who
from motcua.provisioning.results import filled_in

Row = dict[str, object]


@dataclass(slots=True)
class Standing:
    """The dossier's row while its life is walked; moments as the canonical text of the chain."""

    code: str | None = None
    ledger_number: int | None = None
    received_at: datetime | None = None
    promised: str | None = None
    due_at: datetime | None = None
    due: str | None = None
    ended: str | None = None
    returned: str | None = None
    outcome: str = ""
    step_key: str = ""
    step_name: str = ""
    step_at: str | None = None
    step_due_at: datetime | None = None
    pauses: list[list[Any]] = field(default_factory=list)
    head: str = GENESIS
    moments: dict[MoveKey, str] = field(default_factory=dict)


def moment(at: datetime) -> str:
    """As the chain's canonical text has it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def moment_or_none(at: datetime | None) -> str | None:
    return None if at is None else moment(at)


def when(life: Life, key: MoveKey) -> datetime:
    """When a move was made."""
    return next(move.at for move in life.moves if move.key == key)


def pause_row(row_id: str, key: str, pause: list[Any]) -> Row:
    """A line of the ledger of pauses."""
    began, ended, ground, form = pause
    return {
        "id": row_id,
        "dossier_id": key,
        "began_at": moment(began),
        "ended_at": moment_or_none(ended),
        "ground": ground,
        "form_code": form,
    }


def paper_row(row_id: str, key: str, life: Life, paper: LifePaper) -> Row:
    """A line of the checklist."""
    component = life.version.cases[0].components[paper.order]
    seen = life.moves[paper.seen_with]
    return {
        "id": row_id,
        "dossier_id": key,
        "component_key": component.key,
        "name": component.name,
        "kind_code": component.kind_code,
        "originals": paper.originals,
        "electronic": paper.electronic,
        "exemption": paper.exemption,
        "declared": None if paper.declared is None else dict(paper.declared),
        "paper_id": paper.paper_id,
        "file_id": paper.file_id,
        "must_digitize": bool(component.must_digitize),
        "digitization": int(paper.digitization),
        "added_at": moment(seen.at),
        "added_by_id": seen.by.account_id,
        "order": paper.order,
    }


def result_row(row_id: str, key: str, life: Life, row: Standing) -> Row:
    """The result as far as it came: drafted, signed, stamped, issued, handed over."""
    at, number = row.moments, life.result_number if MoveKey.SIGN in row.moments else None
    kind = life.version.results[0] if life.version.results else None
    is_refused = row.outcome == Outcome.REFUSED
    signer = next((move.by for move in life.moves if move.key is MoveKey.SIGN), Who(None, ""))
    is_stamped = MoveKey.NUMBER_AND_SEAL in at
    proposed_on = _day(at[MoveKey.SUBMIT_TO_LEADER])
    template = _template(kind.code if kind else "", proposed_on, is_refused=is_refused)
    handed_over = next((move for move in life.moves if move.key is MoveKey.HAND_OVER), None)
    return {
        "id": row_id,
        "dossier_id": key,
        "type_code": kind.code if kind else "",
        "title": kind.name if kind and template.key == catalogue.GENERIC else template.title,
        "template": template.name,
        "content": filled_in(template, {}, proposed_on),
        "outcome": row.outcome or Outcome.GRANTED.value,
        "number": number,
        "symbol": "" if number is None else template.number_of(str(number), _day(at[MoveKey.SIGN]).year),
        "numbered_at": None if number is None else at[MoveKey.SIGN],
        "book_agency_id": None if number is None else str(life.competent.id),
        "signed_file_id": life.scan_file_id if is_stamped else None,
        "sealed_file_id": life.sealed_file_id if is_stamped else None,
        "drafted_at": at[MoveKey.SUBMIT_TO_LEADER],
        "signed_at": at.get(MoveKey.SIGN),
        "signed_by_id": signer.account_id,
        "signed_by_name": signer.name,
        "sealed_at": at.get(MoveKey.NUMBER_AND_SEAL),
        "issued_at": at.get(MoveKey.ISSUE),
        "handed_over_at": at.get(MoveKey.HAND_OVER),
        "handed_over_to": str(handed_over.detail.get("received_by", "")) if handed_over else "",
    }


def _template(type_code: str, on: date, *, is_refused: bool) -> ResultTemplate:
    if is_refused:
        return catalogue.template_in_force(catalogue.REFUSAL, on)
    return catalogue.result_template(type_code, on)


def _day(moment_text: str) -> date:
    return clock.local(datetime.fromisoformat(moment_text)).date()


def dossier_row(key: str, life: Life, row: Standing, last: Leg, search_text: str) -> Row:
    """The dossier as it stands after its last move."""
    version, first, form = life.version, life.moves[0], life.version.form
    receiving, applicant = str(life.receiving.id), str(life.applicant_id)
    assignee = life.assignee if life.assignee and MoveKey.ASSIGN in row.moments else Who(None, "")
    return {
        "id": key,
        "code": row.code,
        "ledger_number": row.ledger_number,
        "opened_by_id": first.by.account_id,
        "version_id": version.id,
        "procedure_code": version.code,
        "procedure_title": version.title,
        "case_key": version.cases[0].key,
        "channel": life.channel.value,
        "receiving_id": receiving,
        "competent_id": life.competent.id,
        "returning_id": receiving,
        "applicant_id": applicant,
        "submitter_id": applicant,
        "applicant_name": life.applicant_name,
        "form_key": form.key if form else "",
        "form_digest": form.digest if form else "",
        "form_data": dict(life.form_data),
        "search_text": search_text,
        "state": last.after,
        "national_status": last.national_after,
        "is_open": last.is_open,
        "is_paused": last.is_paused,
        "outcome": row.outcome,
        "submitted_at": moment(first.at),
        "received_at": moment_or_none(row.received_at),
        "promised_due_at": row.promised,
        "due_at": row.due,
        "ended_at": row.ended,
        "returned_at": row.returned,
        "changed_at": moment(life.moves[-1].at),
        "step_key": row.step_key,
        "step_name": row.step_name,
        "step_entered_at": row.step_at,
        "step_due_at": moment_or_none(row.step_due_at),
        "assignee_id": assignee.account_id,
        "assignee_name": assignee.name,
        "supplements_asked": len(row.pauses),
        "pauses": len(row.pauses),
        "revision": len(life.moves),
        "head_digest": row.head,
    }
