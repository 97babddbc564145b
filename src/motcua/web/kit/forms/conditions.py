"""Whether a question is asked, given the answers so far. The same conditions run in the browser (assets/js/conditions.js).

A condition is `{"path", "equals"}`, `{"path", "in": [...]}`, `{"path"}` (answered at all), or `{"all"|"any": [...]}`,
`{"not": ...}` of conditions.
"""

from collections.abc import Mapping
from typing import Any

from motcua.web.kit.forms.paths import value_at


def holds(condition: Mapping[str, Any] | None, data: Mapping[str, Any]) -> bool:
    """True when the condition holds for the data; no condition always holds."""
    if not condition:
        return True
    if "all" in condition:
        return all(holds(part, data) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, data) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], data)
    answer = value_at(data, condition["path"])
    answers = answer if isinstance(answer, list) else [answer]
    if "equals" in condition:
        return condition["equals"] in answers
    if "in" in condition:
        return any(one in condition["in"] for one in answers)
    return answer not in (None, "", [], {})


def wire(condition: Mapping[str, Any]) -> dict[str, Any]:
    """The condition with its values written the way form fields post them (`true` for a yes)."""
    if "all" in condition or "any" in condition:
        word = "all" if "all" in condition else "any"
        return {word: [wire(part) for part in condition[word]]}
    if "not" in condition:
        return {"not": wire(condition["not"])}
    written = dict(condition)
    if "equals" in written:
        written["equals"] = posted(written["equals"])
    if "in" in written:
        written["in"] = [posted(one) for one in written["in"]]
    return written


def posted(value: object) -> str:
    """A value as a form field carries it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
