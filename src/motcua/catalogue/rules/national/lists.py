"""Lists of procedures (the ministries' xlsx, provinces' csv): code, name, issuing agency, executing agency, field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from motcua.catalogue.rules.national.record import CODE

# Heading words of the official exports, folded to the role of their column; matched by how the heading begins.
_COLUMNS = {
    "mã": "code",
    "code": "code",
    "tên": "title",
    "name": "title",
    "title": "title",
    "issuer": "issuer",
    "executing": "executor",
    "executor": "executor",
    "agency": "executor",
    "field": "field",
    "cơ quan công bố": "issuer",
    "cơ quan ban hành": "issuer",
    "cơ quan thực hiện": "executor",
    "lĩnh vực": "field",
}


@dataclass(frozen=True, slots=True)
class ListedProcedure:
    code: str
    title: str
    issuer: str
    executor: str
    field: str


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """A row below the heading that names no procedure; `text` is its cells joined by " | "."""

    number: int
    text: str


def read_list(
    rows: Iterable[Sequence[object]], renamed: Mapping[str, str] | None = None
) -> Iterator[ListedProcedure | UnreadRow]:
    """Yields one value per row below the heading; rows above it (titles of the export) are passed over. `renamed`: the role that
    somebody says a heading has.
    """
    columns: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        cells = ["" if cell is None else str(cell).strip() for cell in row]
        if not columns:
            columns = heading(cells, renamed or {})
            continue
        if not any(cells):
            continue
        values = {role: cells[at] if at < len(cells) else "" for role, at in columns.items()}
        if CODE.match(values["code"]) and values["title"]:
            yield ListedProcedure(
                **{role: values.get(role, "") for role in ("code", "title", "issuer", "executor", "field")}
            )
        else:
            yield UnreadRow(number, " | ".join(cells))


def heading(cells: Sequence[str], renamed: Mapping[str, str]) -> dict[str, int]:
    """Which column has which role (`code`, `title`, `issuer`, `executor`, `field`); nothing where these cells are no heading."""
    found = {renamed[cell]: at for at, cell in enumerate(cells) if cell in renamed}
    for at, cell in enumerate(cells):
        for words, role in _COLUMNS.items():
            if cell.lower().startswith(words) and role not in found:
                found[role] = at
    return found if {"code", "title"} <= found.keys() else {}
