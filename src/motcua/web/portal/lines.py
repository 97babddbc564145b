"""A draft in one line of a list, and the lines of its checklist as the intake takes them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries as dossiers
from motcua.dossiers import services
from motcua.web.kit import forms
from motcua.web.portal import mandate

_NAMES = frozenset({"person-name", "organisation-name", "name"})


def about(draft: dossiers.Draft, version: catalogue.VersionSnapshot) -> str:
    """What tells this draft from others of the same procedure: for whom it is, else the first name typed into it."""
    named = mandate.person_of(draft.mandate)
    if named:
        return str(named["full_name"])
    for asked in forms.read(version.form).fields() if version.form else ():
        value = forms.value_at(draft.form_data, asked.path)
        if asked.format in _NAMES and isinstance(value, str) and not asked.prefill and value:
            return value
    return ""


def paper_given(paper: Mapping[str, Any]) -> services.PaperGiven:
    """A line of the draft's checklist as the intake takes it."""
    file_id, paper_id = paper.get("file_id"), paper.get("paper_id")
    return services.PaperGiven(
        component_key=str(paper["component_key"]),
        electronic=1 if file_id or paper_id else 0,
        is_presented=bool(paper.get("is_presented")),
        file_id=UUID(str(file_id)) if file_id and not paper_id else None,
        paper_id=UUID(str(paper_id)) if paper_id else None,
        reused=int(paper.get("reused", 0)),
    )
