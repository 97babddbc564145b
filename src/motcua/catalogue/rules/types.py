"""The value types of the catalogue: what a published procedure version is, frozen and pinned by every dossier.

Durations of steps are working days in `Decimal`; money is đồng in `int`; `None` amount means "stated elsewhere or
by the province", never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from motcua.catalogue.words import (
    Channel,
    CompetentLevel,
    DigitizationClass,
    FeeKind,
    OnlineLevel,
    PartialGround,
    StepKind,
)
from motcua.kernel.calendar import Limit
from motcua.kernel.deadline import Policy


@dataclass(frozen=True, slots=True)
class Step:
    """One node of the process: `role` is a role name of the directory, `days` working days (0 = no own limit)."""

    key: str
    name: str
    kind: StepKind
    role: str
    days: Decimal
    next: tuple[str, ...] = ()
    name_en: str = ""
    agency_hint: str = ""


@dataclass(frozen=True, slots=True)
class ProcessGraph:
    start: str
    steps: tuple[Step, ...]

    def step(self, key: str) -> Step:
        """The step of that key; KeyError when the graph has none (a published graph never points to one)."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def first(self) -> Step:
        return self.step(self.start)

    def after(self, key: str) -> tuple[Step, ...]:
        """The steps that may follow `key`, in the order declared."""
        return tuple(self.step(name) for name in self.step(key).next)


@dataclass(frozen=True, slots=True)
class Component:
    """A paper of the dossier; with `originals` and `copies` 0 it is shown or supplied electronically."""

    key: str
    name: str
    kind_code: str = ""
    originals: int = 0
    copies: int = 0
    electronic: int = 0
    is_required: bool = True
    must_digitize: DigitizationClass | None = None
    condition: str = ""
    name_en: str = ""
    form_file: str = ""
    is_shown_only: bool = False


@dataclass(frozen=True, slots=True)
class LimitRow:
    channel: Channel
    limit: Limit
    note: str = ""


@dataclass(frozen=True, slots=True)
class Relief:
    """Less to pay on a `ground`, or by a benefit `level` of the person's identity; `start`, `end` where its text says."""

    ground: str
    percent: int = 100
    level: str = ""
    basis: str = ""
    start: date | None = None
    end: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class FeeRow:
    """`amount` đồng; 0 free; None when the source states none, or `rule` (rules.fees) reckons it. `exemptions` waive it whole.

    `note` is the source's own text, which is shown where nothing is known.
    """

    channel: Channel
    code: str
    name: str
    kind: FeeKind
    amount: int | None
    exemptions: tuple[str, ...] = ()
    note: str = ""
    name_en: str = ""
    rule: Mapping[str, Any] | None = None
    reliefs: tuple[Relief, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A case of the procedure (trường hợp): its papers, and its limits and fees by channel."""

    key: str
    name: str
    components: tuple[Component, ...] = ()
    limits: tuple[LimitRow, ...] = ()
    fees: tuple[FeeRow, ...] = ()
    name_en: str = ""

    def limit_for(self, channel: Channel) -> Limit | None:
        """The limit of the channel; where only other channels state one, the counter's, then the first."""
        for wanted in (channel, Channel.COUNTER):
            for row in self.limits:
                if row.channel == wanted:
                    return row.limit
        return self.limits[0].limit if self.limits else None

    def fees_for(self, channel: Channel) -> tuple[FeeRow, ...]:
        return tuple(row for row in self.fees if row.channel == channel)


@dataclass(frozen=True, slots=True)
class ResultKind:
    """A paper the procedure ends in; `kind_code` is the paper kind under which it is kept and reused."""

    code: str
    name: str
    kind_code: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class LegalBasis:
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class PartialReason:
    """Why a service is offered only in part, and the rule of its sector that says so, in words for people."""

    ground: PartialGround
    text: str
    text_en: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """An e-form: JSON Schema 2020-12 and the small UI schema; `digest` names this exact form."""

    key: str
    schema: dict[str, Any]
    ui: dict[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class FormFault:
    """`path` is a JSON pointer into the data (`/child/birth_on`); `message` is for people, Vietnamese source text."""

    path: str
    message: str
    kind: str = ""
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VersionSnapshot:
    """A published version, complete: everything a dossier needs to know about its procedure."""

    id: UUID
    procedure_id: UUID
    code: str
    title: str
    title_en: str
    field_code: str
    field_name: str
    number: int
    effective_from: date
    effective_to: date | None
    decision: str
    level: OnlineLevel
    agency_level: CompetentLevel
    audience: tuple[str, ...]
    summary: str
    summary_en: str
    has_written_result: bool
    results: tuple[ResultKind, ...]
    cases: tuple[Case, ...]
    form: Form | None
    process: ProcessGraph
    cutoff: time | None
    supplement_policy: Policy
    supplements_allowed: int
    is_same_day: bool
    legal_bases: tuple[LegalBasis, ...]
    conditions: str = ""
    sequence: str = ""
    agencies: tuple[str, ...] = ()
    origin: str = "local"
    digest: str = ""
    field_name_en: str = ""
    #: Why it is offered online only in part (Decree 224/2026 art 14).
    partial_reason: PartialReason | None = None
    #: Whether a result is given out while a fee is open; otherwise it is signed and held back (the usual policy).
    releases_unpaid: bool = False
    #: Other levels that are competent, too, the one nearest to people first.
    further_levels: tuple[CompetentLevel, ...] = ()

    @property
    def agency_levels(self) -> tuple[CompetentLevel, ...]:
        """Every level whose agencies are competent, the one nearest to people first."""
        return (self.agency_level, *self.further_levels)

    def case(self, key: str | None = None) -> Case:
        """The case of that key, or the first one; KeyError when there is none of that key."""
        if key is None:
            return self.cases[0]
        for case in self.cases:
            if case.key == key:
                return case
        raise KeyError(key)
