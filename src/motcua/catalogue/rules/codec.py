"""The frozen JSON of a version: what is stored at publication, digested, and read back into `VersionSnapshot`.

The JSON holds what the version *says*; identity, number and effective dates are columns of its row.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from motcua.catalogue.rules.types import (
    Case,
    Component,
    FeeRow,
    Form,
    LegalBasis,
    LimitRow,
    PartialReason,
    ProcessGraph,
    Relief,
    ResultKind,
    Step,
    VersionSnapshot,
)
from motcua.catalogue.words import (
    Channel,
    CompetentLevel,
    DigitizationClass,
    FeeKind,
    OnlineLevel,
    PartialGround,
    StepKind,
)
from motcua.kernel.calendar import Limit, LimitUnit
from motcua.kernel.deadline import Policy

# Raised when the shape of the JSON changes; readers keep reading every shape ever published.
SHAPE = 1


@dataclass(frozen=True, slots=True)
class VersionContent:
    """Everything a version says, without its identity and dates: what a draft is made of."""

    code: str
    title: str
    field_code: str
    field_name: str
    cases: tuple[Case, ...]
    process: ProcessGraph
    title_en: str = ""
    field_name_en: str = ""
    summary: str = ""
    summary_en: str = ""
    level: OnlineLevel = OnlineLevel.INFORMATION
    agency_level: CompetentLevel = CompetentLevel.COMMUNE
    #: Other levels that are competent, too: a procedure may be one of the commune and of the province.
    further_levels: tuple[CompetentLevel, ...] = ()
    audience: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    has_written_result: bool = True
    results: tuple[ResultKind, ...] = ()
    form: Form | None = None
    cutoff: time | None = None
    supplement_policy: Policy = Policy.RESTART
    supplements_allowed: int = 1
    is_same_day: bool = False
    releases_unpaid: bool = False
    partial_reason: PartialReason | None = None
    legal_bases: tuple[LegalBasis, ...] = ()
    conditions: str = ""
    sequence: str = ""
    origin: str = "local"


def limits_of(cases: tuple[Case, ...]) -> tuple[Limit, ...]:
    return tuple(row.limit for case in cases for row in case.limits)


def to_json(content: VersionContent) -> dict[str, Any]:
    """The JSON values of a content; `from_json` gives the same content back."""
    return {
        "shape": SHAPE,
        "code": content.code,
        "title": content.title,
        "title_en": content.title_en,
        "field": {"code": content.field_code, "name": content.field_name, "name_en": content.field_name_en},
        "summary": content.summary,
        "summary_en": content.summary_en,
        "level": content.level.value,
        "agency_level": content.agency_level.value,
        **(
            {"further_levels": [level.value for level in content.further_levels]}
            if content.further_levels
            else {}
        ),
        "audience": list(content.audience),
        "agencies": list(content.agencies),
        "has_written_result": content.has_written_result,
        "results": [_plain(r, "code", "name", "kind_code", "name_en") for r in content.results],
        "cases": [_case_out(case) for case in content.cases],
        "form": None if content.form is None else _plain(content.form, "key", "schema", "ui", "digest"),
        "process": process_out(content.process),
        "cutoff": content.cutoff.isoformat("minutes") if content.cutoff else None,
        "supplement_policy": content.supplement_policy.value,
        "supplements_allowed": content.supplements_allowed,
        "is_same_day": content.is_same_day,
        **({"releases_unpaid": True} if content.releases_unpaid else {}),
        **({"partial_reason": reason_out(content.partial_reason)} if content.partial_reason else {}),
        "legal_bases": [_plain(basis, "number", "title") for basis in content.legal_bases],
        "conditions": content.conditions,
        "sequence": content.sequence,
        "origin": content.origin,
    }


def from_json(value: Mapping[str, Any]) -> VersionContent:
    """Reads a stored content; KeyError or ValueError when it is none."""
    return content_of(
        value,
        results=tuple(ResultKind(**result) for result in value.get("results", ())),
        cases=tuple(_case_in(case) for case in value["cases"]),
        form=None if value.get("form") is None else Form(**value["form"]),
        process=process_in(value["process"]),
        origin=value.get("origin", "local"),
    )


def content_of(
    value: Mapping[str, Any],
    *,
    results: tuple[ResultKind, ...],
    cases: tuple[Case, ...],
    form: Form | None,
    process: ProcessGraph,
    origin: str,
) -> VersionContent:
    """What stored contents and packs write alike, with the parts that each writes in its own way."""
    return VersionContent(
        code=value["code"],
        title=value["title"],
        title_en=value.get("title_en", ""),
        field_code=value["field"]["code"],
        field_name=value["field"]["name"],
        field_name_en=value["field"].get("name_en", ""),
        summary=value.get("summary", ""),
        summary_en=value.get("summary_en", ""),
        level=OnlineLevel(value["level"]),
        agency_level=CompetentLevel(value["agency_level"]),
        further_levels=tuple(CompetentLevel(level) for level in value.get("further_levels", ())),
        audience=tuple(value["audience"]),
        agencies=tuple(value.get("agencies", ())),
        has_written_result=value.get("has_written_result", True),
        results=results,
        cases=cases,
        form=form,
        process=process,
        cutoff=time.fromisoformat(value["cutoff"]) if value.get("cutoff") else None,
        supplement_policy=Policy(value.get("supplement_policy", Policy.RESTART.value)),
        supplements_allowed=value.get("supplements_allowed", 1),
        is_same_day=value.get("is_same_day", False),
        releases_unpaid=value.get("releases_unpaid", False),
        partial_reason=reason_in(value.get("partial_reason")),
        legal_bases=tuple(LegalBasis(**basis) for basis in value.get("legal_bases", ())),
        conditions=value.get("conditions", ""),
        sequence=value.get("sequence", ""),
        origin=origin,
    )


def reason_out(reason: PartialReason | None) -> dict[str, str] | None:
    """Why a service is offered only in part, as JSON values."""
    return None if reason is None else {"ground": reason.ground.value, **_plain(reason, "text", "text_en")}


def reason_in(value: Mapping[str, Any] | None) -> PartialReason | None:
    """Why a service is offered only in part; ValueError for a ground that the law does not know."""
    if value is None:
        return None
    return PartialReason(PartialGround(value["ground"]), value["text"], value.get("text_en", ""))


def digest_of(value: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical text of JSON values (sorted keys, no blanks, UTF-8)."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def form_digest(schema: Mapping[str, Any], ui: Mapping[str, Any]) -> str:
    return digest_of({"schema": schema, "ui": ui})


def snapshot(
    content: VersionContent,
    *,
    version_id: UUID,
    procedure_id: UUID,
    number: int,
    effective_from: date,
    effective_to: date | None,
    decision: str,
    digest: str,
) -> VersionSnapshot:
    return VersionSnapshot(
        id=version_id,
        procedure_id=procedure_id,
        number=number,
        effective_from=effective_from,
        effective_to=effective_to,
        decision=decision,
        digest=digest,
        **{name: getattr(content, name) for name in _SHARED},
    )


_SHARED = tuple(
    name for name in VersionContent.__dataclass_fields__ if name in VersionSnapshot.__dataclass_fields__
)


def process_out(graph: ProcessGraph) -> dict[str, object]:
    return {"start": graph.start, "steps": [_step_out(step) for step in graph.steps]}


def process_in(value: Mapping[str, Any]) -> ProcessGraph:
    return ProcessGraph(value["start"], tuple(_step_in(step) for step in value["steps"]))


def _plain(thing: object, *names: str) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}


def _case_out(case: Case) -> dict[str, object]:
    return {
        **_plain(case, "key", "name", "name_en"),
        "components": [
            {
                **_plain(
                    c, "key", "name", "name_en", "kind_code", "originals", "copies", "electronic", "is_required",
                    "condition", "form_file", "is_shown_only",
                ),
                "must_digitize": c.must_digitize.value if c.must_digitize else None,
            }
            for c in case.components
        ],
        "limits": [
            {"channel": r.channel.value, "amount": str(r.limit.amount), "unit": r.limit.unit.value, "note": r.note}
            for r in case.limits
        ],
        "fees": [
            _fee_out(r) for r in case.fees
        ],
    }  # fmt: skip


def _case_in(value: Mapping[str, Any]) -> Case:
    return Case(
        key=value["key"],
        name=value["name"],
        name_en=value.get("name_en", ""),
        components=tuple(
            Component(
                **{
                    **component,
                    "must_digitize": DigitizationClass(component["must_digitize"])
                    if component.get("must_digitize")
                    else None,
                }
            )
            for component in value.get("components", ())
        ),
        limits=tuple(
            LimitRow(
                Channel(r["channel"]), Limit(Decimal(r["amount"]), LimitUnit(r["unit"])), r.get("note", "")
            )
            for r in value.get("limits", ())
        ),
        fees=tuple(fee_in(r, Channel(r["channel"])) for r in value.get("fees", ())),
    )


def _fee_out(row: FeeRow) -> dict[str, object]:
    """What a version published before does not say is left out, so that its digest stays what it was."""
    value = {
        **_plain(row, "code", "name", "amount", "note"),
        "channel": row.channel.value,
        "kind": row.kind.value,
        "exemptions": list(row.exemptions),
    }
    if row.name_en:
        value["name_en"] = row.name_en
    if row.rule is not None:
        value["rule"] = dict(row.rule)
    if row.reliefs:
        value["reliefs"] = reliefs_out(row.reliefs)
    return value


def fee_in(value: Mapping[str, Any], channel: Channel) -> FeeRow:
    """A fee as packs and snapshots write it. Raises ValueError where the amount is no whole number."""
    amount = value.get("amount")
    if amount is not None and not isinstance(amount, int):
        raise ValueError(f"fee {value['code']} is not a whole number of đồng")
    return FeeRow(
        channel,
        value["code"],
        value["name"],
        FeeKind(value["kind"]),
        amount,
        tuple(value.get("exemptions", ())),
        value.get("note", ""),
        value.get("name_en", ""),
        value.get("rule"),
        reliefs_in(value.get("reliefs", ())),
    )


def reliefs_out(reliefs: Iterable[Relief]) -> list[dict[str, object]]:
    return [
        {
            **_plain(one, "ground", "percent", "level", "basis"),
            "start": one.start.isoformat() if one.start else None,
            "end": one.end.isoformat() if one.end else None,
        }
        for one in reliefs
    ]


def reliefs_in(values: Iterable[Mapping[str, Any]]) -> tuple[Relief, ...]:
    return tuple(
        Relief(
            one["ground"],
            one.get("percent", 100),
            one.get("level", ""),
            one.get("basis", ""),
            date.fromisoformat(one["start"]) if one.get("start") else None,
            date.fromisoformat(one["end"]) if one.get("end") else None,
        )
        for one in values
    )


def _step_out(step: Step) -> dict[str, object]:
    return {
        **_plain(step, "key", "name", "name_en", "role", "agency_hint"),
        "kind": step.kind.value,
        "days": str(step.days),
        "next": list(step.next),
    }


def _step_in(value: Mapping[str, Any]) -> Step:
    return Step(
        key=value["key"],
        name=value["name"],
        name_en=value.get("name_en", ""),
        kind=StepKind(value["kind"]),
        role=value["role"],
        days=Decimal(value["days"]),
        next=tuple(value.get("next", ())),
        agency_hint=value.get("agency_hint", ""),
    )
