"""Reading versions. Published versions never change, so each is read from the database once per process."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import DateField, Q, TextField

from motcua.catalogue.errors import ProcedureUnknown, VersionUnknown
from motcua.catalogue.models import (
    ListedProcedure,
    PaperKind,
    Procedure,
    ProcedureTag,
    ProcedureVersion,
    VersionState,
)
from motcua.catalogue.queries.finding import forget_titles
from motcua.catalogue.rules import codec
from motcua.catalogue.rules.codec import VersionContent
from motcua.catalogue.rules.types import VersionSnapshot
from motcua.catalogue.words import CompetentLevel, DigitizationClass, LifeEvent, OnlineLevel, PriorityList
from motcua.kernel import clock
from motcua.kernel.statements import Question, slot

_kept: dict[UUID, VersionSnapshot] = {}
# An office runs some hundreds of procedures; browsing the whole national list must not fill the memory.
_KEEP = 1000


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the list of versions of a procedure."""

    id: UUID
    code: str
    number: int
    state: str
    origin: str
    effective_from: date
    effective_to: date | None
    decision: str
    published_at: datetime | None
    changes: tuple[dict[str, Any], ...]

    @property
    def is_draft(self) -> bool:
        """Whether it may still be written."""
        return self.state == VersionState.DRAFT

    @property
    def is_published(self) -> bool:
        """Whether it counts on its days."""
        return self.state == VersionState.PUBLISHED


@dataclass(frozen=True, slots=True)
class PaperKindView:
    """A kind of paper; `must_digitize` is the class that obliges to digitize it, None where only on demand."""

    code: str
    name: str
    name_en: str
    must_digitize: DigitizationClass | None
    validity_months: int | None


def version(version_id: UUID) -> VersionSnapshot:
    """The frozen snapshot of a published (or later withdrawn) version. Refuses: VersionUnknown, also for drafts.

    `effective_to` is as of the first reading in this process; ask `version_in_force` which version counts on a day.
    """
    known = _kept.get(version_id)
    if known is not None:
        return known
    row = _published().filter(pk=version_id).first()
    if row is None:
        raise VersionUnknown
    return _keep(row)


def versions(version_ids: Iterable[UUID]) -> dict[UUID, VersionSnapshot]:
    """Several at once, one statement for those not read before; ids of drafts are left out."""
    wanted = set(version_ids)
    found = {key: _kept[key] for key in wanted if key in _kept}
    if missing := wanted - found.keys():
        found |= {row.pk: _keep(row) for row in _published().filter(pk__in=missing)}
    return found


_IN_FORCE = Question(
    lambda: ProcedureVersion.objects.filter(
        procedure__code=slot("code", TextField()),
        state=VersionState.PUBLISHED,
        effective__contains=slot("on", DateField()),
    ).values_list("id", "effective")
)


#: Which version counts is asked again after this long; another process learns of a publication within that time.
_FRESH_FOR = timedelta(seconds=2)
_in_force: dict[tuple[str, date], tuple[datetime, UUID, date | None]] = {}


def version_in_force(code: str, on: date) -> VersionSnapshot:
    """The version of procedure `code` in force on that day. Refuses: ProcedureUnknown when there is none.

    Inside a transaction the database is asked, so that its own changes count; outside, an answer of the last two seconds
    is good enough.
    """
    version_id, effective_to = _seen_in_force(code, on)
    snapshot = version(version_id)
    if snapshot.effective_to != effective_to:
        snapshot = _kept[snapshot.id] = replace(snapshot, effective_to=effective_to)
    return snapshot


def _seen_in_force(code: str, on: date) -> tuple[UUID, date | None]:
    now = clock.now()
    known = None if connection.in_atomic_block else _in_force.get((code, on))
    if known is not None and abs(now - known[0]) < _FRESH_FOR:
        return known[1:]
    found = _IN_FORCE.first(code=code, on=on)
    if found is None:
        raise ProcedureUnknown(code=code)
    seen: tuple[UUID, date | None] = (found[0], found[1].upper)
    if not connection.in_atomic_block:
        if len(_in_force) >= _KEEP:
            _in_force.clear()
        _in_force[code, on] = (now, *seen)
    return seen


def ask_again() -> None:
    """Versions changed in this process: which of them count is asked of the database."""
    _in_force.clear()


def versions_in_force(codes: Iterable[str], on: date) -> dict[str, VersionSnapshot]:
    """Of many procedures at once, by code; those without a version that day are absent. Two statements at most."""
    rows = ProcedureVersion.objects.filter(
        procedure__code__in=set(codes), state=VersionState.PUBLISHED, effective__contains=on
    )
    ids = dict(rows.values_list("procedure__code", "id"))
    found = versions(ids.values())
    return {code: found[version_id] for code, version_id in ids.items()}


