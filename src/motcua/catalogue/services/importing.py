"""Importing the national export and the ministries' lists: streamed, in batches, repeatable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.catalogue.adapters.files import is_list
from motcua.catalogue.events import CatalogueImported
from motcua.catalogue.models import ListedProcedure, Procedure, ProcedureTag, ProcedureVersion, VersionState
from motcua.catalogue.models.procedure import Origin
from motcua.catalogue.rules import codec
from motcua.catalogue.rules.codec import VersionContent
from motcua.catalogue.rules.differences import differences
from motcua.catalogue.rules.finding.events import life_events
from motcua.catalogue.rules.national.content import content_of
from motcua.catalogue.rules.national.record import NationalProcedure
from motcua.catalogue.rules.national.report import ImportReport
from motcua.catalogue.services import rows
from motcua.catalogue.services.everyday import load_everyday_words
from motcua.catalogue.services.procedures import add_tags, procedures_for, show_current
from motcua.catalogue.services.versions import PERMISSION, end_predecessors, freeze, require_sound
from motcua.catalogue.survey import read_list_file, read_national_file
from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise
from motcua.kernel.errors import DomainError
from motcua.kernel.events import announce

_BATCH = 250


@dataclass(slots=True)
class ImportOutcome:
    """The report of what was read, and what became of it. `changed` names the procedures whose source had changed."""

    report: ImportReport = field(default_factory=ImportReport)
    created: int = 0
    replaced: int = 0
    drafted: int = 0
    unchanged: int = 0
    listed_new: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """JSON values: the report, and under `import` what was written."""
        return {
            **self.report.plain(),
            "import": {
                "created": self.created,
                "replaced": self.replaced,
                "drafted": self.drafted,
                "unchanged": self.unchanged,
                "listed_new": self.listed_new,
                "refused": self.refused,
                "changed": self.changed,
            },
        }


@transaction.atomic
def import_catalogue(
    *,
    actor: Actor,
    paths: Sequence[Path],
    effective_from: date | None = None,
    columns: Mapping[str, str] | None = None,
) -> ImportOutcome:
    """Imports files whole or not at all; a file imported before changes nothing. `columns`: what foreign columns stand for.

    A new procedure is published from `effective_from` (today when not given); a changed one gets a new version with
    its differences, published in place of the imported one – or left as a draft where the version in force is
    hand-made, for a person to decide. Announces one `CatalogueImported`. Refuses: PermissionRefused, SourceUnreadable.
    """
    authorise(actor, PERMISSION)
    load_everyday_words(actor=actor)
    outcome = ImportOutcome()
    begin = effective_from or clock.today()
    for path in paths:
        if is_list(path):
            _import_list(path, outcome, columns)
            continue
        stream = iter(read_national_file(path, outcome.report, columns))
        while batch := list(islice(stream, _BATCH)):
            _import_batch(batch, actor, begin, outcome)
    if outcome.created + outcome.replaced > _BATCH:
        _tell_planner()
    announce(
        CatalogueImported(
            source=", ".join(path.name for path in paths),
            created=outcome.created,
            replaced=outcome.replaced,
            drafted=outcome.drafted,
            unchanged=outcome.unchanged,
        )
    )
    return outcome


def _tell_planner() -> None:
    """Fresh statistics: until then the database plans for tables a tenth of their size, and the next import crawls."""
    with connection.cursor() as db:
        for model in (Procedure, ProcedureVersion, ProcedureTag):
            db.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _import_batch(
    batch: Sequence[NationalProcedure], actor: Actor, begin: date, outcome: ImportOutcome
) -> None:
    latest = _latest([procedure.code for procedure in batch])
    fresh: dict[str, NationalProcedure] = {}
    for procedure in batch:
        known = latest.get(procedure.code)
        if known is not None and procedure.source_digest in known.digests:
            outcome.unchanged += 1
        else:
            fresh[procedure.code] = procedure  # a code twice in one batch: the later line counts
    contents = _sound([content_of(procedure) for procedure in fresh.values()], outcome)
    if not contents:
        return
    homes = procedures_for(contents, offer_new=True)
    forms = rows.keep_forms(contents)
    before = _published_before([content.code for content in contents if content.code in latest])
    pairs: list[tuple[ProcedureVersion, VersionContent]] = []
    replacing: list[ProcedureVersion] = []
    for content in contents:
        known = latest.get(content.code)
        version = ProcedureVersion(
            procedure=homes[content.code],
            number=known.number + 1 if known else 1,
            effective=DateRange(begin, None),
            decision=fresh[content.code].decision,
            source_digest=fresh[content.code].source_digest,
        )
        rows.describe(version, content)
        version.form = forms[content.form.digest] if content.form else None
        pairs.append((version, content))
        if known is None:
            outcome.created += 1
            freeze(version, content, by=actor.account_id)
            continue
        version.changes = differences(before.get(content.code, {}), codec.to_json(content))
        outcome.changed.append({"code": content.code, "number": version.number, "changes": version.changes})
        if known.is_imported and known.effective.lower < begin:
            outcome.replaced += 1
            freeze(version, content, by=actor.account_id)
            replacing.append(version)
        else:
            outcome.drafted += 1
    _write(pairs, replacing)


def _write(
    pairs: Sequence[tuple[ProcedureVersion, VersionContent]], replacing: Sequence[ProcedureVersion]
) -> None:
    # Parts first: once a version stands there published, nothing may be put under it any more. The references of the
    # parts are checked at the end of the transaction.
    rows.write_parts(pairs)
    end_predecessors(replacing)
    ProcedureVersion.objects.bulk_create([version for version, _ in pairs], 500)
    show_current([version.procedure_id for version in replacing], on=clock.today())
    add_tags(
        [
            (version.procedure_id, event, DateRange(version.effective.lower, None))
            for version, content in pairs
            if version.state == VersionState.PUBLISHED
            for event in life_events(content.title)
        ]
    )


@dataclass(frozen=True, slots=True)
class _Known:
    number: int
    digests: frozenset[str]
    is_imported: bool
    effective: Any


def _latest(codes: Sequence[str]) -> dict[str, _Known]:
    """Per code: the newest number, every source digest ever imported last, and the version to compare with."""
    versions = (
        ProcedureVersion.objects.filter(procedure__code__in=codes)
        .order_by("number")
        .values("procedure__code", "number", "source_digest", "origin", "state", "effective")
    )
    known: dict[str, _Known] = {}
    for row in versions:
        before = known.get(row["procedure__code"])
        in_force = row if row["state"] == VersionState.PUBLISHED else None
        newest_source = row["source_digest"] if row["origin"] == Origin.NATIONAL else ""
        known[row["procedure__code"]] = _Known(
            number=row["number"],
            digests=frozenset({newest_source} - {""}) or (before.digests if before else frozenset()),
            is_imported=row["origin"] == Origin.NATIONAL if in_force else bool(before and before.is_imported),
            effective=row["effective"] if in_force or before is None else before.effective,
        )
    return known


def _published_before(codes: Sequence[str]) -> dict[str, dict[str, object]]:
    """What the newest published version of each code says: what a changed source is compared with."""
    versions = ProcedureVersion.objects.filter(procedure__code__in=codes, snapshot__isnull=False).order_by(
        "number"
    )
    return {
        code: snapshot for code, snapshot in versions.values_list("procedure__code", "snapshot") if snapshot
    }


def _sound(contents: Iterable[VersionContent], outcome: ImportOutcome) -> list[VersionContent]:
    kept: list[VersionContent] = []
    for content in contents:
        try:
            require_sound(content)
        except DomainError as refusal:
            outcome.refused.append({"code": content.code, "reason": refusal.sentence()})
        else:
            kept.append(content)
    return kept


def _import_list(path: Path, outcome: ImportOutcome, columns: Mapping[str, str] | None) -> None:
    listed = {item.code: item for item in read_list_file(path, outcome.report, columns)}
    known = set(ListedProcedure.objects.filter(code__in=listed).values_list("code", flat=True))
    outcome.listed_new += len(listed.keys() - known)
    ListedProcedure.objects.bulk_create(
        [
            ListedProcedure(
                code=item.code,
                title=item.title,
                issuer=item.issuer,
                executor=item.executor,
                field_name=item.field,
                source=path.name,
            )
            for item in listed.values()
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["title", "issuer", "executor", "field_name", "source"],
    )
