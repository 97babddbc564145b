"""People by the hundred thousand, for simulated provinces: rows by COPY, nothing announced."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from motcua.directory.models import Party, PersonDetail
from motcua.directory.words import PartyKind
from motcua.kernel.copying import copy_records


class SimulatedPerson(NamedTuple):
    """Somebody who does not exist: a name, and no number that could be somebody's."""

    id: UUID
    full_name: str


def load_people(people: Iterable[SimulatedPerson], *, at: datetime) -> None:
    """Write people who are not there yet."""
    held = list(people)
    nothing: dict[str, object] = {"phone": "", "email": "", "address": "", "registered_at": at}
    parties = [
        {"id": one.id, "kind": PartyKind.PERSON.value, "full_name": one.full_name} | nothing for one in held
    ]
    copy_records(Party._meta.db_table, parties)
    copy_records(PersonDetail._meta.db_table, [{"party_id": one.id, "nationality": "VN"} for one in held])
