"""Contents of results for demo and simulation: what the sources leave open, somebody made up fills in."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from motcua.catalogue import queries as catalogue
from motcua.catalogue.queries import ResultField, ResultTemplate, VersionSnapshot

_SAID = "Chấp thuận theo hồ sơ"


def filled_in(template: ResultTemplate, content: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The content with a plausible value wherever one is required and missing; the same for the same arguments."""
    made = deepcopy(dict(content))
    for section in template.sections:
        if section.rows:
            rows = made.setdefault(section.rows, [])
            rows += [{} for _ in range(section.rows_min - len(rows))]
        else:
            rows = [made]
        for row in rows:
            for field in section.fields:
                if field.is_required:
                    _fill(row, field, template, today)
    return {name: value for name, value in made.items() if value not in ([], {})}


def result_title(version: VersionSnapshot, on: date) -> str:
    """The title of what the procedure grants on that day."""
    kind = version.results[0]
    template = catalogue.result_template(kind.code, on)
    return kind.name if template.key == catalogue.GENERIC else template.title


def result_symbol(version: VersionSnapshot, number: int | None, on: date) -> str:
    """The number of what the procedure grants, as it stands on the paper signed on that day."""
    return catalogue.result_template(version.results[0].code, on).number_of(str(number), on.year)


def _fill(row: dict[str, Any], field: ResultField, template: ResultTemplate, today: date) -> None:
    *before, last = field.path.split(".")
    for part in before:
        row = row.setdefault(part, {})
    if row.get(last) in (None, "", []):
        row[last] = _value(field, template, today)


def _value(field: ResultField, template: ResultTemplate, today: date) -> Any:
    match field.type:
        case "integer" | "number" | "money":
            return 1
        case "date" | "partial-date" | "partial-date-or-unknown":
            return today.isoformat()
        case "choice":
            return next(iter(template.choices[field.choices]))
        case "person-name":
            return "Nguyễn Văn Tâm"
        case "personal-number":
            return "040195000123"
        case "address":
            return "Xã An Bình, tỉnh Minh Sơn"
        case _:
            return _SAID
