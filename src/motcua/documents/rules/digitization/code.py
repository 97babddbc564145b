"""The digitization code: whose paper, of which kind, and a running part (Circular 01/2023/TT-VPCP art. 10).

The sources show the structure as a picture, so the separator is configuration; `.` is the default.
"""

import re
from dataclasses import dataclass

_PERSON = re.compile(r"^\d{12}$|^\d{9}$")
_ORGANISATION = re.compile(r"^\d{10}(?:-\d{3})?$")
_KIND = re.compile(r"^[A-Z0-9]+(?:[.\-_][A-Z0-9]+)*$")


@dataclass(frozen=True, slots=True)
class CodeParts:
    """`owner` is empty where the owner has no number; then identity data must be stored beside the code."""

    owner: str
    kind: str
    running: int


def digitization_code(parts: CodeParts, separator: str = ".") -> str:
    """`040087012345.KQ.G15.000001`. Raises `ValueError` for an owner number or a kind code of no known structure."""
    if parts.owner and not (_PERSON.match(parts.owner) or _ORGANISATION.match(parts.owner)):
        raise ValueError(f"not a personal number nor a tax code: {parts.owner!r}")
    if not _KIND.match(parts.kind):
        raise ValueError(f"not a kind code: {parts.kind!r}")
    if not 1 <= parts.running <= 999_999:
        raise ValueError("the running part counts from 1 to 999,999")
    return separator.join((parts.owner, parts.kind, f"{parts.running:06d}"))


def kind_part(procedure_code: str, component_key: str | None = None, result_type: str | None = None) -> str:
    """For results the national result-type code; for other papers one made of procedure and component (art. 10)."""
    if result_type:
        return result_type.upper()
    folded = re.sub(r"[^A-Z0-9]+", "-", (component_key or "").upper()).strip("-")
    return f"{procedure_code.upper()}-{folded}" if folded else procedure_code.upper()
