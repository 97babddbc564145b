"""Life of a version: drafted, published (frozen), withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.catalogue.errors import (
    FeeUnsound,
    LevelUnsound,
    ProcessUnsound,
    VersionFrozen,
    VersionIncomplete,
    VersionsOverlap,
    VersionUnknown,
)
from motcua.catalogue.events import ProcedurePublished, VersionWithdrawn
from motcua.catalogue.models import Procedure, ProcedureVersion, VersionState
from motcua.catalogue.queries.versions import snapshot_of
from motcua.catalogue.rules import codec
from motcua.catalogue.rules.codec import VersionContent
from motcua.catalogue.rules.differences import differences
from motcua.catalogue.rules.fees.soundness import fee_faults
from motcua.catalogue.rules.forms.soundness import check_form
from motcua.catalogue.rules.levels import level_faults
from motcua.catalogue.rules.process import find_faults, shortest
from motcua.catalogue.rules.types import VersionSnapshot
from motcua.catalogue.services import rows
from motcua.catalogue.services.procedures import procedure_for, show_current
from motcua.directory.queries import Role
from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise
from motcua.kernel.events import announce

PERMISSION = "catalogue.manage"
ROLES = frozenset(role.value for role in Role)


@transaction.atomic
def create_draft_version(
    *,
    actor: Actor,
    content: VersionContent,
    effective_from: date,
    effective_to: date | None = None,
    decision: str = "",
    source_digest: str = "",
) -> UUID:
    """Drafts the next version of the procedure `content.code`, making the procedure where it is new.

    A version of the past, recorded later, ends before `effective_to`. Returns the id of the draft. Refuses:
    PermissionRefused. A draft may be unsound; publication is not.
    """
    authorise(actor, PERMISSION)
    procedure = procedure_for(content)
    latest = procedure.versions.order_by("-number").first()
    version = ProcedureVersion(
        procedure=procedure,
        number=latest.number + 1 if latest else 1,
        effective=DateRange(effective_from, effective_to),
        decision=decision,
        source_digest=source_digest,
    )
    rows.describe(version, content)
    if content.form is not None:
        version.form = rows.keep_forms([content])[content.form.digest]
    if latest is not None:
        before = latest.snapshot or codec.to_json(rows.content_of(latest))
        version.changes = differences(before, codec.to_json(content))
    version.save(force_insert=True)
    rows.write_parts([(version, content)])
    return version.pk


@transaction.atomic
def replace_draft(*, actor: Actor, version_id: UUID, content: VersionContent) -> None:
    """Rewrites a draft whole. Refuses: VersionFrozen once published, VersionUnknown, PermissionRefused."""
    authorise(actor, PERMISSION)
    version = _locked(version_id)
    if version.state != VersionState.DRAFT:
        raise VersionFrozen
    rows.drop_parts(version)
    rows.describe(version, content)
    version.form = rows.keep_forms([content])[content.form.digest] if content.form else None
    version.save()
    rows.write_parts([(version, content)])


@transaction.atomic
def publish_version(*, actor: Actor, version_id: UUID) -> VersionSnapshot:
    """Publishes a draft: proves its process and form sound, freezes it, and ends the version before it.

    Announces `ProcedurePublished`. Refuses: PermissionRefused, VersionUnknown, VersionFrozen (published already),
    VersionIncomplete, ProcessUnsound (all faults at once), FormInvalid, FeeUnsound, LevelUnsound, VersionsOverlap (a
    published version begins on the same day or later).
    """
    authorise(actor, PERMISSION)
    version = _locked(version_id)
    if version.state != VersionState.DRAFT:
        raise VersionFrozen
    content = rows.content_of(version)
    require_sound(content)
    end_predecessors([version])
    freeze(version, content, by=actor.account_id)
    version.save()
    show_current([version.procedure_id], on=clock.today())
    announce(
        ProcedurePublished(
            version_id=version.pk,
            procedure_id=version.procedure_id,
            code=content.code,
            number=version.number,
            effective_from=version.effective.lower,
        )
    )
    return snapshot_of(version, content)


@transaction.atomic
def withdraw_version(*, actor: Actor, version_id: UUID, reason: str) -> None:
    """Takes a published version out of force from today. Dossiers pinned to it keep it; new ones cannot be made.

    Announces `VersionWithdrawn`. Refuses: PermissionRefused, VersionUnknown, VersionFrozen (not published).
    """
    authorise(actor, PERMISSION)
    version = _locked(version_id)
    if version.state != VersionState.PUBLISHED:
        raise VersionFrozen
    version.state = VersionState.WITHDRAWN
    version.withdrawn_at, version.withdrawn_reason = clock.now(), reason
    version.save(update_fields=["state", "withdrawn_at", "withdrawn_reason"])
    show_current([version.procedure_id], on=clock.today())
    announce(
        VersionWithdrawn(
            version_id=version.pk,
            procedure_id=version.procedure_id,
            code=version.procedure.code,
            number=version.number,
        )
    )


def require_sound(content: VersionContent) -> None:
    """Refuses what may not be published: VersionIncomplete, ProcessUnsound, FormInvalid, FeeUnsound, LevelUnsound."""
    missing = [
        name
        for name, there in (
            ("tên thủ tục", bool(content.title.strip())),
            ("trường hợp thực hiện", bool(content.cases)),
            (
                "kết quả",
                bool(content.results) or not content.has_written_result or content.origin == "national",
            ),
        )
        if not there
    ]
    if missing:
        raise VersionIncomplete(code=content.code, missing=", ".join(missing))
    faults = find_faults(content.process, limit_days=shortest(codec.limits_of(content.cases)), roles=ROLES)
    if faults:
        raise ProcessUnsound(
            code=content.code,
            faults="; ".join(fault.sentence() for fault in faults),
            found=tuple(f.code for f in faults),
        )
    if content.form is not None:
        check_form(content.form.schema, content.form.ui)
    if unfit := tuple(level_faults(content)):
        raise LevelUnsound(code=content.code, faults="; ".join(unfit), found=unfit)
    _require_fees(content)


def _require_fees(content: VersionContent) -> None:
    schema = content.form.schema if content.form else None
    found = [fault for case in content.cases for row in case.fees for fault in fee_faults(row, schema)]
    if found:
        reasons = tuple(dict.fromkeys(found))
        raise FeeUnsound(code=content.code, faults="; ".join(reasons), found=reasons)


def freeze(version: ProcedureVersion, content: VersionContent, *, by: UUID | None) -> None:
    """Marks a draft as published with its snapshot (unsaved)."""
    version.snapshot = codec.to_json(content)
    version.digest = codec.digest_of(version.snapshot)
    version.state = VersionState.PUBLISHED
    version.published_at, version.published_by_id = clock.now(), by


def end_predecessors(versions: Iterable[ProcedureVersion]) -> None:
    """Ends, on the day before each version begins, the published version in force until then."""
    for version in versions:
        begin = version.effective.lower
        for earlier in ProcedureVersion.objects.filter(
            procedure=version.procedure_id, state=VersionState.PUBLISHED, effective__overlap=version.effective
        ):
            if earlier.effective.lower >= begin:
                raise VersionsOverlap(code=version.procedure.code, effective_from=begin.strftime("%d/%m/%Y"))
            earlier.effective = DateRange(earlier.effective.lower, begin)
            earlier.save(update_fields=["effective"])


def _locked(version_id: UUID) -> ProcedureVersion:
    found = (
        ProcedureVersion.objects.select_related("procedure__field", "form")
        .select_for_update(of=("self",))
        .filter(pk=version_id)
        .first()
    )
    if found is None:
        raise VersionUnknown
    # One publication of a procedure at a time: the second waits here and then sees what the first did.
    Procedure.objects.select_for_update().get(pk=found.procedure_id)
    return found
