"""Where in a draft somebody is: its parts beside the page, and whom to ask at the place it goes to."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from motcua.directory import queries as directory
from motcua.web.portal import places
from motcua.web.portal.drafting import Drafting


@dataclass(frozen=True, slots=True)
class Step:
    """A part in the list beside the page; without `url` it cannot be opened yet, without `number` it comes last."""

    number: int
    label: str
    url: str
    is_done: bool
    is_here: bool
    said: str


@dataclass(frozen=True, slots=True)
class Way:
    """All parts; `number` is the one on the page, 0 where the page is none of them."""

    number: int
    total: int
    parts: tuple[Step, ...]


def beside(drafting: Drafting, view: str) -> dict[str, Any]:
    """What the pages of a draft show beside: `way` and `desk`."""
    receiving = drafting.draft.receiving_id
    return {
        "way": _way(drafting, view),
        "desk": places.desk_of(directory.agency(receiving)) if receiving else None,
    }


def _way(drafting: Drafting, view: str) -> Way:
    parts, at = drafting.parts(), drafting.draft.id
    done = gettext("Xong")
    steps = [
        Step(
            number,
            part.label,
            reverse(f"portal:{part.view}", args=[at]),
            part.is_done,
            part.view == view,
            done if part.is_done else "",
        )
        for number, part in enumerate(parts, 1)
    ]
    is_ready = all(part.is_done for part in parts)
    url = reverse("portal:review", args=[at]) if is_ready else ""
    last = Step(0, gettext("Xem lại và gửi"), url, False, view == "review", "")
    here = next((step.number for step in steps if step.is_here), 0)
    return Way(here, len(parts), (*steps, last))
