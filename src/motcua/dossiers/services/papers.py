"""Papers of an open dossier that were digitized, and papers that need not be."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from motcua.catalogue import queries as catalogue
from motcua.documents import queries as custody
from motcua.dossiers.errors import DossierClosed, ExemptionUnknown
from motcua.dossiers.events import PaperAttached, PaperExempted
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.dossiers.rules.digitization import DIGITIZED
from motcua.dossiers.services.checklist_rows import paper_rows
from motcua.dossiers.services.declared import PaperGiven
from motcua.dossiers.services.move import lock_dossier
from motcua.dossiers.words import EXEMPT_GROUNDS
from motcua.kernel import clock
from motcua.kernel.authority import Actor, ActorKind, in_scope
from motcua.kernel.errors import PermissionRefused
from motcua.kernel.events import announce


@dataclass(frozen=True, slots=True)
class Attached:
    """The line of the checklist that now carries the paper; `is_repeat`: it carried it before."""

    line_id: UUID
    is_repeat: bool


@transaction.atomic
def attach_paper(*, actor: Actor, dossier_id: UUID, component_key: str, paper_id: UUID) -> Attached:
    """Put a digitized paper on the line of its component; a signed copy takes the place of the copy it replaced.

    For reception or case officers of the dossier, while it is open; the clerk who sealed a copy puts it in the place of the
    unsealed one, also when the dossier has ended meanwhile. A second paper of the same component gets a line of its
    own; the same paper twice changes nothing. Who did it is in the line and in the event. Announces `PaperAttached`.
    Refuses: `OutOfScope`, `PermissionRefused`, `DossierClosed`. Source: Circular 01/2023/TT-VPCP art. 7–11.
    """
    dossier = lock_dossier(actor, dossier_id, None)
    paper = custody.paper(paper_id)
    lines = list(DossierPaper.objects.filter(dossier=dossier, component_key=component_key))
    there = next((line for line in lines if line.paper_id == paper_id), None)
    if not (_seals(actor, dossier) and (there or _replaced_line(lines, paper_id))):
        _check_open(actor, dossier)
    if there is not None:
        return Attached(there.id, is_repeat=True)
    line = _line_for(lines, paper_id) or _new_line(actor, dossier, component_key)
    line.paper_id, line.file_id = paper.id, paper.file.id
    line.digitization = line.digitization or DIGITIZED
    line.added_at, line.added_by_id = clock.now(), _who(actor)
    line.save()
    announce(
        PaperAttached(
            dossier_id=dossier.id,
            line_id=line.id,
            component_key=component_key,
            paper_id=paper.id,
            actor_id=_who(actor),
            at=line.added_at,
        )
    )
    return Attached(line.id, is_repeat=False)


@transaction.atomic
def exempt_paper(*, actor: Actor, dossier_id: UUID, component_key: str, ground: str) -> UUID:
    """Say why a component is not digitized, by one of `EXEMPT_GROUNDS`, so that the rates stay honest; the line's id.

    The same ground twice changes nothing. Announces `PaperExempted`. Refuses: `ExemptionUnknown`, `OutOfScope`,
    `PermissionRefused`, `DossierClosed`. Source: Circular 01/2023/TT-VPCP; Circular 03/2025/TT-VPCP art. 5.
    """
    dossier = _open_dossier(actor, dossier_id)
    if ground not in EXEMPT_GROUNDS:
        raise ExemptionUnknown(ground=ground)
    lines = DossierPaper.objects.filter(dossier=dossier, component_key=component_key, paper_id=None)
    line = lines.first() or _new_line(actor, dossier, component_key)
    if line.exemption == ground:
        return line.id
    line.exemption = ground
    line.added_at, line.added_by_id = clock.now(), _who(actor)
    line.save()
    announce(
        PaperExempted(
            dossier_id=dossier.id,
            line_id=line.id,
            component_key=component_key,
            ground=ground,
            actor_id=_who(actor),
            at=line.added_at,
        )
    )
    return line.id


def _open_dossier(actor: Actor, dossier_id: UUID) -> Dossier:
    dossier = lock_dossier(actor, dossier_id, None)
    _check_open(actor, dossier)
    return dossier


def _check_open(actor: Actor, dossier: Dossier) -> None:
    """Refuses: `PermissionRefused`, `DossierClosed`."""
    if actor.kind is not ActorKind.SYSTEM and not _may(actor, dossier):
        raise PermissionRefused(permission="dossier.receive")
    if not dossier.is_open:
        raise DossierClosed


def _seals(actor: Actor, dossier: Dossier) -> bool:
    return any(
        actor.may("dossier.number_and_seal", agency)
        for agency in (dossier.receiving_id, dossier.competent_id)
    )


def _may(actor: Actor, dossier: Dossier) -> bool:
    receives = actor.may("dossier.receive", dossier.receiving_id)
    return receives or actor.may("dossier.appraise", dossier.competent_id)


def _line_for(lines: Sequence[DossierPaper], paper_id: UUID) -> DossierPaper | None:
    """The line of the copy this paper replaced, else one of the component that carries no paper yet."""
    free = (line for line in lines if line.paper_id is None and line.file_id is None)
    return _replaced_line(lines, paper_id) or next(free, None)


def _replaced_line(lines: Sequence[DossierPaper], paper_id: UUID) -> DossierPaper | None:
    carried = [line for line in lines if line.paper_id is not None]
    for line in carried:
        if custody.paper(in_scope(line.paper_id)).replaced_by_id == paper_id:
            return line
    return None


def _new_line(actor: Actor, dossier: Dossier, component_key: str) -> DossierPaper:
    case = catalogue.version(dossier.version_id).case(dossier.case_key)
    return paper_rows(actor, dossier, case, [PaperGiven(component_key)])[0]


def _who(actor: Actor) -> UUID | None:
    return actor.account_id
