"""Filling in what the administration already knows, and locking what comes from an authoritative source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.catalogue.rules.forms.layout import split
from motcua.catalogue.rules.types import Form


def prefilled(form: Form, sources: Mapping[str, Any]) -> dict[str, Any]:
    """The data of an untouched form: every field whose `prefill` source has a value. Repeated sections stay empty, and so
    does what a source fills only on a condition.
    """
    data: dict[str, Any] = {}
    for section in form.ui.get("sections", ()):
        if section.get("repeat"):
            continue
        for field in section.get("fields", ()):
            value = sources.get(field.get("prefill", ""))
            if value not in (None, "") and "prefill_if" not in field:
                *parents, last = split(field["path"])
                here = data
                for name in parents:
                    here = here.setdefault(name, {})
                here[last] = value
    return data


def locked_paths(form: Form, sources: Mapping[str, Any]) -> frozenset[str]:
    """Dotted paths of fields not to be changed by hand, because an authoritative source gave their value."""
    return frozenset(
        field["path"]
        for section in form.ui.get("sections", ())
        if not section.get("repeat")
        for field in section.get("fields", ())
        if field.get("locked") and sources.get(field.get("prefill", "")) not in (None, "")
    )
