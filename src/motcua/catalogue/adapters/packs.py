"""The packs of procedures that come with the system."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from motcua.catalogue.rules.pack import PackEntry, read_entry


def demo_entries() -> tuple[PackEntry, ...]:
    """The procedures of the demo pack, by code. Refuses: ContentInvalid."""
    forms = {file.name.removesuffix(".json"): _read(file) for file in _files("forms")}
    values = [value for file in _files("procedures") for value in _read(file)]
    entries = [read_entry(value, forms=forms, origin="demo") for value in values]
    return tuple(sorted(entries, key=lambda entry: entry.content.code))


def demo_paper_kinds() -> tuple[dict[str, Any], ...]:
    return tuple(_read(_folder() / "paper_kinds.json"))


def everyday_entries() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Everyday phrases with the official words they stand for, as they come with the system.

    One line an entry: the phrase, a tab, official phrases parted by `|`; lines that begin with # are headings.
    """
    text = (files("motcua.catalogue") / "packs" / "everyday_words.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((phrase, tuple(part.strip() for part in official.split("|"))) for phrase, official in lines)


@cache
def _folder() -> Traversable:
    return files("motcua.catalogue") / "packs" / "demo"


def _files(name: str) -> list[Traversable]:
    return sorted(
        (file for file in (_folder() / name).iterdir() if file.name.endswith(".json")), key=lambda f: f.name
    )


def _read(file: Traversable) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))
