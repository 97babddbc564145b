"""An act as a form: fields, parsing, the service that does it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext

from motcua.documents import services as custody
from motcua.dossiers.queries import DossierPage
from motcua.kernel.authority import Actor
from motcua.web.kit.officers.addresses import uuid_or_none


@dataclass(slots=True)
class Attempt:
    """One posted act: what was typed, and what is wrong with it. A fault stops the act before any service is called."""

    request: HttpRequest
    actor: Actor
    page: DossierPage
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def seen(self) -> int | None:
        """The revision the officer decided on."""
        text = self.text("seen")
        return int(text) if text.isdecimal() and len(text) < 10 else None

    def text(self, name: str) -> str:
        return str(self.request.POST.get(name) or "").strip()

    def reason(self, name: str = "reason") -> str:
        """A reason is refused here already when empty, beside its field."""
        words = self.text(name)
        if not words:
            self.faults[name] = gettext("Ghi rõ lý do; người nộp hồ sơ hoặc người làm tiếp sẽ đọc được.")
        return words

    def chosen(self, name: str, message: str) -> UUID | None:
        found = uuid_or_none(self.text(name))
        if found is None:
            self.faults[name] = message
        return found

    def day(self, name: str) -> date | None:
        """A day typed in three boxes."""
        typed = [self.text(f"{name}.{part}") for part in "ymd"]
        try:
            return date(*(int(part[:4]) for part in typed))
        except ValueError:
            self.faults[name] = gettext("Nhập ngày, tháng và năm đủ bốn chữ số.")
            return None

    def typed_day(self, name: str) -> dict[str, str]:
        return {part: self.text(f"{name}.{part}") for part in "dmy"}

    def kept_file(self, name: str) -> UUID | None:
        """An uploaded file, kept; None when the field is empty."""
        upload = self.request.FILES.get(name)
        if not isinstance(upload, UploadedFile) or self.faults:
            return None
        return custody.keep_file(
            actor=self.actor,
            stream=upload,
            filename=str(upload.name),
            owner_party_id=self.page.applicant.id,
        ).id


@dataclass(frozen=True, slots=True)
class ActForm:
    """`perform` calls one service and returns the sentence shown afterwards; `offer` gives the template its choices.

    The page is titled by the name of the move; `button` only where the button says it otherwise.
    """

    perform: Callable[[Attempt], Promise | str]
    fields: str = ""
    button: Promise | str = ""
    lead: Promise | str = ""
    kind: str = ""
    offer: Callable[[Actor, DossierPage], Mapping[str, Any]] = lambda actor, page: {}
