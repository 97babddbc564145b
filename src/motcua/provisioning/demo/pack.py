"""The packs of procedures that come with the system."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from motcua.catalogue.rules.forms.composing import example_of
from motcua.provisioning.demo.entries import PackEntry, read_entry


def demo_entries() -> tuple[PackEntry, ...]:
    """The procedures of the demo pack, by code. Refuses: ContentInvalid."""
    forms = _forms()
    entries = [read_entry(value, forms=forms, origin="demo") for value in _procedures()]
    return tuple(sorted(entries, key=lambda entry: entry.content.code))


def demo_answers() -> dict[str, dict[str, Any]]:
    """What somebody might answer in the form of each procedure of the pack, by the code of the procedure."""
    forms = _forms()
    return {value["code"]: example_of(forms[value["form"]]) for value in _procedures() if value.get("form")}


def demo_paper_kinds() -> tuple[dict[str, Any], ...]:
    return tuple(_read(_folder() / "paper_kinds.json"))


def _forms() -> dict[str, Any]:
    return {file.name.removesuffix(".json"): _read(file) for file in _files("forms")}


def _procedures() -> list[Any]:
    return [value for file in _files("procedures") for value in _read(file)]


@cache
def _folder() -> Traversable:
    return files("motcua.provisioning") / "packs" / "demo"


def _files(name: str) -> list[Traversable]:
    return sorted(
        (file for file in (_folder() / name).iterdir() if file.name.endswith(".json")), key=lambda f: f.name
    )


def _read(file: Traversable) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))
