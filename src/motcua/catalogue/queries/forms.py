"""E-forms for the faces and the intake: validate, prefill, and check that a draft belongs to this form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.catalogue.errors import FormOutdated
from motcua.catalogue.rules.forms import checking
from motcua.catalogue.rules.forms.checking import FilledForm
from motcua.catalogue.rules.types import Form, FormFault
from motcua.kernel import clock


def fill_form(form: Form, data: Mapping[str, Any], *, today: date | None = None) -> FilledForm:
    """Normalises what was typed (dates day-first, grouped numbers), drops what is hidden, validates.

    Keep `FilledForm.data`; show `FilledForm.faults` (JSON pointer, Vietnamese sentence, kind and params).
    """
    return checking.fill(form, data, today=today or clock.today())


def validate_form(form: Form, data: Mapping[str, Any], *, today: date | None = None) -> tuple[FormFault, ...]:
    """What is wrong with the data, in the order of the form; empty when it may be submitted."""
    return fill_form(form, data, today=today).faults


def require_form(form: Form, digest: str) -> None:
    """Refuses (FormOutdated) data that was filled into another version of the form."""
    if form.digest != digest:
        raise FormOutdated
