"""Plans of reports and what was sent by them, for who oversees the unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.db.models import QuerySet

from motcua.channels import queries as channels
from motcua.kernel import storage
from motcua.kernel.authority import Actor, in_scope
from motcua.oversight.models import ReportPlan, SentReport
from motcua.oversight.queries.rights import overseen_agencies, sees_everything
from motcua.oversight.rules.charts import Chart, ChartKind, Series
from motcua.oversight.words import Rhythm

SENT_PAGE = 50


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan that runs."""

    id: UUID
    unit: str
    rhythm: Rhythm
    recipients: Sequence[str]
    language: str
    made_by_name: str
    made_at: datetime
    is_folded: bool


@dataclass(frozen=True, slots=True)
class SentView:
    """A report as it was sent. `letters` (address to waiting, sent or failed) is told on its own page only."""

    id: UUID
    unit: str
    period: str
    rhythm: Rhythm
    as_of: datetime
    template: str
    content: Mapping[str, Any]
    digest: str
    files: Sequence[Mapping[str, str]]
    letters: Mapping[str, str]

    @property
    def charts(self) -> list[Chart]:
        """The charts as they were drawn."""
        return [
            Chart(
                one["title"],
                ChartKind(one["kind"]),
                one["labels"],
                [Series(**series) for series in one["series"]],
                frozenset(one["late"]),
                one["most"],
            )
            for one in self.content["charts"]
        ]


def plans(*, actor: Actor) -> list[PlanView]:
    """The running plans of the units the actor oversees."""
    return [
        PlanView(
            row.id,
            row.unit,
            Rhythm(row.rhythm),
            row.recipients,
            row.language,
            row.made_by_name,
            row.made_at,
            row.is_folded,
        )
        for row in visible_plans(actor).filter(ended_at=None)
    ]


def sent_reports(*, actor: Actor) -> list[SentView]:
    """The newest reports sent about units the actor oversees."""
    return [_view(row, {}) for row in visible_sent(actor).select_related("plan")[:SENT_PAGE]]


def sent_report(*, actor: Actor, sent_id: UUID) -> SentView:
    """One of them with how its letters fared. Raises `OutOfScope`."""
    row = in_scope(visible_sent(actor).select_related("plan").filter(pk=sent_id).first())
    return _view(row, channels.letter_states(key=f"report:{row.id}"))


def open_sent_file(*, actor: Actor, sent_id: UUID, filename: str) -> tuple[str, IO[bytes]]:
    """A file of a sent report, byte for byte as it was sent: its media type and its bytes. Raises `OutOfScope`."""
    view = sent_report(actor=actor, sent_id=sent_id)
    file = in_scope(next((one for one in view.files if one["filename"] == filename), None))
    return file["media_type"], storage.store().open(file["sha256"])


def visible_plans(actor: Actor) -> QuerySet[ReportPlan]:
    """Plans about units the actor oversees."""
    rows = ReportPlan.objects.all()
    return rows if sees_everything(actor) else rows.filter(unit__in=_units(actor))


def visible_sent(actor: Actor) -> QuerySet[SentReport]:
    """Reports sent about units the actor oversees."""
    rows = SentReport.objects.all()
    return rows if sees_everything(actor) else rows.filter(unit__in=_units(actor))


def _units(actor: Actor) -> list[str]:
    return [agency.code for agency in overseen_agencies(actor)]


def _view(row: SentReport, letters: Mapping[str, str]) -> SentView:
    return SentView(
        row.id,
        row.unit,
        row.period,
        Rhythm(row.plan.rhythm),
        row.as_of,
        row.template,
        row.content,
        row.digest,
        row.files,
        letters,
    )
