"""Finding a dossier at the desk: by code, by the code scanned from its form, by name."""

from django.urls import reverse
from django.utils.translation import gettext

from motcua.documents import queries as documents
from motcua.documents.errors import CodeForged, CodeUnreadable
from motcua.dossiers import queries
from motcua.dossiers.queries import Box, DossierRow, Filters
from motcua.kernel.authority import Actor
from motcua.web.kit import when
from motcua.web.kit.components import Cell, Column, Rows
from motcua.web.kit.officers import words


def found_dossiers(actor: Actor, box: Box, text: str) -> list[DossierRow]:
    """Up to twenty dossiers of the box that fit; a scanned form gives its own dossier."""
    return list(queries.inbox(actor=actor, box=box, filters=Filters(text=text_scanned(text)), limit=20).rows)


def text_scanned(text: str) -> str:
    """The dossier code inside a scanned code of ours; any other text as it is."""
    if "|" not in text:
        return text.strip()
    try:
        return documents.verify_code(text).payload.dossier_code
    except (CodeUnreadable, CodeForged):
        return text.strip()


def table_of(rows: list[DossierRow], caption: str) -> Rows:
    """Dossiers as a table whose rows open at the desk."""
    columns = [
        Column(gettext("Mã hồ sơ"), is_code=True),
        Column(gettext("Người nộp")),
        Column(gettext("Thủ tục")),
        Column(gettext("Nhận lúc")),
        Column(gettext("Tình trạng")),
    ]
    return Rows(caption, columns, [_row(row) for row in rows])


def _row(row: DossierRow) -> list[Cell]:
    at = row.received_at or row.submitted_at
    return [
        Cell(row.code or gettext("chưa có mã"), reverse("counter:dossier", args=[row.id])),
        Cell(row.applicant_name),
        Cell(row.procedure_title),
        Cell(when.short_moment(at)),
        Cell(words.state_words(row.state), tone=words.state_tone(row)),
    ]
