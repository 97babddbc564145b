"""Reports made by plan: after each week, month or quarter, kept as they were, and sent by e-mail.

A report carries counts and names of agencies; no dossier and no person stands in it or in the letter that brings it.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from io import BytesIO
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext, override

from motcua.channels import services as channels
from motcua.channels.services import KeptFile
from motcua.directory import queries as directory
from motcua.kernel import clock, storage
from motcua.kernel.authority import SYSTEM, Actor, in_scope, machine_only
from motcua.kernel.errors import DomainError, PermissionRefused
from motcua.oversight.errors import ReportPlanned
from motcua.oversight.models import ReportPlan, SentReport
from motcua.oversight.queries.plans import visible_plans, visible_sent
from motcua.oversight.queries.rights import authorise_unit, is_province
from motcua.oversight.rules.periods import parse_period
from motcua.oversight.rules.plans import check_recipients, period_before
from motcua.oversight.services.report_files import MEDIA, Format, written
from motcua.oversight.services.reports import (
    Report,
    charts_of,
    note_of_report,
    report_for,
    report_title,
    subject_of_report,
    tables_of,
)
from motcua.oversight.services.snapshots import report_as_of
from motcua.oversight.words import Rhythm

_log = logging.getLogger(__name__)
_SENT_AS = (Format.PDF, Format.XLSX)


@transaction.atomic
def plan_report(
    *,
    actor: Actor,
    unit: str,
    rhythm: Rhythm,
    recipients: Sequence[str],
    language: str = "vi",
    is_folded: bool = False,
) -> UUID:
    """Have the report of a unit or a province sent after every period. Needs `oversight.read` there.

    `is_folded`: units that were succeeded are counted in those of the day it is made.

    Raises `PermissionRefused`, `ReportPlanInvalid`, `ReportPlanned` (there is one already).
    """
    authorise_unit(actor, unit)
    if actor.account_id is None:  # every later report is made with the rights of a person
        raise PermissionRefused(permission="oversight.read")
    try:
        with transaction.atomic():
            return ReportPlan.objects.create(
                unit=unit,
                rhythm=rhythm,
                recipients=check_recipients(list(recipients)),
                language=language,
                is_folded=is_folded,
                made_by_id=actor.account_id,
                made_by_name=actor.name,
                made_at=clock.now(),
            ).id
    except IntegrityError:
        raise ReportPlanned from None


@transaction.atomic
def end_plan(*, actor: Actor, plan_id: UUID) -> None:
    """Send no more by this plan; what was sent is kept. Raises `OutOfScope`."""
    plan = in_scope(visible_plans(actor).select_for_update().filter(pk=plan_id).first())
    if plan.ended_at is None:
        plan.ended_at = clock.now()
        plan.save(update_fields=["ended_at"])


def send_planned_reports(*, actor: Actor = SYSTEM) -> int:
    """Make and send every planned report whose period has passed and that was not sent yet; returns how many.

    One report that cannot be made (its planner lost the right, say) does not hold up the others.
    """
    machine_only(actor)
    sent = 0
    for plan in ReportPlan.objects.filter(ended_at=None).order_by("made_at"):
        key = period_before(Rhythm(plan.rhythm), clock.today()).key
        if SentReport.objects.filter(plan=plan, period=key).exists():
            continue
        try:
            sent += _send(plan, key)
        except DomainError as refusal:
            _log.warning("planned report %s of %s was not made: %s", plan.id, key, refusal)
    return sent


def _send(plan: ReportPlan, key: str) -> bool:
    """One report to its readers. It is set in type first: an open transaction would hold up whoever reads the journal."""
    planner = directory.actor_of(plan.made_by_id)
    with override(plan.language):
        report = report_for(
            actor=planner,
            unit=plan.unit,
            period=parse_period(key),
            fold_to=clock.today() if plan.is_folded else None,
        )
        return _post(plan, key, report, [_kept(report, format) for format in _SENT_AS])


@transaction.atomic
def _post(plan: ReportPlan, key: str, report: Report, files: Sequence[KeptFile]) -> bool:
    """Record the report and its letters; False when another process was quicker."""
    ReportPlan.objects.select_for_update().get(pk=plan.pk)
    if SentReport.objects.filter(plan=plan, period=key).exists():
        return False
    content = content_of(report)
    row = SentReport.objects.create(
        plan=plan,
        unit=plan.unit,
        period=key,
        as_of=report.as_of,
        template=report.version,
        content=content,
        digest=digest_of(content),
        files=[asdict(file) for file in files],
        recipients=plan.recipients,
    )
    for address in plan.recipients:
        channels.write_letter(
            key=f"report:{row.id}",
            address=address,
            subject=f"{report_title()}: {subject_of_report(report)}",
            body=_letter(report),
            enclosures=files,
        )
    return True


def content_of(report: Report) -> dict[str, Any]:
    """What a report said, as plain values: enough to show it again, word by word, and to compare it."""
    return {
        "title": report_title(),
        "subject": subject_of_report(report),
        "note": note_of_report(report),
        "members": list(report.members),
        "total": asdict(report.total),
        "rows": {code: asdict(row) for code, _, row in report.rows},
        "tables": [
            {"title": table.title, "head": list(table.head), "body": [list(row) for row in table.body]}
            for table in tables_of(report)
        ],
        "charts": [
            {
                "title": chart.title,
                "kind": chart.kind,
                "labels": list(chart.labels),
                "series": [
                    {"name": one.name, "values": list(one.values), "words": list(one.words)}
                    for one in chart.series
                ],
                "late": sorted(chart.late),
                "most": chart.most,
            }
            for chart in charts_of(report)
        ],
    }


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content in canonical form: what was kept is what was sent."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def reproduce_sent(*, actor: Actor, sent_id: UUID) -> dict[str, tuple[int, int]]:
    """Make the columns of a sent report again from the passages up to the moment it was made: what differs, by column as
    (sent, made again). Empty: the same to the last figure. Reads every dossier. Raises `OutOfScope`.
    """
    row = in_scope(visible_sent(actor).filter(pk=sent_id).first())
    again = report_as_of(parse_period(row.period), row.as_of)
    if is_province(row.unit):
        mine = [counts for code, counts in again.items() if code.partition(".")[0] == row.unit]
    else:
        members = row.content.get("members", [row.unit])
        mine = [again[code] for code in members if code in again]
    found = {key: sum(counts[key] for counts in mine) for key in row.content["total"]}
    sent: dict[str, int] = row.content["total"]
    return {key: (sent[key], found[key]) for key in sent if sent[key] != found[key]}


def _kept(report: Report, format: Format) -> KeptFile:
    file = written(report, format)
    stored = storage.store().put(BytesIO(file.content))
    return KeptFile(file.filename, MEDIA[format], stored.sha256)


def _letter(report: Report) -> str:
    lines = [
        subject_of_report(report),
        gettext("Tiếp nhận %(received)s, đã giải quyết %(resolved)s, đang giải quyết %(open)s hồ sơ.")
        % {
            "received": report.total.received,
            "resolved": report.total.resolved,
            "open": report.total.in_process + report.total.paused,
        },
        gettext("Báo cáo kèm theo chỉ có số liệu tổng hợp, không có thông tin cá nhân."),
        gettext("Kho báo cáo đã gửi: %(link)s")
        % {"link": f"{settings.BASE_URL}/co-quan/dieu-hanh/so-lieu/da-gui/"},
        note_of_report(report),
    ]
    return "\n\n".join(lines)
