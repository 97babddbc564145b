"""Any list of dossiers as a file: row by row from the database to the reader, whatever its length."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Final
from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from motcua.directory import queries as directory
from motcua.dossiers import queries
from motcua.dossiers.queries import Box, DossierRow, Filters
from motcua.dossiers.words import STATE_NAMES
from motcua.kernel import clock
from motcua.kernel.cells import begins_like_formula
from motcua.kernel.errors import PermissionRefused
from motcua.web.kit.actors import actor_of
from motcua.web.kit.officers import words
from motcua.web.kit.officers.access import officers_only
from motcua.web.kit.officers.searching import search_text
from motcua.web.office.oversight.choice import choice_of, list_of
from motcua.web.office.oversight.sheets import MEDIA_TYPE, Cell, spreadsheet
from motcua.web.office.views.inbox import BOXES, GROUPS

_BOM = "\ufeff"  # spreadsheets need it to read Vietnamese
_CODE_OF_FIGURES: Final = re.compile(r"\d+\.\d+|0\d+|\d{12,}")


class _Echo:
    def write(self, line: str) -> str:
        return line


@officers_only("dossier.read")
@require_GET
def dossiers_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The list of an inbox (`hop`, `nhom`, `q`, `thu-tuc`, `kenh`) or of the desk (`hop=dieu-hanh`), all of its rows."""
    return _answer(lines(head(), _rows(request)), "text/csv; charset=utf-8", "csv")


@officers_only("dossier.read")
@require_GET
def dossiers_xlsx(request: HttpRequest) -> StreamingHttpResponse:
    """The same list as a spreadsheet."""
    return _answer(spreadsheet(head(), _rows(request)), MEDIA_TYPE, "xlsx")


def _answer(pieces: Iterator[str] | Iterator[bytes], media_type: str, ending: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(pieces, content_type=media_type)
    name = f"ho-so_{clock.today():%Y-%m-%d}.{ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _rows(request: HttpRequest) -> Iterator[list[Cell]]:
    """The cells of every row; rights and words are decided now, rows are read as they are asked for."""
    actor = actor_of(request)
    if request.GET.get("hop") == "dieu-hanh":
        if not actor.may("oversight.read"):
            raise PermissionRefused(permission="oversight.read")
        box, filters = list_of(choice_of(request))
    else:
        box = BOXES.get(request.GET.get("hop", ""), Box.WORK)
        filters = Filters(
            text=search_text(request),
            urgency=GROUPS.get(request.GET.get("nhom", "")),
            procedure_code=request.GET.get("thu-tuc", "").strip(),
            channel=request.GET.get("kenh", ""),
        )
    return cells_of(queries.export_rows(actor=actor, box=box, filters=filters))


def cells_of(rows: Iterator[DossierRow]) -> Iterator[list[Cell]]:
    """The cells of rows, one by one."""
    # Words are looked up now: the language of the reader is not that of the thread once the answer streams.
    states = {state.value: words.state_words(state) for state in STATE_NAMES}
    channels = {key: str(label) for key, label in words.CHANNELS.items()}
    # An agency is read once per file, not once per row.
    agency_code = cache(lambda agency_id: directory.agency(agency_id).code)
    return (_cells(row, states, channels, agency_code) for row in rows)


def head() -> list[str]:
    """The titles of the columns, in the language of the reader."""
    return [
        gettext("Mã hồ sơ"),
        gettext("Mã thủ tục"),
        gettext("Thủ tục"),
        gettext("Người nộp"),
        gettext("Kênh nộp"),
        gettext("Trạng thái"),
        gettext("Cơ quan tiếp nhận"),
        gettext("Cơ quan giải quyết"),
        gettext("Bước"),
        gettext("Cán bộ"),
        gettext("Nộp lúc"),
        gettext("Tiếp nhận lúc"),
        gettext("Hạn trả"),
        gettext("Kết thúc lúc"),
    ]


def _cells(
    row: DossierRow, states: dict[str, str], channels: dict[str, str], agency_code: Callable[[UUID], str]
) -> list[Cell]:
    return [
        row.code or "",
        row.procedure_code,
        row.procedure_title,
        row.applicant_name,
        channels.get(row.channel, row.channel),
        states.get(row.state, row.state),
        agency_code(row.receiving_id),
        agency_code(row.competent_id),
        row.step_name,
        row.assignee_name,
        _moment(row.submitted_at),
        _moment(row.received_at),
        _moment(row.due_at),
        _moment(row.ended_at),
    ]


def lines(first: list[str], rows: Iterator[Sequence[Cell]]) -> Iterator[str]:
    """Lines of CSV; a cell that a spreadsheet would reckon stays text."""
    writer = csv.writer(_Echo())
    yield _BOM + str(writer.writerow(first))
    for cells in rows:
        yield str(writer.writerow([_text(cell) for cell in cells]))


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return f"'{cell}" if _would_be_reckoned(cell) else cell


def _would_be_reckoned(cell: str) -> bool:
    """A formula, or a code of figures that a spreadsheet takes for a number: 1.010380 would lose its last nought."""
    return begins_like_formula(cell) or bool(_CODE_OF_FIGURES.fullmatch(cell))


def _moment(at: datetime | None) -> Cell:
    return clock.local(at).replace(tzinfo=None, second=0, microsecond=0) if at else ""