def titles_of(codes: Iterable[str], on: date) -> dict[str, tuple[str, str]]:
    """Title and English title (empty where there is none) of every code the catalogue knows in any way: as in force on
    the day, else as shown to people now, else as an official list names it. Three small statements.
    """
    wanted = set(codes)
    listed = ListedProcedure.objects.filter(code__in=wanted).values_list("code", "title")
    known = Procedure.objects.filter(code__in=wanted).values_list("code", "title", "title_en")
    then = ProcedureVersion.objects.filter(
        procedure__code__in=wanted, state=VersionState.PUBLISHED, effective__contains=on
    ).values_list("procedure__code", "title", "title_en")
    found = {code: (title, "") for code, title in listed}
    return found | {code: (title, title_en) for code, title, title_en in (*known, *then)}


def online_levels(on: date, levels: Iterable[CompetentLevel]) -> dict[str, OnlineLevel]:
    """Every procedure in force on a day that agencies of these levels solve, with its online level. One statement."""
    wanted = [str(level) for level in levels]
    rows = ProcedureVersion.objects.filter(
        state=VersionState.PUBLISHED,
        effective__contains=on,
    ).filter(Q(agency_level__in=wanted) | Q(further_levels__overlap=wanted))
    return {code: OnlineLevel(level) for code, level in rows.values_list("procedure__code", "level")}


def versions_of(code: str) -> tuple[VersionLine, ...]:
    """All versions of a procedure, newest first, drafts included, each with what it changed."""
    rows = (
        ProcedureVersion.objects.filter(procedure__code=code)
        .select_related("procedure")
        .defer("snapshot", "sequence", "conditions")
        .order_by("-number")
    )
    return tuple(_line(row) for row in rows)


def newer_decision(code: str, *, number: int, on: date) -> VersionLine | None:
    """A version after this one that does not count yet: published for a later day, or brought by the national database and
    not taken over. None where there is none. One statement.
    """
    waiting = Q(state=VersionState.PUBLISHED, effective__startswith__gt=on)
    rows = (
        ProcedureVersion.objects.filter(procedure__code=code, number__gt=number)
        .filter(waiting | Q(state=VersionState.DRAFT) & ~Q(decision=""))
        .select_related("procedure")
        .defer("snapshot", "sequence", "conditions")
        .order_by("number")
    )
    row = rows.first()
    return _line(row) if row else None


def draft_version(code: str, *, number: int | None = None) -> VersionLine:
    """The newest draft of a procedure, or the draft of that number. Refuses: VersionUnknown."""
    drafts = [line for line in versions_of(code) if line.state == VersionState.DRAFT.value]
    for line in drafts:
        if number in (None, line.number):
            return line
    raise VersionUnknown


def life_events_of(code: str, *, on: date) -> tuple[LifeEvent, ...]:
    return tuple(LifeEvent(value) for value in _tags(code, ProcedureTag.Kind.LIFE_EVENT, on))


def priority_lists_of(code: str, *, on: date) -> tuple[PriorityList, ...]:
    return tuple(PriorityList(value) for value in _tags(code, ProcedureTag.Kind.PRIORITY_LIST, on))


def paper_kinds() -> tuple[PaperKindView, ...]:
    """All kinds of paper, by code."""
    return tuple(
        PaperKindView(
            kind.code,
            kind.name,
            kind.name_en,
            DigitizationClass(kind.must_digitize) if kind.must_digitize else None,
            kind.validity_months,
        )
        for kind in PaperKind.objects.order_by("code")
    )


def forget() -> None:
    """Empties the memory of this process (tests that roll published versions back need it)."""
    _kept.clear()
    _in_force.clear()
    forget_titles()


def _published() -> Any:
    return ProcedureVersion.objects.exclude(state=VersionState.DRAFT).only(
        "id", "procedure_id", "number", "effective", "decision", "digest", "snapshot"
    )


def snapshot_of(row: ProcedureVersion, content: VersionContent) -> VersionSnapshot:
    """The value of a published version: what it says, with what its row adds."""
    return codec.snapshot(
        content,
        version_id=row.pk,
        procedure_id=row.procedure_id,
        number=row.number,
        effective_from=row.effective.lower,
        effective_to=row.effective.upper,
        decision=row.decision,
        digest=row.digest,
    )


def _keep(row: ProcedureVersion) -> VersionSnapshot:
    snapshot = snapshot_of(row, codec.from_json(row.snapshot or {}))
    if len(_kept) >= _KEEP:
        _kept.pop(next(iter(_kept)))
    _kept[row.pk] = snapshot
    return snapshot


def _line(row: ProcedureVersion) -> VersionLine:
    return VersionLine(
        id=row.pk,
        code=row.procedure.code,
        number=row.number,
        state=row.state,
        origin=row.origin,
        effective_from=row.effective.lower,
        effective_to=row.effective.upper,
        decision=row.decision,
        published_at=row.published_at,
        changes=tuple(row.changes),
    )


def _tags(code: str, kind: str, on: date) -> list[str]:
    return list(
        ProcedureTag.objects.filter(procedure__code=code, kind=kind, valid__contains=on)
        .order_by("value")
        .values_list("value", flat=True)
    )
