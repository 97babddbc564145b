"""Verifying the chain of passages over all dossiers, streaming."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from motcua.dossiers.models import Dossier, Passage
from motcua.dossiers.models.passage import DIGESTED
from motcua.dossiers.rules.chain import Fault, Link, faults_of


@dataclass(frozen=True, slots=True)
class ChainReport:
    dossiers: int
    passages: int
    faults: tuple[Fault, ...]


def verify_chain(*, dossier_id: UUID | None = None, batch: int = 5000) -> ChainReport:
    """Recompute every digest; memory stays flat whatever the number of passages."""
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
    return ChainReport(dossiers, count, tuple(faults))


def _link(row: dict[str, Any]) -> Link:
    return Link(row["seq"], {name: row[name] for name in DIGESTED}, row["previous_digest"], row["digest"])
