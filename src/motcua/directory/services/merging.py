"""Two records of one person become one, and apart again.

Nothing is moved from the record that gives way: dossiers, papers, receipts and notices stay where they are, and whoever
reads by a person reads by all their records (`queries.records_of`). So undoing a merge restores everything by itself; the
details that were taken over are kept in the merge and written back.
"""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.directory.errors import AlreadyMerged, MergeCovered, MergeUndone, PartyNumberTaken, PeopleDiffer
from motcua.directory.events import PeopleMerged, PeopleParted
from motcua.directory.models import Party, PartyMerge, PersonDetail
from motcua.directory.queries.merging import record_details
from motcua.directory.rules.identity_numbers import masked
from motcua.directory.rules.merging import Written, contradictions, written
from motcua.directory.rules.parties import check_name
from motcua.directory.words import DETAIL_NAMES, MergedDetail, PartyKind
from motcua.kernel import clock, events
from motcua.kernel.authority import Actor, authorise, in_scope

_OF_PARTY = frozenset({MergedDetail.FULL_NAME, MergedDetail.PHONE, MergedDetail.EMAIL, MergedDetail.ADDRESS})


@transaction.atomic
def merge_people(
    *,
    actor: Actor,
    party_id: UUID,
    former_id: UUID,
    taken: Collection[MergedDetail] = (),
    reason: str,
) -> UUID:
    """Let `party_id` stand for both records of one person, with the details `taken` over from the former one; the id of the
    merge. Within whose reach both records lie is decided by `dossiers.services.merge_people`, the door for officers.

    Two at once: the second finds the record merged. Raises PeopleDiffer, AlreadyMerged, NameMissing (no reason), OutOfScope
    (no such person, an organisation, twice the same), PermissionRefused. Announces PeopleMerged.
    """
    authorise(actor, "person.merge")
    why = check_name(reason)
    standing, former = _locked(party_id, former_id)
    if standing.merged_into_id or former.merged_into_id:
        raise AlreadyMerged
    of_standing, of_former = record_details(standing.person), record_details(former.person)
    differing = contradictions(of_standing, of_former)
    if differing:
        raise PeopleDiffer(what=", ".join(DETAIL_NAMES[detail].lower() for detail in differing))
    changes = written(str(party_id), of_standing, str(former_id), of_former, frozenset(taken))
    _write(changes, {str(party_id): standing, str(former_id): former})
    merge = PartyMerge.objects.create(
        standing=standing,
        former=former,
        changes=[asdict(change) for change in changes],
        reason=why,
        by_account_id=actor.account_id,
        by_name=actor.name,
        at=clock.now(),
    )
    # Those that were merged into the former one before follow it.
    Party.objects.filter(pk=former_id).update(merged_into=standing)
    Party.objects.filter(merged_into_id=former_id).update(merged_into=standing)
    events.announce(
        PeopleMerged(
            merge_id=merge.pk, party_id=party_id, former_id=former_id, by_account_id=actor.account_id
        )
    )
    return merge.pk


@transaction.atomic
def undo_merge(*, actor: Actor, merge_id: UUID, reason: str) -> None:
    """Let both records stand for themselves again, each with the details it had; what was corrected since stays corrected.

    Raises MergeUndone, MergeCovered, PartyNumberTaken (a number was given to somebody else since), NameMissing (no reason),
    OutOfScope, PermissionRefused. Announces PeopleParted.
    """
    authorise(actor, "person.merge")
    why = check_name(reason)
    merge = in_scope(PartyMerge.objects.filter(pk=merge_id).first())
    standing, former = _locked(merge.standing_id, merge.former_id)
    merge = PartyMerge.objects.select_for_update().get(pk=merge_id)
    if merge.undone_at is not None:
        raise MergeUndone
    if standing.merged_into_id is not None:
        raise MergeCovered
    # Those that came with the former one leave with it.
    theirs = PartyMerge.objects.filter(standing_id=former.pk, undone_at=None).values("former_id")
    Party.objects.filter(pk__in=_with_followers(theirs.values_list("former_id", flat=True))).update(
        merged_into=former
    )
    Party.objects.filter(pk=former.pk).update(merged_into=None)
    _write_back(merge, {str(standing.pk): standing, str(former.pk): former})
    merge.undone_at, merge.undone_reason = clock.now(), why
    merge.undone_by_account_id, merge.undone_by_name = actor.account_id, actor.name
    merge.save(update_fields=["undone_at", "undone_reason", "undone_by_account_id", "undone_by_name"])
    events.announce(
        PeopleParted(
            merge_id=merge.pk,
            party_id=standing.pk,
            former_id=former.pk,
            by_account_id=actor.account_id,
        )
    )


def _locked(*party_ids: UUID) -> tuple[Party, Party]:
    """Both records, locked in one order whoever comes from which side. Raises OutOfScope."""
    rows = {
        row.pk: row
        for row in Party.objects.select_for_update()
        .filter(pk__in=party_ids, kind=PartyKind.PERSON)
        .order_by("pk")
    }
    people = {row.party_id: row for row in PersonDetail.objects.select_for_update().filter(party_id__in=rows)}
    one, other = (in_scope(rows.get(party_id)) for party_id in party_ids)
    if one.pk == other.pk:
        in_scope(None)
    for row in (one, other):
        row.person = in_scope(people.get(row.pk))
        row.person.party = row
    return one, other


def _with_followers(first: Iterable[UUID]) -> set[UUID]:
    """Records merged into these, and into those, as far as it goes."""
    found: set[UUID] = set()
    ahead = set(first)
    while ahead - found:
        found |= ahead
        rows = PartyMerge.objects.filter(standing_id__in=ahead, undone_at=None)
        ahead = set(rows.values_list("former_id", flat=True))
    return found


def _write_back(merge: PartyMerge, records: dict[str, Party]) -> None:
    """Values as they were, where nobody has corrected them since."""
    kept = [Written(**{**change, "detail": MergedDetail(change["detail"])}) for change in merge.changes]
    now = {name: record_details(row.person) for name, row in records.items()}
    back = [
        Written(one.record, one.detail, one.after, one.before)
        for one in kept
        if now[one.record].get(one.detail) == one.after
    ]
    try:
        with transaction.atomic():
            _write(back, records)
    except IntegrityError:
        number = next(one.after for one in back if one.detail.is_number and one.after)
        raise PartyNumberTaken(number=masked(number)) from None


def _write(changes: Iterable[Written], records: dict[str, Party]) -> None:
    """Numbers are taken from everybody before anybody gets them: no two records have one even for a moment."""
    ordered = sorted(changes, key=lambda one: one.record)
    for one in ordered:
        if one.detail.is_number:
            _set(records[one.record], one.detail, None)
    for one in ordered:
        _set(records[one.record], one.detail, one.after)


def _set(row: Party, detail: MergedDetail, value: str | None) -> None:
    if detail in _OF_PARTY:
        wanted: dict[str, Any] = {detail.value: value or ""}
        Party.objects.filter(pk=row.pk).update(**wanted)
        return
    if detail is MergedDetail.PASSPORT:
        country, _, number = (value or "").partition(" ")
        wanted = {"passport_country": country or None, "passport_number": number or None}
    elif detail is MergedDetail.NATIONALITY:
        wanted = {"nationality": value or "VN"}
    else:
        wanted = {detail.value: value or None}
    PersonDetail.objects.filter(pk=row.pk).update(**wanted)
