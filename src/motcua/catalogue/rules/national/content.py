"""From a procedure as the national database states it to the content of a version."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from motcua.catalogue.rules.codec import VersionContent, limits_of
from motcua.catalogue.rules.forms.generic import REASON, generic_form
from motcua.catalogue.rules.national.cases import CaseLine, tidy_cases
from motcua.catalogue.rules.national.channels import ChannelEntry
from motcua.catalogue.rules.national.record import NationalProcedure
from motcua.catalogue.rules.process import shortest, standard_process
from motcua.catalogue.rules.types import Case, Component, FeeRow, LegalBasis, LimitRow, ResultKind
from motcua.catalogue.words import CompetentLevel, FeeKind, OnlineLevel
from motcua.kernel.deadline import Policy
from motcua.kernel.text import fold

# The level nearest to people is competent where several are named; ministries keep theirs.
_NEAREST = (
    CompetentLevel.COMMUNE,
    CompetentLevel.DISTRICT,
    CompetentLevel.PROVINCE,
    CompetentLevel.MINISTRY,
    CompetentLevel.OTHER,
)


#: Whose procedures this system takes in.
_OF_PROVINCES = frozenset({CompetentLevel.COMMUNE, CompetentLevel.DISTRICT, CompetentLevel.PROVINCE})


def content_of(procedure: NationalProcedure) -> VersionContent:
    """The content of a version. The export states no online level and has no e-form, so what agencies of a province solve is
    offered in part, by the general form, until somebody decides more; what is solved elsewhere only informs. Nobody has
    drawn a process, so it runs the statutory sequence within its shortest limit.
    """
    cases = _cases(procedure)
    results = tuple(ResultKind(line.code, line.name, line.code) for line in procedure.results.results)
    levels = [level for level in _NEAREST if level in procedure.levels] or [CompetentLevel.OTHER]
    is_offered = levels[0] in _OF_PROVINCES
    field = procedure.field or "Chưa phân lĩnh vực"
    return VersionContent(
        code=procedure.code,
        title=re.sub(r"\s+", " ", procedure.title),
        field_code=re.sub(r"[^a-z0-9]+", "-", fold(field)).strip("-"),
        field_name=field,
        level=OnlineLevel.PARTIAL if is_offered else OnlineLevel.INFORMATION,
        partial_reason=REASON if is_offered else None,
        form=generic_form(procedure.audiences, results) if is_offered else None,
        agency_level=levels[0],
        further_levels=tuple(levels[1:]),
        audience=procedure.audiences,
        agencies=procedure.agencies,
        has_written_result=bool(procedure.results.results),
        results=results,
        cases=cases,
        process=standard_process(shortest(limits_of(cases))),
        supplement_policy=Policy.RESTART,
        legal_bases=tuple(LegalBasis(basis.number, basis.title) for basis in procedure.legal.bases),
        conditions=procedure.conditions,
        sequence=procedure.sequence,
        origin="national",
    )


def _cases(procedure: NationalProcedure) -> tuple[Case, ...]:
    """One case per heading of the component table that is one. Limits and fees are stated for all at once: each has all."""
    limits = tuple(
        LimitRow(entry.channel, entry.limit, entry.description)
        for entry in procedure.channels.entries
        if entry.limit
    )
    fees = tuple(_fees(procedure.channels.entries))
    cases = tidy_cases([group for group in procedure.components.groups if group.lines])
    keys = _keys("c", (case.name for case in cases))
    return tuple(
        Case(key, case.name, tuple(_components(case.lines)), limits, fees)
        for key, case in zip(keys, cases, strict=True)
    )


def _keys(prefix: str, texts: Iterable[str]) -> list[str]:
    """Keys made of the texts, so that a row that only moved keeps its key; a repeated text gets a number."""
    seen: Counter[str] = Counter()
    keys: list[str] = []
    for text in texts:
        stem = prefix + hashlib.sha256(text.encode()).hexdigest()[:10]
        seen[stem] += 1
        keys.append(stem if seen[stem] == 1 else f"{stem}-{seen[stem]}")
    return keys


def _components(lines: Sequence[CaseLine]) -> Iterator[Component]:
    for key, one in zip(_keys("p", (one.line.name for one in lines)), lines, strict=True):
        yield Component(
            key=key,
            name=one.line.name,
            originals=0 if one.is_shown else min(one.line.originals, 32000),
            copies=0 if one.is_shown else min(one.line.copies, 32000),
            is_required=not one.is_remark,
            form_file=one.line.form_file,
            is_shown_only=one.is_shown,
        )


#: Notes that say by themselves that nothing is due; every other note of a zero sends the reader elsewhere.
_NOTHING_DUE = re.compile(
    r"(?:không(?: có| thu(?: (?:phí|lệ phí|phí, lệ phí))?)?|miễn(?: (?:phí|lệ phí|thu))?)[.;]?", re.IGNORECASE
)


def _is_elsewhere(entry: ChannelEntry) -> bool:
    """A zero whose note names another text or another amount: nothing is known, least of all that it is free."""
    return (
        entry.amount == 0
        and bool(entry.fee_note)
        and not _NOTHING_DUE.fullmatch(entry.fee_note.strip("-*. "))
    )


def _fees(entries: Iterable[ChannelEntry]) -> Iterator[FeeRow]:
    for at, entry in enumerate(entries, 1):
        if entry.amount_text and (entry.amount is not None or entry.currency):
            note = (
                entry.fee_note
                if entry.amount is not None
                else f"{entry.amount_text} {entry.fee_note}".strip()
            )
            amount = None if _is_elsewhere(entry) else entry.amount
            yield FeeRow(
                entry.channel, f"F{at}", "Phí, lệ phí", FeeKind.FEE, amount, (), note, "Fees and charges"
            )
