"""Open dossiers by the version of their procedure: what a new version leaves behind. Codes and dates only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from motcua.directory import queries as directory
from motcua.dossiers.models import Dossier
from motcua.kernel.authority import Actor, authorise


@dataclass(frozen=True, slots=True)
class PinnedDossier:
    """An open dossier that is solved by a version; no word of who asked."""

    id: UUID
    code: str | None
    competent_name: str
    state: str
    received_at: datetime | None
    due_at: datetime | None


def open_counts_by_version(*, actor: Actor, version_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many dossiers are open by each version. Needs `catalogue.manage`. One statement."""
    authorise(actor, "catalogue.manage")
    rows = Dossier.objects.opened().filter(version_id__in=set(version_ids))
    return dict(rows.values_list("version_id").annotate(n=Count("id")))


def open_by_version(*, actor: Actor, version_id: UUID, limit: int = 200) -> tuple[PinnedDossier, ...]:
    """Those of one version, by due moment. Needs `catalogue.manage`."""
    authorise(actor, "catalogue.manage")
    rows = list(Dossier.objects.opened().filter(version_id=version_id).order_by("due_at", "id")[:limit])
    names = {key: one.name for key, one in directory.agencies(row.competent_id for row in rows).items()}
    return tuple(
        PinnedDossier(
            id=row.pk,
            code=row.code,
            competent_name=names[row.competent_id],
            state=row.state,
            received_at=row.received_at,
            due_at=row.due_at,
        )
        for row in rows
    )
