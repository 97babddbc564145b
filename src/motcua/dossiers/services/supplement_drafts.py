"""The answer to a request for more, as a draft: autosaved, its files kept, one answer for each thing that was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from motcua.catalogue import queries as catalogue
from motcua.dossiers.errors import AnswersMissing, FormCorrected, MoveImpossible
from motcua.dossiers.models import Dossier, Draft, DraftPaper, Passage
from motcua.dossiers.queries import drafts as views
from motcua.dossiers.queries.checklist import checklist_of
from motcua.dossiers.rules.answers import Answer, component_named, items_of
from motcua.dossiers.rules.lifecycle import moves_from
from motcua.dossiers.rules.merging import (
    Leaves,
    Merged,
    Path,
    base_of,
    changes_of,
    leaves_of,
    merge,
    tree_of,
)
from motcua.dossiers.services.declared import PaperGiven
from motcua.dossiers.services.drafts import close_draft, lock_draft, new_row
from motcua.dossiers.services.move import Moved, lock_dossier
from motcua.dossiers.services.supplement import give_supplement
from motcua.dossiers.words import MOVES, MoveKey, State, StatutoryForm
from motcua.kernel.authority import Actor
from motcua.kernel.errors import PermissionRefused

#: Line of a draft that answers item number N of the request.
ITEM = "item-"
_FORM: Path = ("form_data",)


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer that was sent: where the dossier stands, and the answers of the form the agency corrected that stay."""

    moved: Moved
    taken: tuple[Path, ...]


@transaction.atomic
def begin_supplement(*, actor: Actor, dossier_id: UUID) -> views.Draft:
    """The actor's draft of the answer to the present request, begun where there is none yet.

    Refuses: `MoveImpossible` where nothing is asked, `PermissionRefused`, `OutOfScope`.
    """
    dossier = lock_dossier(actor, dossier_id, None)
    if (
        actor.account_id is None
        or actor.is_officer
        or not actor.party_ids & {dossier.applicant_id, dossier.submitter_id}
    ):
        raise PermissionRefused
    request = asked_of(dossier)
    row = Draft.objects.filter(
        owner_id=actor.account_id, answers_id=dossier_id, answers_revision=request.seq
    ).first()
    if row is None:
        row = new_row(actor, catalogue.version(dossier.version_id), dossier.case_key)
        row.form_digest = dossier.form_digest
        row.form_data = row.answers_form = dossier.form_data
        row.answers_id, row.answers_revision = dossier_id, request.seq
        # Counted on from the dossier: a page opened before the dossier went on is older than the draft, and is asked.
        row.revision = row.forgotten = dossier.revision
        row.save()
    return views.draft_view(row)


@transaction.atomic
def send_supplement(
    *,
    actor: Actor,
    draft_id: UUID,
    seen: int,
    choices: Mapping[Path, bool] | None = None,
    shown: int = 0,
) -> Sent:
    """Send the whole answer at once, tied item by item to what was asked; the draft is closed by it.

    Every item has words, a file or a correction of the form; who lacks a paper says so in words. Of the form only what
    the citizen changed since the draft began goes into the dossier; what the agency corrected meanwhile stays and is told
    (`Sent.taken`). `choices` settle what both changed, as far as the dossier has not gone on since revision `shown` of it.

    Refuses: `FormCorrected` with its `clashes` (both changed the same answer; nothing is sent then), `AnswersMissing` with
    the numbers of the open ones, `DraftConflict` (changed since `seen`), `MoveImpossible` (another request or decision came
    between), and what `give_supplement` refuses.
    """
    draft = lock_draft(actor, draft_id)
    if draft.answers_id is None:
        raise MoveImpossible(move=MOVES[MoveKey.SUPPLY].name)
    dossier = lock_dossier(actor, draft.answers_id, None)
    request = asked_of(dossier)
    if request.seq != draft.answers_revision:
        raise MoveImpossible(move=MOVES[MoveKey.SUPPLY].name)
    lines = list(draft.papers.all())
    answers = _answers(items_of(request.reason, request.detail), draft.notes, lines)
    merged = _merged(draft, dossier, choices, shown)
    is_changed = merged.leaves != leaves_of(dossier.form_data, _FORM)
    reused = [line for line in lines if not line.component_key.startswith(ITEM)]
    open_ones = [n for n, answer in enumerate(answers) if answer.is_open]
    if open_ones and not (is_changed or reused):
        raise AnswersMissing(count=len(open_ones), items=open_ones)
    moved = give_supplement(
        actor=actor,
        dossier_id=dossier.id,
        papers=[_given(dossier, answers, line) for line in lines],
        form_data=_form_of(merged) if is_changed else None,
        note=str(draft.notes.get("note", "")),
        answers=answers,
    )
    close_draft(actor, draft_id, seen, dossier.id)
    return Sent(moved, merged.taken)


def asked_of(dossier: Dossier) -> Passage:
    """The request that waits for an answer. Refuses: `MoveImpossible` where none does."""
    if not any(move.gives_more for move in moves_from(State(dossier.state))):
        raise MoveImpossible(move=MOVES[MoveKey.SUPPLY].name)
    asked = Passage.objects.filter(dossier_id=dossier.id, form_code=StatutoryForm.SUPPLEMENT)
    request = asked.order_by("-seq").first()
    if request is None:
        raise MoveImpossible(move=MOVES[MoveKey.SUPPLY].name)
    return request


def _merged(draft: Draft, dossier: Dossier, choices: Mapping[Path, bool] | None, shown: int) -> Merged:
    """The form of the dossier with what the draft changed since it began. Refuses: `FormCorrected`."""
    mine, present = leaves_of(draft.form_data, _FORM), leaves_of(dossier.form_data, _FORM)
    base: Leaves | None
    if draft.answers_form is not None:
        base = leaves_of(draft.answers_form, _FORM)
    else:
        base = base_of(mine, draft.history, 1, draft.forgotten)
    at = dossier.passages.order_by("-seq").values_list("at", flat=True).first()
    corrected = changes_of(base or {}, present, dossier.revision, at.isoformat() if at else "")
    merged = merge(base, mine, present, corrected, choices, shown)
    if merged.clashes:
        raise FormCorrected(revision=dossier.revision, clashes=merged.clashes)
    return merged


def _form_of(merged: Merged) -> dict[str, object]:
    return tree_of({path[len(_FORM) :]: value for path, value in merged.leaves.items()})


def _answers(items: Sequence[str], notes: Mapping[str, object], lines: Sequence[DraftPaper]) -> list[Answer]:
    return [
        Answer(
            item=item,
            note=str(notes.get(f"{ITEM}{n}", "")).strip(),
            files=tuple(line.filename for line in lines if line.component_key == f"{ITEM}{n}"),
        )
        for n, item in enumerate(items)
    ]


def _given(dossier: Dossier, answers: Sequence[Answer], line: DraftPaper) -> PaperGiven:
    """A file that answers an item goes to the line of the checklist the item names, else under the item's own words."""
    if not line.component_key.startswith(ITEM):
        return PaperGiven(
            component_key=line.component_key, electronic=1, paper_id=line.paper_id, reused=line.reused
        )
    number = line.component_key.removeprefix(ITEM)
    item = answers[int(number)].item if number.isdecimal() and int(number) < len(answers) else ""
    case = catalogue.version(dossier.version_id).case(dossier.case_key)
    named = {component.key: component.name for component in checklist_of(case, dossier.mandate)}
    key = component_named(item, named)
    return PaperGiven(component_key=key or "other", electronic=1, file_id=line.file_id, name=item[:200])
