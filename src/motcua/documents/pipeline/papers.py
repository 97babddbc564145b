"""Step 5, splitting and extracting: which pages are one paper, of which kind, and what is written in it."""

from collections.abc import Iterable
from typing import Any

from motcua.documents.rules.digitization.pages import PageResult


def papers_of(pages: Iterable[PageResult]) -> list[dict[str, Any]]:
    """As plain values for the record's JSON."""
    return []
