"""Lines of the checklist as they are filled in at the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from motcua.catalogue.queries import Component
from motcua.documents import queries as documents
from motcua.documents.queries import FileView
from motcua.dossiers.services import PaperGiven
from motcua.kernel.authority import Actor
from motcua.kernel.errors import OutOfScope
from motcua.web.kit.officers.addresses import uuid_or_none

_MOST = 99


@dataclass(slots=True)
class PaperLine:
    """One component of the checklist with what lies on the desk for it."""

    component: Component
    originals: str = ""
    copies: str = ""
    electronic: str = ""
    is_presented: bool = False
    exemption: str = ""
    file: FileView | None = None
    is_missing: bool = False

    @property
    def key(self) -> str:
        return self.component.key

    def given(self) -> PaperGiven | None:
        """The line as the intake takes it; None where nothing was brought."""
        counts = [count_of(text) for text in (self.originals, self.copies, self.electronic)]
        electronic = counts[2] or (1 if self.file else 0)
        if not (any(counts) or self.file or self.is_presented or self.exemption):
            return None
        return PaperGiven(
            component_key=self.key,
            originals=counts[0],
            copies=counts[1],
            electronic=electronic,
            is_presented=self.is_presented,
            exemption=self.exemption,
            file_id=self.file.id if self.file else None,
        )

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


def read_lines(lines: Sequence[PaperLine], post: Mapping[str, Any], actor: Actor) -> None:
    """What was ticked, counted and scanned for each component (`p.<component>.originals` …)."""
    for line in lines:
        at = f"p.{line.key}."
        line.originals, line.copies = text_of(post, f"{at}originals"), text_of(post, f"{at}copies")
        line.electronic = text_of(post, f"{at}electronic")
        line.is_presented = bool(post.get(f"{at}presented"))
        line.exemption = text_of(post, f"{at}exemption")
        file_id = uuid_or_none(post.get(f"{at}file"))
        if file_id is not None:
            line.file = _own_file(actor, file_id)


def given(lines: Sequence[PaperLine]) -> list[PaperGiven]:
    """The lines on which something was brought."""
    found = (line.given() for line in lines)
    return [one for one in found if one is not None]


def text_of(post: Mapping[str, Any], name: str) -> str:
    """A posted text without its edges."""
    return str(post.get(name) or "").strip()


def count_of(text: str) -> int:
    """A small number as typed; anything else is none."""
    return min(int(text[:9]), _MOST) if text.isdecimal() else 0


def _own_file(actor: Actor, file_id: UUID) -> FileView | None:
    try:
        return documents.file_for(actor, file_id)
    except OutOfScope:
        return None
