"""Binding asked for by somebody at the desk and done in the background: a thick record takes longer than a request may."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from procrastinate.contrib.django import app

from motcua.directory import queries as directory
from motcua.documents.models import ScanBatch
from motcua.documents.services.scans.binding import Binding, Bound, bind_papers, check_ready
from motcua.documents.services.scans.scope import keep_problem, locked_batch
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import DomainError

BIND = "documents.bind_batch"


@transaction.atomic
def ask_binding(
    *,
    actor: Actor,
    batch_id: UUID,
    dossier_id: UUID,
    dossier_code: str,
    procedure_code: str,
    owner_party_id: UUID,
    bindings: Sequence[Binding],
) -> None:
    """Have the named papers made, recorded and put on the dossier's checklist in the background, in the name of `actor`.

    Until it is done nothing of the batch can be rearranged; `progress` counts the papers. A refusal while it is done is
    written on the batch and opens it again. Asking twice is asking once. Refuses: `ScanUnfinished`, `FieldsUnchecked`,
    `ScanEmpty`, `OutOfScope`.
    """
    batch = locked_batch(actor, batch_id, is_open=False)
    if batch.bound_at is not None or batch.binding_asked_at is not None:
        return
    check_ready(batch, [one.scan_paper_id for one in bindings])
    batch.binding = {
        "actor_id": str(actor.account_id),
        "dossier_id": str(dossier_id),
        "dossier_code": dossier_code,
        "procedure_code": procedure_code,
        "owner_party_id": str(owner_party_id),
        "papers": [asdict(one) | {"scan_paper_id": str(one.scan_paper_id)} for one in bindings],
    }
    batch.binding_asked_at = clock.now()
    batch.problem, batch.problem_code, batch.problem_params = "", "", {}
    batch.save(update_fields=["binding", "binding_asked_at", "problem", "problem_code", "problem_params"])
    app.configure_task(BIND).defer(batch_id=str(batch.id))


def bind_batch(*, actor: Actor, batch_id: UUID) -> list[Bound]:
    """Do what `ask_binding` asked for; nothing where nothing is asked, or while another worker is at it.

    Killed at any moment it can be done again: papers that are recorded stay, the others are made.
    """
    with _alone(batch_id) as is_mine:
        batch = in_scope(ScanBatch.objects.visible_to(actor).filter(pk=batch_id).first())
        if not is_mine or batch.bound_at is not None or batch.binding_asked_at is None:
            return []
        try:
            return _bound(batch_id, batch.binding)
        except DomainError as refusal:
            keep_problem(batch_id, refusal)
            ScanBatch.objects.filter(pk=batch_id).update(binding_asked_at=None)
            return []


def _bound(batch_id: UUID, asked: dict[str, Any]) -> list[Bound]:
    return bind_papers(
        actor=directory.actor_of(UUID(asked["actor_id"])),
        batch_id=batch_id,
        dossier_id=UUID(asked["dossier_id"]),
        dossier_code=asked["dossier_code"],
        procedure_code=asked["procedure_code"],
        owner_party_id=UUID(asked["owner_party_id"]),
        bindings=[Binding(**one | {"scan_paper_id": UUID(one["scan_paper_id"])}) for one in asked["papers"]],
    )


@contextmanager
def _alone(batch_id: UUID) -> Iterator[bool]:
    """A lock of the session, not of a transaction: each paper is kept as it is made. It dies with its process."""
    key = f"scan-bind:{batch_id}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [key])
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [key])
