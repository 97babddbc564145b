"""Open dossiers that ask for what somebody is about to ask for again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.directory import queries as directory
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.alike import content_digest
from motcua.kernel.authority import Actor

#: More than these say no more than the newest do.
_MOST = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """An open dossier of the same person for the same procedure: who handed it in and when, and whether it asks for the
    very same (`is_same`: same case, same answers).
    """

    id: UUID
    code: str | None
    submitter_name: str
    submitted_at: datetime
    is_same: bool


def alike_dossiers(
    *,
    actor: Actor,
    version: catalogue.VersionSnapshot,
    case_key: str,
    form_data: Mapping[str, object],
    applicant_id: UUID | None = None,
    personal_number: str = "",
) -> tuple[Alike, ...]:
    """Open dossiers of the applicant (by id, or by the personal number that a submitter names) for the procedure, as far
    as the actor may see them; the very same first, then the newest. Three statements at most; nothing is refused by it.
    """
    if applicant_id is None and not personal_number:
        return ()
    rows = Dossier.objects.visible_to(actor).filter(is_open=True, procedure_code=version.code)
    rows = (
        rows.filter(applicant_id__in=directory.records_of([applicant_id]))
        if applicant_id is not None
        else rows.filter(mandate__person__personal_number=personal_number)
    )
    data = catalogue.fill_form(version.form, form_data).data if version.form else dict(form_data)
    wanted = content_digest(case_key, data)
    found = rows.order_by("-submitted_at", "id").values_list(
        "id", "code", "submitter_id", "submitted_at", "case_key", "form_data"
    )[: _MOST * 4]
    people = directory.parties({row[2] for row in found}) if found else {}
    alike = [
        Alike(
            id=dossier_id,
            code=code,
            submitter_name=people[submitter_id].full_name if submitter_id in people else "",
            submitted_at=submitted_at,
            is_same=content_digest(key, answers) == wanted,
        )
        for dossier_id, code, submitter_id, submitted_at, key, answers in found
    ]
    return tuple(sorted(alike, key=lambda one: not one.is_same)[:_MOST])
