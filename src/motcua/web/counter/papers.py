"""Lines of the checklist as they are filled in at the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext

from motcua.catalogue.queries import Component
from motcua.documents import queries as documents
from motcua.documents.queries import FileView, PaperView
from motcua.dossiers.errors import SupplyDayWrong
from motcua.dossiers.services import PaperGiven
from motcua.kernel.authority import Actor
from motcua.kernel.errors import OutOfScope
from motcua.warehouse import queries as warehouse
from motcua.web.kit.officers.addresses import uuid_or_none

_MOST = 99
#: Stands for the line chosen when the page is sent, in the field of the paper in hand.
IN_HAND = "hand"
#: Taken from a warehouse; the intake sees by itself whether it is the result of another dossier.
_REUSED = 2


@dataclass(slots=True)
class PaperLine:
    """One component of the checklist with what lies on the desk for it."""

    component: Component
    originals: str = ""
    copies: str = ""
    photocopies: str = ""
    electronic: str = ""
    is_presented: bool = False
    exemption: str = ""
    file: FileView | None = None
    #: Further files of the same line, each a row of its own.
    more: list[FileView] = field(default_factory=list)
    is_missing: bool = False
    #: A paper in force in the applicant's warehouse, offered before anything is asked for; `taken_id` once it is taken.
    offer: PaperView | None = None
    taken_id: UUID | None = None

    @property
    def key(self) -> str:
        return self.component.key

    @property
    def is_reused(self) -> bool:
        return self.offer is not None and self.offer.id == self.taken_id

    def given(self) -> PaperGiven | None:
        """The line as the intake takes it; None where nothing was brought."""
        typed = (self.originals, self.copies, self.electronic, self.photocopies)
        counts = [count_of(text) for text in typed]
        reused = self.offer if self.is_reused else None
        electronic = counts[2] or (1 if self.file or reused else 0)
        if not (any(counts) or self.file or reused or self.is_presented or self.exemption):
            return None
        return PaperGiven(
            component_key=self.key,
            originals=counts[0],
            copies=counts[1],
            photocopies=counts[3],
            electronic=electronic,
            is_presented=self.is_presented,
            exemption=self.exemption,
            file_id=self.file.id if self.file else None,
            paper_id=reused.id if reused else None,
            reused=_REUSED if reused else 0,
        )

    def put(self, file: FileView) -> None:
        """Lay a file on the line, beside those that are there; the same one again changes nothing."""
        if self.file is None:
            self.file = file
        elif file.id not in {one.id for one in (self.file, *self.more)}:
            self.more.append(file)

    def take_off(self, file_id: UUID | None) -> None:
        """Take this file off the line; the next one stands in its place."""
        left = [one for one in (self.file, *self.more) if one is not None and one.id != file_id]
        self.file, self.more = (left[0] if left else None), left[1:]

    def further(self) -> list[PaperGiven]:
        """The other files, as the intake takes them: each electronic, counted with nothing else."""
        return [PaperGiven(component_key=self.key, electronic=1, file_id=file.id) for file in self.more]

    def offer_words(self) -> str:
        """`Giấy chứng nhận kết hôn số 12/2020 · UBND xã An Bình`; the number of a result is already in its symbol."""
        if self.offer is None:
            return ""
        title = self.offer.title or self.component.name
        number = self.offer.symbol or self.offer.number
        said = gettext("%(title)s số %(number)s") % {"title": title, "number": number} if number else title
        return " · ".join(part for part in (said, self.offer.issuer) if part)

    def wanted(self) -> str:
        """What the procedure asks for, in words."""
        if self.component.is_shown_only:
            return gettext("xuất trình")
        asked = [
            (self.component.originals, gettext("%(n)s bản chính")),
            (self.component.copies, gettext("%(n)s bản sao")),
            (self.component.electronic, gettext("%(n)s bản điện tử")),
        ]
        return ", ".join(words % {"n": n} for n, words in asked if n)


def declared_line(component: Component, said: Mapping[str, object], *, is_missing: bool) -> PaperLine:
    """A line filled in as the person declared it online; true only once the desk has confirmed it."""
    return PaperLine(
        component,
        originals=str(said.get("originals", "")),
        copies=str(said.get("copies", "")),
        is_presented=bool(said.get("is_presented")),
        exemption=str(said.get("exemption", "")),
        is_missing=is_missing,
    )


def read_lines(lines: Sequence[PaperLine], post: QueryDict, actor: Actor) -> None:
    """What was ticked, counted and scanned for each component (`p.<component>.originals` …), and files that came in pieces."""
    arrived = kept_files(post, actor)
    for line in lines:
        at = f"p.{line.key}."
        line.originals, line.copies = text_of(post, f"{at}originals"), text_of(post, f"{at}copies")
        line.photocopies = text_of(post, f"{at}photocopies")
        line.electronic = text_of(post, f"{at}electronic")
        line.is_presented = bool(post.get(f"{at}presented"))
        line.exemption = text_of(post, f"{at}exemption")
        line.taken_id = uuid_or_none(post.get(f"{at}paper"))
        for text in (post.get(f"{at}file"), *post.getlist(f"{at}more")):
            file_id = uuid_or_none(text)
            file = _own_file(actor, file_id) if file_id is not None else None
            if file is not None:
                line.put(file)
        for file in arrived.get(line.key, ()):
            line.put(file)


def kept_files(post: QueryDict, actor: Actor) -> dict[str, list[FileView]]:
    """Files that came in pieces while the page was open (`kept` = `<line>:<file id>:<name>`), by line."""
    found: dict[str, list[FileView]] = {}
    for text in post.getlist("kept"):
        key, _, rest = text.partition(":")
        file_id = uuid_or_none(rest.partition(":")[0])
        file = _own_file(actor, file_id) if file_id is not None else None
        if file is not None:
            found.setdefault(key, []).append(file)
    return found


def lay_papers(lines: Sequence[PaperLine], kept: Sequence[Mapping[str, Any]], actor: Actor) -> None:
    """What was brought the time before, from the slip that was given."""
    brought = {str(one["component_key"]): one for one in kept}
    for line in lines:
        one = brought.get(line.key)
        if one is None:
            continue
        line.originals, line.copies = _typed(one, "originals"), _typed(one, "copies")
        line.photocopies, line.electronic = _typed(one, "photocopies"), _typed(one, "electronic")
        line.is_presented, line.exemption = bool(one["is_presented"]), str(one["exemption"])
        line.taken_id = uuid_or_none(one["paper_id"])
        file_id = uuid_or_none(one["file_id"])
        line.file = _own_file(actor, file_id) if file_id else None


def _typed(kept: Mapping[str, object], name: str) -> str:
    return str(kept[name] or "")


def offer_held(lines: Sequence[PaperLine], party_id: UUID) -> None:
    """Lay beside each line what the administration already holds of this person (Decree 45/2020 art. 16)."""
    held = warehouse.reusable(party_id, [line.component.kind_code for line in lines])
    for line in lines:
        line.offer = held.get(line.component.kind_code)


def given(lines: Sequence[PaperLine]) -> list[PaperGiven]:
    """The lines on which something was brought."""
    found = (one for line in lines for one in (line.given(), *line.further()))
    return [one for one in found if one is not None]


def text_of(post: Mapping[str, Any], name: str) -> str:
    """A posted text without its edges."""
    return str(post.get(name) or "").strip()


def day_of(post: Mapping[str, object], name: str) -> date | None:
    """A posted day. Refuses: `SupplyDayWrong` for what is no day; None where nothing was typed."""
    return read_day(text_of(post, name))


def read_day(text: str) -> date | None:
    """A typed day; None for nothing. Refuses: `SupplyDayWrong` for what is no day."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SupplyDayWrong from None


def count_of(text: str) -> int:
    """A small number as typed; anything else is none."""
    return min(int(text[:9]), _MOST) if text.isdecimal() else 0


def _own_file(actor: Actor, file_id: UUID) -> FileView | None:
    try:
        return documents.file_for(actor, file_id)
    except OutOfScope:
        return None
