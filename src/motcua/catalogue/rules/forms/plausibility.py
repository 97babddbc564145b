"""Whether what a form says of its own answers and applicants can be judged: part of the check at publication."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from motcua.catalogue.rules.forms.applicants import KINDS as APPLICANT_KINDS
from motcua.catalogue.rules.forms.applicants import WORDS as APPLICANT_WORDS
from motcua.catalogue.rules.forms.layout import schema_at, split
from motcua.catalogue.rules.forms.relations import KINDS, paths_of, told_at

_DATES = frozenset({"date", "partial-date", "partial-date-or-unknown"})
_BESIDE = frozenset({"message", "message_en", "at", "condition"})


def relation_faults(schema: Mapping[str, Any], ui: Mapping[str, Any]) -> Iterator[str]:
    """Relations that name no field there is, compare what cannot be compared, or have no sentence in both languages."""
    for number, relation in enumerate(ui.get("relations", ()), start=1):
        kinds = [kind for kind in KINDS if kind in relation]
        if len(kinds) != 1:
            yield f"quan hệ thứ {number} phải thuộc đúng một loại: {', '.join(KINDS)}"
            continue
        strange = sorted(relation.keys() - {kinds[0]} - KINDS[kinds[0]] - _BESIDE)
        if strange:
            yield f"quan hệ thứ {number} có từ không hiểu: {', '.join(strange)}"
        yield from _sentence_faults(f"quan hệ thứ {number}", relation)
        yield from _bound_faults(number, kinds[0], relation)
        for path in [*paths_of(relation), told_at(relation)]:
            yield from _path_faults(schema, number, kinds[0], path)
        most = relation.get("most", relation.get("equals"))
        if isinstance(most, str):
            yield from _path_faults(schema, number, "total", most)


def applicant_faults(ui: Mapping[str, Any]) -> Iterator[str]:
    """A rule about who may apply that nobody could follow."""
    rule = ui.get("applicants")
    if not rule:
        return
    if strange := sorted(rule.keys() - APPLICANT_WORDS):
        yield f"điều kiện người nộp có từ không hiểu: {', '.join(strange)}"
    if not set(rule.get("kinds", ())) <= APPLICANT_KINDS:
        yield "điều kiện người nộp nêu loại không có; chỉ có person, organisation"
    if not set(rule.get("age", {})) <= {"min", "max"} or not all(
        _is_years(n) for n in rule.get("age", {}).values()
    ):
        yield "điều kiện tuổi của người nộp gồm min, max là số năm"
    yield from _sentence_faults("điều kiện người nộp", rule)


def _sentence_faults(what: str, said: Mapping[str, Any]) -> Iterator[str]:
    if not said.get("message") or not said.get("message_en"):
        yield f"{what} chưa có câu nói cho người dân bằng hai thứ tiếng"


def _bound_faults(number: int, kind: str, relation: Mapping[str, object]) -> Iterator[str]:
    if kind == "older" and not ("younger" in relation and _is_years(relation.get("years"))):
        yield f"quan hệ thứ {number} phải nêu người nhỏ tuổi hơn và số năm"
    if kind == "age" and not any(_is_years(relation.get(word)) for word in ("min", "max")):
        yield f"quan hệ thứ {number} phải nêu tuổi ít nhất hoặc nhiều nhất"
    if kind == "total" and len({"most", "equals"} & relation.keys()) != 1:
        yield f"quan hệ thứ {number} phải nêu tổng nhiều nhất hoặc tổng đúng bằng"


def _path_faults(schema: Mapping[str, object], number: int, kind: str, path: str) -> Iterator[str]:
    parts = tuple(0 if part == "*" else part for part in split(path))
    described = schema_at(schema, parts)
    if described is None:
        yield f"quan hệ thứ {number} nhắc tới trường không có: {path}"
    elif kind in ("older", "order", "age") and described.get("format") not in _DATES:
        yield f"quan hệ thứ {number} so sánh ngày, nhưng {path} không phải ngày"
    elif kind == "total" and described.get("type") not in ("integer", "number"):
        yield f"quan hệ thứ {number} cộng các số, nhưng {path} không phải số"


def _is_years(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 150
