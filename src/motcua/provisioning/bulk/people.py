"""People by the hundred thousand, for simulated provinces: rows by COPY, nothing announced."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from motcua.directory.models import Party, PersonDetail
from motcua.directory.words import PartyKind
from motcua.provisioning.bulk.rows import copy_models

#: Nobody who does not exist has a number, a birthday or a sex.
_UNKNOWN = frozenset({"personal_number", "old_number", "born", "sex", "passport_country", "passport_number"})


class SimulatedPerson(NamedTuple):
    """Somebody who does not exist: a name, and no number that could be somebody's."""

    id: UUID
    full_name: str


def load_people(people: Iterable[SimulatedPerson], *, at: datetime) -> None:
    """Write people who are not there yet."""
    held = list(people)
    parties = [
        {"id": one.id, "kind": PartyKind.PERSON.value, "full_name": one.full_name, "registered_at": at}
        for one in held
    ]
    copy_models(Party, parties, empty=frozenset({"territory_id", "merged_into_id"}))
    copy_models(PersonDetail, [{"party_id": one.id} for one in held], empty=_UNKNOWN)
