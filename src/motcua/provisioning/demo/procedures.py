"""Loading the demo pack: about thirty real procedures with hand-made forms and processes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from motcua.catalogue.models import Origin, PaperKind, ProcedureVersion, VersionState
from motcua.catalogue.rules import codec
from motcua.catalogue.services import (
    create_draft_version,
    load_everyday_words,
    publish_version,
    tag_procedure,
)
from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise
from motcua.provisioning.demo.pack import demo_entries, demo_paper_kinds


@dataclass(frozen=True, slots=True)
class PackLoaded:
    published: int
    unchanged: int


@transaction.atomic
def load_demo_pack(*, actor: Actor) -> PackLoaded:
    """Publishes the procedures of the demo pack that are not there as the pack has them, and files their tags.

    Loading twice changes nothing. The hand-made version follows one imported from the national export; a newer pack follows an
    older one, from today; a version the province made itself is never followed. Announces `ProcedurePublished` for each.
    Refuses: PermissionRefused; ContentInvalid, ProcessUnsound and FormInvalid when the pack itself is wrong.
    """
    authorise(actor, "catalogue.manage")
    load_everyday_words(actor=actor)
    _load_paper_kinds()
    entries = demo_entries()
    standing = _standing([entry.content.code for entry in entries])
    published = 0
    for entry in entries:
        digest = codec.digest_of(codec.to_json(entry.content))
        before = standing.get(entry.content.code)
        if before is not None and before.stays(digest):
            continue
        version_id = create_draft_version(
            actor=actor,
            content=entry.content,
            effective_from=entry.effective_from
            if before is None
            else before.followed_from(entry.effective_from),
            decision=entry.decision,
            source_digest=digest,
        )
        publish_version(actor=actor, version_id=version_id)
        published += 1
    for entry in entries:
        for event in entry.life_events:
            tag_procedure(actor=actor, code=entry.content.code, value=event, valid_from=entry.effective_from)
        for name, day in entry.priorities:
            tag_procedure(actor=actor, code=entry.content.code, value=name, valid_from=day)
    return PackLoaded(published, len(entries) - published)


@dataclass(frozen=True, slots=True)
class _Standing:
    """The newest version of a procedure: where it came from, and from when it holds."""

    origin: str
    source_digest: str
    begins: date
    state: str

    def stays(self, digest: str) -> bool:
        """What the province made, began or withdrew is its own decision."""
        if self.origin == Origin.DEMO:
            return self.state != VersionState.PUBLISHED or self.source_digest in ("", digest)
        return self.origin == Origin.LOCAL

    def followed_from(self, day: date) -> date:
        """Versions do not begin on one day; dossiers of the past keep what was in force for them."""
        soonest = self.begins + timedelta(days=1)
        return max(soonest, clock.today() if self.origin == Origin.DEMO else day)


def _standing(codes: Sequence[str]) -> dict[str, _Standing]:
    rows = (
        ProcedureVersion.objects.filter(procedure__code__in=codes)
        .order_by("number")
        .values_list("procedure__code", "origin", "source_digest", "effective", "state")
    )
    return {
        code: _Standing(origin, digest, effective.lower, state)
        for code, origin, digest, effective, state in rows
    }


def _load_paper_kinds() -> None:
    PaperKind.objects.bulk_create(
        [PaperKind(**kind) for kind in demo_paper_kinds()],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "name_en", "must_digitize", "validity_months"],
    )
