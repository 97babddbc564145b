"""What a request for more asks, item by item, and what was answered to each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_SPACES = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one item: words, files (by name), or nothing yet."""

    item: str
    note: str = ""
    files: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return not (self.note or self.files)

    @property
    def said(self) -> str:
        """`Hợp đồng thuê nhà: trang 3 ở tệp trang-3.jpg`, as the agency reads it."""
        return f"{self.item}: {'; '.join(part for part in (self.note, ', '.join(self.files)) if part)}"


def items_of(reason: str, detail: Mapping[str, Any]) -> list[str]:
    """The things asked for, one by one; a request without a list asks for what its reason says."""
    items = [str(item).strip() for item in detail.get("items", ()) if str(item).strip()]
    return items or [reason.strip()]


def component_named(item: str, components: Mapping[str, str]) -> str | None:
    """The line of the checklist whose name stands in the item (the longest one), if any does."""
    words = f" {_plain(item)} "
    named = {key: _plain(name) for key, name in components.items()}
    found = [key for key, name in named.items() if name and f" {name} " in words]
    return max(found, key=lambda key: len(named[key]), default=None)


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text.casefold()).strip()
