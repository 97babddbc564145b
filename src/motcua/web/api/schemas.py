"""Shapes of what goes in and out. Moments are ISO 8601 with zone; money is whole đồng."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AfterValidator, BaseModel, ConfigDict

from motcua.dossiers.words import MOVES, MoveKey
from motcua.kernel.values import read_partial_date

Text = Annotated[str, Field(max_length=4000)]
Short = Annotated[str, Field(max_length=200)]
Count = Annotated[int, Field(ge=0, le=999)]


#: Moves that are no act of their own here, and why.
NO_ACT: Mapping[MoveKey, str] = {
    MoveKey.SUBMIT: "begins a dossier: POST /dossiers",
    MoveKey.REGISTER: "begins a dossier: POST /dossiers by whoever receives",
    MoveKey.ASK_COMPLETION: "`ask_supplement` of a dossier that is not received yet",
    MoveKey.COMPLETE: "`supply` of a dossier that is not received yet",
    MoveKey.ACKNOWLEDGE: "part of a reorganisation, done by people who have the papers before them",
    MoveKey.TRANSFER: "done to many dossiers at once by a reorganisation",
    MoveKey.REPROJECT: "done to many dossiers at once by a changed calendar",
    MoveKey.FOLLOW_CORRECTION: "follows by itself when the directory corrects a person",
    MoveKey.CHANGE_VERSION: "an administrator's decision on a legal ground",
}
#: The acts a program may name, in the order of the law.
ACTS = tuple(key for key in MOVES if key not in NO_ACT)


class Out(BaseModel):
    """What goes out: read straight from the attributes of our own values, which hold no lazy relations to resolve."""

    model_config = ConfigDict(from_attributes=True)


class In(BaseModel):
    """What comes in by a body: read straight from JSON, without Ninja's look-ups for values that are Django's.

    A name nobody knows is refused: whoever misspells `seen` would act without the guard they meant to have.
    """

    model_config = ConfigDict(extra="forbid")


class PaperIn(In):
    """One line of the checklist."""

    component_key: Short
    originals: Count = 0
    copies: Count = 0
    photocopies: Count = 0
    electronic: Count = 0
    is_presented: bool = False
    exemption: Text = ""
    file_id: UUID | None = None
    paper_id: UUID | None = None


def _read_born(text: str) -> str:
    return str(read_partial_date(text))


class PrincipalIn(In):
    """Somebody for whom the caller applies, as on their identity card; `mandate` then needs `kind` and `ground`."""

    full_name: Short
    personal_number: Short
    birth_on: Annotated[
        str,
        Field(max_length=20, description="2026-11-30; 1956-03 or 1956 where the card says no more"),
        AfterValidator(_read_born),
    ]


class ApplicationIn(In):
    """An application. `request_key` makes a retry harmless: the same key gives the same dossier.

    The applicant is one of the parties the caller acts for (`applicant_id`), or somebody else by name (`principal`) with
    a `mandate` of kind `relative` or `authorised`.
    """

    procedure_code: Short
    receiving: Annotated[str, Field(max_length=60, description="Code or id of the receiving agency")]
    applicant_id: UUID | None = None
    principal: PrincipalIn | None = None
    submitter_id: UUID | None = None
    request_key: Annotated[str, Field(min_length=8, max_length=100)]
    channel: Literal["counter", "online", "postal"] = "online"
    case_key: Short | None = None
    form_digest: Short = ""
    form_data: dict[str, Any] = {}
    papers: Annotated[list[PaperIn], Field(max_length=200)] = []
    mandate: dict[str, Any] = {}
    contact: dict[str, Any] = {}
    return_way: Literal["counter", "online", "postal", "post"] = "counter"
    sets: Annotated[int, Field(ge=1, le=99)] = 1


class MovedOut(Out):
    """Where a dossier stands after an act; `is_repeat`: the same request had come before."""

    dossier_id: UUID
    code: str | None
    state: str
    national_status: int
    revision: int
    due_at: datetime | None
    is_repeat: bool


class MoveIn(In):
    """An act on a dossier. `seen` is the revision the caller decided on; which other fields count depends on `move`."""

    move: Annotated[Short, Field(json_schema_extra={"enum": [key.value for key in ACTS]})]
    seen: Annotated[int, Field(ge=0, le=2**31)] | None = None
    reason: Text = ""
    items: Annotated[list[Text], Field(max_length=50)] = []
    papers: Annotated[list[PaperIn], Field(max_length=200)] = []
    form_data: dict[str, Any] | None = None
    assignee_id: UUID | None = None
    agency: Annotated[str, Field(max_length=60)] = ""
    working_days: Annotated[Decimal, Field(gt=0, le=60)] = Decimal(2)
    consultation_id: UUID | None = None
    is_agreed: bool | None = None
    outcome: Literal["granted", "refused"] = "granted"
    content: dict[str, Any] | None = None
    draft_file_id: UUID | None = None
    new_due_at: datetime | None = None
    supply_by: date | None = None
    ground: Text = ""
    received_by: Short = ""
    proof: Text = ""
    pin: Annotated[str, Field(max_length=64)] = ""


class RowOut(Out):
    """One line of a list."""

    id: UUID
    code: str | None
    procedure_code: str
    procedure_title: str
    applicant_name: str
    channel: str
    state: str
    national_status: int
    is_paused: bool
    submitted_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    step_name: str
    assignee_name: str
    revision: int
    urgency: str


class PageOut(Out):
    """A page; `after` is the cursor of the next one, null at the end."""

    rows: list[RowOut]
    after: str | None


class PaperOut(Out):
    component_key: str
    name: str
    originals: int
    copies: int
    electronic: int
    is_presented: bool
    exemption: str
    file_id: UUID | None
    paper_id: UUID | None
    digitization: int
    declared: dict[str, Any] | None


class PassageOut(Out):
    seq: int
    move: str
    name: str
    at: datetime
    actor_name: str
    reason: str
    from_state: str
    to_state: str
    national_after: int
    due_before: datetime | None
    due_after: datetime | None
    form_code: str


class ResultOut(Out):
    id: UUID
    title: str
    outcome: str
    symbol: str
    signed_at: datetime | None
    signed_by_name: str
    sealed_at: datetime | None
    issued_at: datetime | None
    handed_over_at: datetime | None
    sealed_file_id: UUID | None
    replaces_id: UUID | None
    replaced_by_id: UUID | None


class MoveOut(Out):
    """An act open to the caller now."""

    key: str
    name: str
    needs_reason: bool
    form_code: str


class DossierOut(Out):
    """One dossier, with its timeline and what the caller may do with it now."""

    id: UUID
    code: str | None
    procedure_code: str
    procedure_title: str
    case_key: str
    channel: str
    state: str
    state_name: str
    national_status: int
    is_open: bool
    is_paused: bool
    outcome: str
    applicant_name: str
    receiving: str
    competent: str
    returning: str
    form_data: dict[str, Any]
    submitted_at: datetime
    received_at: datetime | None
    promised_due_at: datetime | None
    extended_due_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    returned_at: datetime | None
    step_name: str
    step_due_at: datetime | None
    assignee_name: str
    revision: int
    papers: list[PaperOut]
    timeline: list[PassageOut]
    results: list[ResultOut]
    moves: list[MoveOut]


class LineOut(Out):
    """A line of a reckoning; `minutes` of office time it added or took."""

    kind: str
    from_at: datetime | None
    to_at: datetime | None
    minutes: float
    name: str
    source: str


class ReckoningOut(Out):
    due_at: datetime
    start_at: datetime
    counted_from: datetime
    is_paused: bool
    words: list[str]
    lines: list[LineOut]


class StatusOut(Out):
    """What anybody may learn from a code: the status and nothing else."""

    code: str
    procedure_title: str
    state_name: str
    national_status: int
    received_at: datetime | None
    due_at: datetime | None
    is_ended: bool


class ProcedureOut(Out):
    code: str
    title: str
    field_name: str
    level: str


class UploadIn(In):
    filename: Short
    size: Annotated[int, Field(gt=0)]
    sha256: Annotated[str, Field(max_length=64)] = ""


class FileOut(Out):
    id: UUID
    sha256: str
    size: int
    media_type: str
    filename: str


class UploadOut(Out):
    """`offset` is where the next piece begins."""

    id: UUID
    offset: int
    size: int
    file: FileOut | None = None


class Problem(Schema):
    """A refusal (RFC 9457) with a stable machine code."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    advice: str = ""
    ground: str = ""
    occurrence: str = ""
    faults: list[dict[str, str]] = []


class FilterIn(Schema):
    """Filters of a list; all optional."""

    box: Literal["work", "mine", "reception", "return", "consulted", "all"] = "work"
    q: Short = ""
    urgency: Literal["overdue", "today", "soon", "later", "waiting"] | None = None
    procedure: Short = ""
    channel: Literal["", "counter", "online", "postal"] = ""
    received_from: date | None = None
    received_to: date | None = None
    after: Annotated[str, Field(max_length=120)] | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20
