"""What the system wants of the population register."""

from dataclasses import dataclass
from typing import Protocol

from motcua.kernel.values import Sex


@dataclass(frozen=True, slots=True)
class BirthNotice:
    """A birth to be given a number. `request_id` names the birth for good: asked again, the register gives the same."""

    request_id: str
    full_name: str
    birth_on: str
    sex: Sex
    place_of_registration: str


class PopulationRegister(Protocol):
    """Raises `RegisterUnreachable` (ask again later), `RegisterRefused` (an answer) and `RegisterUntrue` (a number that cannot
    be this child's).
    """

    def personal_number(self, birth: BirthNotice) -> str: ...
