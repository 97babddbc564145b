"""Who may apply by a form: `{"applicants": {"kinds": ["person"], "age": {"min": 16}, "by_guardian": true, "message": …,
"message_en": …}}` in its UI schema. With `by_guardian`, whoever is outside the age is represented by somebody else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.catalogue.rules.forms.relations import broken
from motcua.catalogue.rules.types import Form, FormFault
from motcua.kernel.values import PartialDate

WORDS = frozenset({"kinds", "age", "by_guardian", "message", "message_en"})
KINDS = frozenset({"person", "organisation"})


@dataclass(frozen=True, slots=True)
class Applying:
    """What is known of whoever asks: `kind` person or organisation; somebody else may hand in for them."""

    kind: str
    born: PartialDate | None = None
    is_represented: bool = False


def applicant_fault(form: Form, who: Applying, *, today: date) -> FormFault | None:
    """Why this one may not apply by this form, or None. Somebody whose age nobody knows is let pass: the officer sees."""
    rule: Mapping[str, Any] = form.ui.get("applicants") or {}
    if not rule:
        return None
    kinds = rule.get("kinds") or sorted(KINDS)
    is_refused = who.kind not in kinds
    if not is_refused and rule.get("age") and who.born is not None:
        relation = {"age": "born", **rule["age"]}
        is_refused = broken(relation, {"born": str(who.born)}, today) is not None
        is_refused = is_refused and not (rule.get("by_guardian") and who.is_represented)
    if not is_refused:
        return None
    return FormFault("", rule["message"], "applicant", {"said_en": rule.get("message_en") or rule["message"]})
