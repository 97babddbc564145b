"""A register in memory, for tests of what stands above it."""

from motcua.directory.adapters.registers.population.protocol import BirthNotice
from motcua.kernel.errors import DomainError
from motcua.kernel.values import Sex


class FakePopulationRegister:
    """Gives well-formed numbers of the province 040; `fault` is raised instead of every answer."""

    def __init__(self, fault: DomainError | None = None) -> None:
        self.fault, self.given = fault, dict[str, str]()

    def personal_number(self, birth: BirthNotice) -> str:
        if self.fault is not None:
            raise self.fault
        if birth.request_id not in self.given:
            century = 2 * (int(birth.birth_on[:2]) - 19) + (birth.sex is Sex.FEMALE)
            number = f"040{century}{birth.birth_on[2:4]}{len(self.given) + 1:06d}"
            self.given[birth.request_id] = number
        return self.given[birth.request_id]
