"""The answer to a request for more, as a draft: autosaved, its files kept, one answer for each thing that was asked."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction

from motcua.catalogue import queries as catalogue
from motcua.dossiers.errors import AnswersMissing, MoveImpossible
from motcua.dossiers.models import Dossier, Draft, DraftPaper, Passage
from motcua.dossiers.queries import drafts as views
from motcua.dossiers.queries.checklist import checklist_of
from motcua.dossiers.rules.answers import Answer, component_named, items_of
from motcua.dossiers.rules.lifecycle import moves_from
from motcua.dossiers.services.declared import PaperGiven
from motcua.dossiers.services.drafts import close_draft, lock_draft, new_row
from motcua.dossiers.services.move import Moved, lock_dossier
from motcua.dossiers.services.supplement import give_supplement
from motcua.dossiers.words import MOVES, MoveKey, State, StatutoryForm
from motcua.kernel.authority import Actor
from motcua.kernel.errors import PermissionRefused

#: Line of a draft that answers item number N of the request.
ITEM = "item-"


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
        row.form_data = dossier.form_data
        row.answers_id, row.answers_revision = dossier_id, request.seq
        row.save()
    return views.draft_view(row)


@transaction.atomic
def send_supplement(*, actor: Actor, draft_id: UUID, seen: int) -> Moved:
    """Send the whole answer at once, tied item by item to what was asked; the draft is closed by it.

    Every item has words, a file or a correction of the form; who lacks a paper says so in words.
    Refuses: `AnswersMissing` with the numbers of the open ones, `DraftConflict` (changed since `seen`), `MoveImpossible`
    (another request or decision came between), and what `give_supplement` refuses.
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
    is_changed = draft.form_data != dossier.form_data
    reused = [line for line in lines if not line.component_key.startswith(ITEM)]
    open_ones = [n for n, answer in enumerate(answers) if answer.is_open]
    if open_ones and not (is_changed or reused):
        raise AnswersMissing(count=len(open_ones), items=open_ones)
    result = give_supplement(
        actor=actor,
        dossier_id=dossier.id,
        papers=[_given(dossier, answers, line) for line in lines],
        form_data=draft.form_data if is_changed else None,
        note=str(draft.notes.get("note", "")),
        answers=answers,
    )
    close_draft(actor, draft_id, seen, dossier.id)
    return result


def asked_of(dossier: Dossier) -> Passage:
    """The request that waits for an answer. Refuses: `MoveImpossible` where none does."""
    if not any(move.gives_more for move in moves_from(State(dossier.state))):
        raise MoveImpossible(move=MOVES[MoveKey.SUPPLY].name)
    asked = Passage.objects.filter(dossier_id=dossier.id, form_code=StatutoryForm.SUPPLEMENT)
    request = asked.order_by("-seq").first()
    if request is None:
        raise MoveImpossible(move=MOVES[MoveKey.SUPPLY].name)
    return request


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
