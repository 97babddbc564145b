"""What a dossier costs, before and after it is sent: one reckoning for pages, desk and the charges that are raised."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from motcua.catalogue import queries as catalogue
from motcua.dossiers.models import Result
from motcua.payments import queries as payments


def reckoned_fees(
    *,
    version: catalogue.VersionSnapshot,
    case_key: str,
    channel: catalogue.Channel,
    on: date,
    form_data: Mapping[str, object],
    applicant_id: UUID | None = None,
    counted: Mapping[str, object] | None = None,
    grounds: Collection[str] = (),
    english: bool = False,
) -> catalogue.FeeReckoning:
    """The fees of the case on the channel, by what the form says, what the desk counted, and the benefits of the person.

    `on` is the day on which it was handed in: the sum somebody saw when sending is the sum that is asked.
    """
    case = version.case(case_key)
    by_level = any(relief.level for row in case.fees_for(channel) for relief in row.reliefs)
    facts = catalogue.FeeFacts(
        on=on,
        form=form_data,
        counted=counted or {},
        grounds=frozenset(grounds),
        benefits=payments.benefits_of(applicant_id) if applicant_id and by_level else (),
    )
    return catalogue.reckon_fees(case, channel, facts, english=english)


def is_held_back(dossier_id: UUID, version_id: UUID) -> bool:
    """Whether what was issued waits for a fee: signed, and kept until it is paid, unless the procedure says otherwise."""
    return not catalogue.version(version_id).releases_unpaid and bool(payments.outstanding(dossier_id))


def is_held_back_file(file_id: UUID) -> bool:
    """Whether the file is an issued result that waits for its fee."""
    row = (
        Result.objects.filter(sealed_file_id=file_id).values_list("dossier_id", "dossier__version_id").first()
    )
    return row is not None and is_held_back(*row)


def held_back_papers(paper_ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these papers of a warehouse are results that wait for their fee."""
    rows = Result.objects.filter(paper_id__in=paper_ids).values_list(
        "paper_id", "dossier_id", "dossier__version_id"
    )
    found = [(paper_id, dossier_id, version_id) for paper_id, dossier_id, version_id in rows if paper_id]
    owing = payments.owing([dossier_id for _, dossier_id, _ in found])
    return frozenset(
        paper_id
        for paper_id, dossier_id, version_id in found
        if dossier_id in owing and not catalogue.version(version_id).releases_unpaid
    )
