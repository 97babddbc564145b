"""The answer to a request for more, as its page sees it: one card for each thing that was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from motcua.catalogue import queries as catalogue
from motcua.documents import queries as documents
from motcua.dossiers import queries as dossiers
from motcua.dossiers import services
from motcua.dossiers.errors import DraftSent, MoveImpossible
from motcua.dossiers.words import MOVES, StatutoryForm
from motcua.kernel.authority import Actor
from motcua.warehouse import queries as warehouse
from motcua.web.kit import forms
from motcua.web.portal import held, words
from motcua.web.portal.drafting import Drafting

#: Names of the boxes for words of the answer; no field of a form begins so.
NOTES = "_notes."
#: The words that belong to no item.
NOTE = "note"
_MOVE = gettext_lazy("Bổ sung hồ sơ")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for more: its reason, its items one by one, and until when."""

    seq: int
    reason: str
    items: tuple[str, ...]
    supply_by: date | None
    at: datetime
    by: str

    @property
    def is_listed(self) -> bool:
        """Whether the reason says more than the items."""
        return self.items != (self.reason.strip(),)


def is_asked(page: dossiers.DossierPage) -> bool:
    """Whether more may be given now."""
    return any(MOVES[move.key].gives_more for move in page.moves)


def asked(page: dossiers.DossierPage) -> Asked | None:
    """The last request for more."""
    for entry in reversed(page.timeline):
        if entry.form_code == StatutoryForm.SUPPLEMENT:
            return Asked(
                seq=entry.seq,
                reason=entry.reason,
                items=tuple(dossiers.items_of(entry.reason, entry.detail)),
                supply_by=_day(entry.detail.get("supply_by")),
                at=entry.at,
                by=entry.agency_name,
            )
    return None


def _day(text: object) -> date | None:
    """Requests of the time before they had a last day have none."""
    return date.fromisoformat(str(text)) if text else None


@dataclass(frozen=True, slots=True)
class Card:
    """One thing that was asked, and what is answered to it so far. `sent` are papers of that name the agency has already."""

    number: int
    item: str
    note: str
    files: tuple[Mapping[str, object], ...]
    sent: tuple[dossiers.PaperLine, ...]
    field: str
    file_field: str
    upload_url: str
    error: str = ""
    file_error: str = ""

    @property
    def is_answered(self) -> bool:
        return bool(self.note.strip() or self.files)


