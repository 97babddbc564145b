"""Papers of a draft: each is a row of its own, so that several arriving at once are all there afterwards."""

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum

from motcua.documents import queries as documents
from motcua.documents import services as custody
from motcua.dossiers.errors import DraftFilesFull, DraftFull
from motcua.dossiers.models import Draft, DraftPaper
from motcua.dossiers.services.drafts import lock_draft
from motcua.kernel import clock
from motcua.kernel.authority import Actor, in_scope
from motcua.kernel.errors import OutOfScope
from motcua.warehouse import queries as warehouse

#: Papers one draft carries.
MOST_PAPERS = 100
#: Line of pictures that were bound to a paper: this, the paper's file, a colon, the line they came from.
BOUND = "bound-"
_FROM_RESULT, _FROM_WAREHOUSE = 3, 2


@transaction.atomic
def add_draft_file(*, actor: Actor, draft_id: UUID, component_key: str, file_id: UUID) -> None:
    """Put a file the actor kept on a line of their draft. The same file on the same line again changes nothing.

    Refuses: `OutOfScope` (draft or file of somebody else), `DraftSent`, `DraftFull`, `DraftFilesFull`.
    """
    draft = lock_draft(actor, draft_id)
    file = documents.file_for(actor, file_id)
    _add(
        draft,
        DraftPaper(component_key=component_key, file_id=file.id, filename=file.filename, size=file.size),
    )


@transaction.atomic
def add_draft_paper(*, actor: Actor, draft_id: UUID, component_key: str, paper_id: UUID, name: str) -> None:
    """Put a paper of the warehouse on a line, by reference. Refuses as `add_draft_file` does."""
    draft = lock_draft(actor, draft_id)
    paper = in_scope(warehouse.held([paper_id], actor.party_ids).get(paper_id))
    is_result = paper.source is documents.PaperSource.RESULT
    _add(
        draft,
        DraftPaper(
            component_key=component_key,
            paper_id=paper.id,
            file_id=paper.file.id,
            filename=name,
            size=paper.file.size,
            reused=_FROM_RESULT if is_result else _FROM_WAREHOUSE,
        ),
    )


def bind_draft_pictures(*, actor: Actor, draft_id: UUID, component_key: str, name: str) -> None:
    """Make one paper called `name` of the pictures on this line of an application, in the order they came. They stay with
    the draft beside it, are not sent, and stand on the line again once the paper is taken off.

    Refuses: `PicturesNotBound`, `OutOfScope` (also an answer to a request for more), `DraftSent`, `DraftFilesFull`,
    `DraftFull`, and what keeping a file refuses.
    """
    if actor.account_id is None:
        raise OutOfScope
    draft = in_scope(Draft.objects.filter(pk=draft_id, owner_id=actor.account_id, answers_id=None).first())
    lines = DraftPaper.objects.filter(
        draft=draft, component_key=component_key, paper_id=None, file_id__isnull=False
    )
    ids = [line.file_id for line in lines if line.file_id is not None]
    there = documents.usable_files(actor, ids)
    pictures = [file_id for file_id in ids if file_id in there and there[file_id].is_picture]
    check_draft_room(actor=actor, size=0, draft_id=draft_id)
    bound = custody.bind_pictures(actor=actor, file_ids=pictures, filename=name)
    with transaction.atomic():
        draft = lock_draft(actor, draft_id)
        _add(
            draft,
            DraftPaper(
                component_key=component_key, file_id=bound.id, filename=bound.filename, size=bound.size
            ),
        )
        lines.filter(file_id__in=pictures).update(component_key=f"{BOUND}{bound.id}:{component_key}")


@transaction.atomic
def remove_draft_paper(*, actor: Actor, draft_id: UUID, file_id: UUID) -> None:
    """Take a file or paper off the draft; pictures it was made of stand in its place again. Taking it off again changes
    nothing. Refuses: `OutOfScope`, `DraftSent`.
    """
    draft = lock_draft(actor, draft_id)
    gone, _ = DraftPaper.objects.filter(draft=draft, file_id=file_id).delete()
    for picture in DraftPaper.objects.filter(draft=draft, component_key__startswith=f"{BOUND}{file_id}:"):
        picture.component_key = picture.component_key.removeprefix(f"{BOUND}{file_id}:")
        picture.save(update_fields=["component_key"])
    if gone:
        _touch(draft)


@transaction.atomic
def promise_papers(
    *, actor: Actor, draft_id: UUID, asked: Collection[str], promised: Collection[str]
) -> None:
    """Of the lines asked about, those in `promised` will be shown at the desk and the others will not.

    Refuses: `OutOfScope`, `DraftSent`.
    """
    draft = lock_draft(actor, draft_id)
    lines = DraftPaper.objects.filter(draft=draft, is_presented=True, component_key__in=asked)
    there = set(lines.values_list("component_key", flat=True))
    wanted = set(promised) & set(asked)
    if there == wanted:
        return
    lines.exclude(component_key__in=wanted).delete()
    for key in sorted(wanted - there):
        DraftPaper.objects.create(draft=draft, component_key=key, is_presented=True, added_at=clock.now())
    _touch(draft)


@transaction.atomic
def drop_warehouse_papers(*, actor: Actor, draft_id: UUID) -> None:
    """Papers taken from one person's warehouse do not follow the draft into another name. Refuses: `OutOfScope`."""
    draft = lock_draft(actor, draft_id)
    gone, _ = DraftPaper.objects.filter(draft=draft, paper_id__isnull=False).delete()
    if gone:
        _touch(draft)


def check_draft_room(*, actor: Actor, size: int, draft_id: UUID | None = None) -> None:
    """Whether a file of so many bytes still fits beside those of the actor's unsent drafts, and on this draft where one is
    begun; asked before it is sent or kept, so that nothing is kept that stands nowhere.

    Refuses: `DraftFilesFull` (setting `MOTCUA_DRAFT_FILES_PER_PERSON`), `DraftFull`.
    """
    if actor.account_id is None:
        return
    _check_room(actor.account_id, size)
    if draft_id is not None:
        _check_count(DraftPaper.objects.filter(draft=draft_id, draft__owner_id=actor.account_id).count())


def _check_room(owner_id: UUID, size: int) -> None:
    """Papers of the warehouse are only pointed to and take no room."""
    unsent = DraftPaper.objects.filter(draft__owner_id=owner_id, draft__dossier_id=None, paper_id=None)
    taken = unsent.aggregate(taken=Sum("size"))["taken"] or 0
    if taken + size > settings.MOTCUA_DRAFT_FILES_PER_PERSON:
        raise DraftFilesFull(largest=documents.readable_size(settings.MOTCUA_DRAFT_FILES_PER_PERSON))


def _check_count(there: int) -> None:
    if there >= MOST_PAPERS:
        raise DraftFull(most=MOST_PAPERS)


def _add(draft: Draft, line: DraftPaper) -> None:
    lines = DraftPaper.objects.filter(draft=draft)
    if lines.filter(component_key=line.component_key, file_id=line.file_id).exists():
        return
    _check_count(lines.count())
    if line.paper_id is None:
        _check_room(draft.owner_id, line.size)
    line.draft, line.added_at = draft, clock.now()
    line.save(force_insert=True)
    _touch(draft)


def _touch(draft: Draft) -> None:
    Draft.objects.filter(pk=draft.pk).update(revision=F("revision") + 1, saved_at=clock.now())
