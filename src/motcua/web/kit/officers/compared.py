"""The dossier of a scanned batch, and what its papers say otherwise than what is known already."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext

from motcua.documents.queries import BatchPage
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import (
    Difference,
    DossierPage,
)
from motcua.dossiers.words import (
    KnownFrom,
)
from motcua.kernel.authority import Actor
from motcua.web.kit.officers.scans import kind_words

#: Sentences about a value, by the paper and the field.
Differing = Mapping[tuple[UUID, str], Sequence[str]]


def dossier_of(actor: Actor, batch: BatchPage) -> DossierPage | None:
    """The dossier the batch is addressed to, if there is one with this code that the actor may see."""
    if batch.dossier_id is not None:
        return dossiers.dossier_page(actor=actor, dossier_id=batch.dossier_id)
    dossier_id = find_dossier(actor, batch.dossier_code)
    return dossiers.dossier_page(actor=actor, dossier_id=dossier_id) if dossier_id else None


def find_dossier(actor: Actor, code: str) -> UUID | None:
    """A visible dossier by its exact code."""
    if not code:
        return None
    wanted = dossiers.parse_code(code)
    filters = dossiers.Filters(text=code)
    page = dossiers.inbox(actor=actor, box=dossiers.Box.ALL, filters=filters, limit=5)
    return next((row.id for row in page.rows if row.code and row.code in (code, str(wanted))), None)


def differing(dossier: DossierPage | None, batch: BatchPage) -> Differing:
    """What each differing value is known as elsewhere, in words; nothing while the dossier is not known."""
    if dossier is None:
        return {}
    read = [
        dossiers.ReadValue(str(paper.id), paper.kind, field.key, field.value)
        for paper in batch.papers
        for field in paper.fields
    ]
    said: dict[tuple[UUID, str], list[str]] = {}
    for one in dossiers.differences(dossier, read):
        said.setdefault((UUID(one.paper), one.key), []).append(_words(one))
    return said


def _words(one: Difference) -> str:
    if one.source is KnownFrom.FORM:
        return gettext("Tờ khai ghi: %(value)s") % {"value": one.known}
    if one.source is KnownFrom.REGISTER:
        return gettext("Cơ sở dữ liệu ghi: %(value)s") % {"value": one.known}
    return gettext("%(paper)s ghi: %(value)s") % {"paper": kind_words(one.other_kind), "value": one.known}
