"""Records of one person: which of them stand for which, what each says, and how they were merged."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from motcua.directory.models import Party, PartyCorrection, PartyMerge, PersonDetail
from motcua.directory.rules.merging import MergeLine, compared, contradictions
from motcua.directory.words import MergedDetail
from motcua.kernel.authority import Actor, authorise, in_scope


@dataclass(frozen=True, slots=True)
class KnownAs:
    """Everything a person is or was recorded under, in all their records: names and numbers, those in force first."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergePreview:
    """Two records side by side, and what speaks against their being one person."""

    lines: tuple[MergeLine, ...]
    against: tuple[MergedDetail, ...]


@dataclass(frozen=True, slots=True)
class MergeView:
    """One merge as its trail shows it."""

    id: UUID
    standing_id: UUID
    former_id: UUID
    former_name: str
    taken: tuple[tuple[MergedDetail, str, str], ...]
    reason: str
    by_name: str
    at: datetime
    undone_at: datetime | None
    undone_by_name: str
    undone_reason: str


def records_of(party_ids: Collection[UUID]) -> frozenset[UUID]:
    """Every record of these people: those that stand, and those that were merged into them. One statement."""
    wanted = set(party_ids)
    asked = Party.objects.filter(pk__in=wanted, merged_into__isnull=False).values("merged_into_id")
    rows = Party.objects.filter(Q(merged_into_id__in=wanted) | Q(merged_into_id__in=asked))
    found = rows.values_list("pk", "merged_into_id")
    return frozenset(wanted.union(*(set(pair) for pair in found)) if wanted else ())


def known_as(party_id: UUID) -> KnownAs:
    """Names and numbers of a person, former ones and those of merged records too. Three statements at most."""
    records = records_of([party_id])
    rows = PersonDetail.objects.filter(party_id__in=records).values_list(
        "party__merged_into_id",
        "party__full_name",
        "personal_number",
        "old_number",
        "passport_number",
    )
    people = sorted(rows, key=lambda row: (row[0] is not None, row[1]))
    former = PartyCorrection.objects.filter(
        party_id__in=records, detail__in=("full_name", "personal_number", "old_number")
    ).order_by("-at")
    corrected = list(former.values_list("detail", "before"))
    taken = [
        (change["detail"], change["before"])
        for merge in PartyMerge.objects.filter(standing_id__in=records, undone_at=None)
        for change in merge.changes
    ]
    said = [*corrected, *taken]
    names = [*(row[1] for row in people), *(text for detail, text in said if detail == "full_name")]
    numbers = [number for row in people for number in row[2:]]
    numbers += [text for detail, text in said if detail in ("personal_number", "old_number")]
    return KnownAs(tuple(dict.fromkeys(filter(None, names))), tuple(dict.fromkeys(filter(None, numbers))))


def merge_preview(*, actor: Actor, party_id: UUID, former_id: UUID) -> MergePreview:
    """What a merge would find and propose, detail by detail. Raises OutOfScope, PermissionRefused."""
    authorise(actor, "person.merge")
    people = PersonDetail.objects.select_related("party").in_bulk([party_id, former_id])
    standing, former = (record_details(in_scope(people.get(one))) for one in (party_id, former_id))
    return MergePreview(compared(standing, former), contradictions(standing, former))


def merges_of(party_ids: Iterable[UUID]) -> tuple[MergeView, ...]:
    """Every merge of these records, undone ones too, newest first."""
    wanted = set(party_ids)
    rows = PartyMerge.objects.select_related("former").filter(
        Q(standing_id__in=wanted) | Q(former_id__in=wanted)
    )
    return tuple(_merge_view(row) for row in rows.order_by("-at", "id"))


def merge(merge_id: UUID) -> MergeView:
    """One merge. Raises OutOfScope."""
    return _merge_view(in_scope(PartyMerge.objects.select_related("former").filter(pk=merge_id).first()))


def record_details(person: PersonDetail) -> dict[MergedDetail, str | None]:
    """What one record says."""
    passport = f"{person.passport_country} {person.passport_number}" if person.passport_number else None
    row = person.party
    return {
        MergedDetail.FULL_NAME: row.full_name,
        MergedDetail.PERSONAL_NUMBER: person.personal_number,
        MergedDetail.OLD_NUMBER: person.old_number,
        MergedDetail.PASSPORT: passport,
        MergedDetail.BORN: person.born,
        MergedDetail.SEX: person.sex,
        MergedDetail.NATIONALITY: person.nationality,
        MergedDetail.PHONE: row.phone,
        MergedDetail.EMAIL: row.email,
        MergedDetail.ADDRESS: row.address,
    }


def _merge_view(row: PartyMerge) -> MergeView:
    standing = str(row.standing_id)
    return MergeView(
        id=row.pk,
        standing_id=row.standing_id,
        former_id=row.former_id,
        former_name=row.former.full_name,
        taken=tuple(
            (MergedDetail(one["detail"]), one["before"] or "", one["after"] or "")
            for one in row.changes
            if one["record"] == standing
        ),
        reason=row.reason,
        by_name=row.by_name,
        at=row.at,
        undone_at=row.undone_at,
        undone_by_name=row.undone_by_name,
        undone_reason=row.undone_reason,
    )
