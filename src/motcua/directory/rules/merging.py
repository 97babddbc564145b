"""Two records of one person: what may be said of both, what each says, and what would stand after a merge."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from motcua.directory.words import MERGED_DETAILS, MergedDetail
from motcua.kernel.values import PartialDate

#: Of these a person has one: two records that name different ones are two people, or one of them is wrong.
_ONE_PER_PERSON = (MergedDetail.PERSONAL_NUMBER, MergedDetail.BORN, MergedDetail.SEX)
Record = Mapping[MergedDetail, str | None]


@dataclass(frozen=True, slots=True)
class MergeLine:
    """One detail as each record has it, and whether that of the record that gives way is proposed."""

    detail: MergedDetail
    standing: str
    former: str
    is_former_proposed: bool

    @property
    def is_same(self) -> bool:
        return self.standing == self.former


@dataclass(frozen=True, slots=True)
class Written:
    """One value that a merge writes into a record."""

    record: str
    detail: MergedDetail
    before: str | None
    after: str | None


def contradictions(standing: Record, former: Record) -> tuple[MergedDetail, ...]:
    """Details of which a person has one and these two records have two. A birthday known in part contradicts no fuller one."""
    return tuple(_differing(standing, former))


def compared(standing: Record, former: Record) -> tuple[MergeLine, ...]:
    """Every detail of both, side by side; what only one of them says is proposed, otherwise that of the one that stands."""
    return tuple(
        MergeLine(
            detail,
            standing.get(detail) or "",
            former.get(detail) or "",
            is_former_proposed=_says_more(detail, former.get(detail), standing.get(detail)),
        )
        for detail in MERGED_DETAILS
    )


def written(
    standing_id: str, standing: Record, former_id: str, former: Record, taken: frozenset[MergedDetail]
) -> tuple[Written, ...]:
    """What the merge writes: taken details into the record that stands; numbers that nobody may have twice change places,
    so that both are still found by either. An empty value is never taken over a known one.
    """
    found = []
    for detail in MERGED_DETAILS:
        value = former.get(detail)
        if detail not in taken or not value or value == standing.get(detail):
            continue
        if detail.is_number:
            found.append(Written(former_id, detail, value, standing.get(detail)))
        found.append(Written(standing_id, detail, standing.get(detail), value))
    return tuple(found)


def _differing(standing: Record, former: Record) -> Iterator[MergedDetail]:
    for detail in _ONE_PER_PERSON:
        one, other = standing.get(detail), former.get(detail)
        if not one or not other or one == other:
            continue
        if detail is MergedDetail.BORN and PartialDate.kept(one).agrees_with(PartialDate.kept(other)):
            continue
        yield detail


def _says_more(detail: MergedDetail, former: str | None, standing: str | None) -> bool:
    """Whether only the former says it, or (of a birthday) says it more exactly."""
    if not former:
        return False
    return not standing or (detail is MergedDetail.BORN and len(former) > len(standing))
