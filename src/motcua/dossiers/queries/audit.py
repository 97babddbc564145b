"""Verifying the chain of passages over all dossiers, streaming."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from motcua.dossiers.models import ChainCheck, Dossier, Passage
from motcua.dossiers.models.passage import DIGESTED
from motcua.dossiers.rules.chain import Break, Fault, Link, faults_of
from motcua.kernel.authority import Actor, authorise


@dataclass(frozen=True, slots=True)
class ChainReport:
    dossiers: int
    passages: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class ChainCheckView:
    """A check of all dossiers, waiting, running (`dossiers` of `total`) or done; `faults` are the first of `fault_count`."""

    asked_at: datetime
    asked_by_name: str
    ended_at: datetime | None
    total: int
    dossiers: int
    passages: int
    fault_count: int
    faults: tuple[Fault, ...]


def chain_checks(*, actor: Actor, limit: int = 5) -> tuple[ChainCheckView, ...]:
    """The latest checks of the whole chain, newest first. Refuses: `PermissionRefused`."""
    authorise(actor, "audit.read")
    return tuple(_check_view(row) for row in ChainCheck.objects.order_by("-asked_at")[:limit])


def _check_view(row: ChainCheck) -> ChainCheckView:
    return ChainCheckView(
        asked_at=row.asked_at,
        asked_by_name=row.asked_by_name,
        ended_at=row.ended_at,
        total=row.total,
        dossiers=row.dossiers,
        passages=row.passages,
        fault_count=row.fault_count,
        faults=tuple(Fault(UUID(dossier), seq, Break(kind)) for dossier, seq, kind in row.faults),
    )


def verify_chain(
    *,
    dossier_id: UUID | None = None,
    batch: int = 5000,
    on_progress: Callable[[int, int], None] | None = None,
) -> ChainReport:
    """Recompute every digest; memory stays flat whatever the number of passages.

    `on_progress` is told the numbers of dossiers and passages done, once per `batch` of dossiers.
    """
    heads = Dossier.objects.order_by("id")
    passages = Passage.objects.order_by("dossier_id", "seq")
    if dossier_id is not None:
        heads, passages = heads.filter(pk=dossier_id), passages.filter(dossier_id=dossier_id)
    chains = groupby(
        passages.values(*DIGESTED, "previous_digest", "digest").iterator(chunk_size=batch),
        key=lambda row: row["dossier_id"],
    )
    faults: list[Fault] = []
    dossiers = count = 0
    waiting: tuple[UUID, Iterator[dict[str, Any]]] | None = next(chains, None)
    for pk, head, revision in heads.values_list("id", "head_digest", "revision").iterator(chunk_size=batch):
        dossiers += 1
        links: list[Link] = []
        if waiting is not None and waiting[0] == pk:
            links = [_link(row) for row in waiting[1]]
            waiting = next(chains, None)
        count += len(links)
        faults += faults_of(pk, links, head=head, count=revision)
        if on_progress is not None and dossiers % batch == 0:
            on_progress(dossiers, count)
    return ChainReport(dossiers, count, tuple(faults))


def _link(row: dict[str, Any]) -> Link:
    return Link(row["seq"], {name: row[name] for name in DIGESTED}, row["previous_digest"], row["digest"])
