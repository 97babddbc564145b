"""What people say about papers that are not in the system yet, and how the desk makes it true.

A person online may hand in a file or name a paper of their warehouse; everything else they say of a line (originals and
copies to be brought, a paper to be shown, a ground of exemption) is their declaration. It is kept in their words, lets the
application be sent, and counts as nothing until an officer at the desk has seen the paper (Decree 61/2018 art. 17;
Decree 118/2025).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from motcua.catalogue.queries import Component
from motcua.dossiers.errors import PapersMissing
from motcua.dossiers.models import Dossier, DossierPaper
from motcua.dossiers.rules.checklist import Brought, missing_papers
from motcua.dossiers.rules.given import declaration_of
from motcua.kernel.authority import Actor, ActorKind

#: What the desk fills in when it confirms a line.
_CONFIRMED = (
    "originals",
    "copies",
    "photocopies",
    "electronic",
    "is_presented",
    "exemption",
    "file_id",
    "paper_id",
    "digitization",
    "added_at",
    "added_by_id",
)


@dataclass(frozen=True, slots=True)
class PaperGiven:
    """One line of the checklist as handed in; `file_id` or `paper_id` point into documents.

    `reused` other than 0 says that the paper was already there and nobody was asked for it; whether it is the result of
    another dossier is seen from the paper. `name` says what it is where the checklist has no such line. `declared` is set
    by the services (see `as_said`).
    """

    component_key: str
    originals: int = 0
    copies: int = 0
    electronic: int = 0
    is_presented: bool = False
    exemption: str = ""
    file_id: UUID | None = None
    paper_id: UUID | None = None
    reused: int = 0
    declared: Mapping[str, Any] | None = None
    photocopies: int = 0
    name: str = ""


def as_said(actor: Actor, papers: Sequence[PaperGiven]) -> Sequence[PaperGiven]:
    """The lines of a person with their claims set apart; those of an officer as they are."""
    if actor.kind is not ActorKind.PERSON:
        return [replace(line, declared=None) if line.declared else line for line in papers]
    return [_said(line) for line in papers]


def confirm_declared(
    dossier: Dossier, components: Sequence[Component], rows: Sequence[DossierPaper], *, is_receipt: bool
) -> list[DossierPaper]:
    """Write what the desk saw onto the declared lines; answers with the rows that are lines of their own.

    At receipt every required paper that somebody only declared must have been seen. Refuses: `PapersMissing`.
    """
    lines = list(DossierPaper.objects.filter(dossier=dossier))
    waiting = [line for line in lines if line.declared and not _brought(line).is_there]
    if not waiting:
        return list(rows)
    own = []
    for row in rows:
        line = next((one for one in waiting if one.component_key == row.component_key), None)
        if line is None or not _brought(row).is_there:
            own.append(row)
            continue
        for name in _CONFIRMED:
            setattr(line, name, getattr(row, name))
        line.save(update_fields=_CONFIRMED)
        waiting.remove(line)
    only_said = {line.component_key for line in waiting}
    wanted = [component for component in components if component.key in only_said]
    missing = missing_papers(wanted, [_brought(line) for line in (*lines, *own)])
    if is_receipt and missing:
        raise PapersMissing(papers="; ".join(missing), missing=missing)
    return own


def _said(line: PaperGiven) -> PaperGiven:
    is_there = bool(line.file_id or line.paper_id)
    declared = declaration_of(line.originals, line.copies, line.is_presented, line.exemption)
    return replace(
        line,
        originals=0,
        copies=0,
        photocopies=0,
        electronic=1 if is_there else 0,
        is_presented=False,
        exemption="",
        declared=declared,
    )


def _brought(line: DossierPaper) -> Brought:
    electronic = line.electronic or (1 if line.file_id or line.paper_id else 0)
    return Brought(
        line.component_key,
        line.originals,
        line.copies,
        electronic,
        line.is_presented,
        line.exemption,
        photocopies=line.photocopies,
    )
