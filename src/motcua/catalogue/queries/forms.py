"""E-forms for the faces and the intake: validate, prefill, and check that a draft belongs to this form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.catalogue.errors import FormOutdated
from motcua.catalogue.queries.lists import LISTS
from motcua.catalogue.rules.forms import checking
from motcua.catalogue.rules.forms.applicants import Applying, applicant_fault
from motcua.catalogue.rules.forms.checking import FilledForm
from motcua.catalogue.rules.types import Form, FormFault
from motcua.kernel import clock


def fill_form(form: Form, data: Mapping[str, Any], *, today: date | None = None) -> FilledForm:
    """Normalises what was typed (dates day-first, grouped numbers), drops what is hidden, validates.

    Keep `FilledForm.data`; show `FilledForm.faults` (JSON pointer, Vietnamese sentence, kind and params).
    """
    return checking.fill(form, data, today=today or clock.today(), lists=LISTS)


def validate_form(
    form: Form, data: Mapping[str, object], *, today: date | None = None
) -> tuple[FormFault, ...]:
    """What is wrong with the data, in the order of the form; empty when it may be submitted."""
    return fill_form(form, data, today=today).faults


def require_form(form: Form, digest: str) -> None:
    """Refuses (FormOutdated) data that was filled into another version of the form."""
    if form.digest != digest:
        raise FormOutdated


def who_may_not(form: Form, who: Applying, *, today: date | None = None) -> FormFault | None:
    """Why somebody may not apply by this form (their age, a person or an organisation, a guardian), or None."""
    return applicant_fault(form, who, today=today or clock.today())