class Answering:
    """The actor's answer to the present request for more. Nothing is written before they type or attach something.

    Raises `DraftSent` once it was sent, `MoveImpossible` where nothing is asked.
    """

    draft: dossiers.Draft | None

    def __init__(self, actor: Actor, page: dossiers.DossierPage) -> None:
        request = asked(page)
        if request is None:
            raise MoveImpossible(move=_MOVE)
        self.actor, self.page, self.asked = actor, page, request
        self.read_again()
        if self.draft is not None and self.draft.dossier_id is not None:
            raise DraftSent(dossier_id=page.id)
        if not is_asked(page):
            raise MoveImpossible(move=_MOVE)

    def begin(self) -> dossiers.Draft:
        """The draft, begun where there is none. Raises what `begin_supplement` refuses."""
        if self.draft is None:
            self.draft = services.begin_supplement(actor=self.actor, dossier_id=self.page.id)
        return self.draft

    def read_again(self) -> None:
        """The draft as it is saved now."""
        self.draft = dossiers.supplement_draft(
            actor=self.actor, dossier_id=self.page.id, request_seq=self.asked.seq
        )

    @property
    def revision(self) -> int:
        """A draft begun later counts on from the dossier: what is typed on this page is made on it as it is now."""
        return self.draft.revision if self.draft else self.page.revision

    @property
    def form_data(self) -> Mapping[str, object]:
        return self.draft.form_data if self.draft else self.page.form_data

    @property
    def notes(self) -> Mapping[str, object]:
        return self.draft.notes if self.draft else {}

    @property
    def is_form_changed(self) -> bool:
        return self.form_data != self.page.form_data

    def drafting(self) -> Drafting:
        """As the pages of drafts see it: what an answer is called, and the page to choose between two contents."""
        return Drafting(self.begin(), catalogue.version(self.page.version_id), self.actor)

    def definition(self) -> forms.FormDefinition | None:
        """The form that was filled in, in the reader's language."""
        return (
            forms.read(self.page.form, "en" if words.in_english() else "vi")
            if self.page.form is not None
            else None
        )

    @cached_property
    def components(self) -> Sequence[catalogue.Component]:
        case = catalogue.version(self.page.version_id).case(self.page.case_key)
        return dossiers.checklist_of(case, self.page.mandate)

    @cached_property
    def offers(self) -> Mapping[str, documents.PaperView]:
        """Papers in force the applicant already has that are not in the dossier yet: nobody is asked for them twice.

        Only to those who act for the applicant; what somebody else has is not theirs to see (Decree 45/2020 art. 16).
        """
        if self.page.applicant.id not in self.actor.party_ids:
            return {}
        there = {line.paper_id for line in self.page.papers}
        found = warehouse.reusable(self.page.applicant.id, [c.kind_code for c in self.components])
        return {
            c.key: found[c.kind_code]
            for c in self.components
            if c.kind_code in found and found[c.kind_code].id not in there
        }

    def _unchecked(self) -> set[str]:
        """Ids of attached files nobody looked into for malware."""
        ids = [UUID(str(paper["file_id"])) for paper in self.papers() if paper["file_id"]]
        files = documents.usable_files(self.actor, ids) if ids else {}
        return {str(file_id) for file_id, file in files.items() if file.is_unchecked}

    def papers(self) -> Sequence[Mapping[str, object]]:
        return self.draft.papers if self.draft else ()

    def reused(self) -> list[str]:
        """Components for which a paper of the warehouse is taken."""
        return [str(paper["component_key"]) for paper in self.papers() if paper["paper_id"]]

    def offered(self) -> list[tuple[str, str, UUID, bool]]:
        """Component, the paper's name, its file, whether it is taken."""
        kinds = held.kind_names() if self.offers else {}
        taken = self.reused()
        return [
            (key, held.named(paper, kinds), paper.file.id, key in taken) for key, paper in self.offers.items()
        ]

    def cards(
        self, typed: Mapping[str, str] | None = None, faults: Mapping[str, str] | None = None
    ) -> list[Card]:
        """One for each item; `typed` are words on the page that are not saved."""
        notes = {**self.notes, **(typed or {})}
        named = {c.key: c.name for c in self.components}
        unchecked = self._unchecked()
        return [
            self._card(n, item, notes, named, faults or {}, unchecked)
            for n, item in enumerate(self.asked.items)
        ]

    def _card(
        self,
        number: int,
        item: str,
        notes: Mapping[str, object],
        named: Mapping[str, str],
        faults: Mapping[str, str],
        unchecked: set[str],
    ) -> Card:
        key = key_of(number)
        component = dossiers.component_named(item, named)
        field, file_field = f"{NOTES}{key}", f"file.{key}"
        return Card(
            number=number,
            item=item,
            note=str(notes.get(key, "")),
            files=tuple(
                {**paper, "is_unchecked": paper["file_id"] in unchecked}
                for paper in self.papers()
                if paper["component_key"] == key
            ),
            sent=tuple(line for line in self.page.papers if line.file_id and line.component_key == component),
            field=field,
            file_field=file_field,
            upload_url=reverse("portal:answer_upload", args=[self.page.id, number]),
            error=faults.get(field, ""),
            file_error=faults.get(file_field, ""),
        )


def key_of(number: int) -> str:
    """The line of the draft that answers this item."""
    return f"{services.ITEM}{number}"
