"""Loading the demo pack: about thirty real procedures with hand-made forms and processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from motcua.catalogue.models import PaperKind, ProcedureVersion, VersionState
from motcua.catalogue.rules import codec
from motcua.catalogue.services import (
    create_draft_version,
    load_everyday_words,
    publish_version,
    tag_procedure,
)
from motcua.kernel.authority import Actor, authorise
from motcua.provisioning.demo.pack import demo_entries, demo_paper_kinds


@dataclass(frozen=True, slots=True)
class PackLoaded:
    published: int
    unchanged: int


@transaction.atomic
def load_demo_pack(*, actor: Actor) -> PackLoaded:
    """Publishes the procedures of the demo pack that have no hand-made version yet, and files their tags.

    Loading twice changes nothing; a version imported from the national export is followed by the hand-made one. Announces
    `ProcedurePublished` for each. Refuses: PermissionRefused; ContentInvalid, ProcessUnsound and FormInvalid when
    the pack itself is wrong.
    """
    authorise(actor, "catalogue.manage")
    load_everyday_words(actor=actor)
    _load_paper_kinds()
    entries = demo_entries()
    digests = {entry.content.code: codec.digest_of(codec.to_json(entry.content)) for entry in entries}
    held = set(
        ProcedureVersion.objects.filter(
            procedure__code__in=digests, origin__in=("demo", "local")
        ).values_list("procedure__code", flat=True)
    )
    # Where an imported version is in force, the hand-made one follows it, from the day after it began at the earliest.
    begins = {
        code: effective.lower + timedelta(days=1)
        for code, effective in ProcedureVersion.objects.filter(
            procedure__code__in=digests, state=VersionState.PUBLISHED
        ).values_list("procedure__code", "effective")
    }
    published = 0
    for entry in entries:
        code = entry.content.code
        if code in held:
            continue
        version_id = create_draft_version(
            actor=actor,
            content=entry.content,
            effective_from=max(entry.effective_from, begins.get(code, entry.effective_from)),
            decision=entry.decision,
            source_digest=digests[code],
        )
        publish_version(actor=actor, version_id=version_id)
        published += 1
    for entry in entries:
        for event in entry.life_events:
            tag_procedure(actor=actor, code=entry.content.code, value=event, valid_from=entry.effective_from)
        for name, day in entry.priorities:
            tag_procedure(actor=actor, code=entry.content.code, value=name, valid_from=day)
    return PackLoaded(published, len(entries) - published)


def _load_paper_kinds() -> None:
    PaperKind.objects.bulk_create(
        [PaperKind(**kind) for kind in demo_paper_kinds()],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "name_en", "must_digitize", "validity_months"],
    )
