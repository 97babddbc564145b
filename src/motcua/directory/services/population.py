"""A personal number for a new-born child, from the population register and nowhere else (Identity Law 2023 art. 12)."""

from django.conf import settings

from motcua.directory.adapters.registers.population.client import HttpPopulationRegister
from motcua.directory.adapters.registers.population.protocol import BirthNotice, PopulationRegister
from motcua.directory.errors import RegisterUnreachable, RegisterUntrue
from motcua.kernel import clock
from motcua.kernel.authority import Actor, machine_only
from motcua.kernel.values import PartialDate, Unreadable, read_personal_number

_NAME = "Cơ sở dữ liệu quốc gia về dân cư"


def population_register() -> PopulationRegister:
    """The register of this installation. Refuses: `RegisterUnreachable` where none is connected."""
    if not settings.MOTCUA_POPULATION_URL:
        raise RegisterUnreachable(register=_NAME)
    return HttpPopulationRegister(
        settings.MOTCUA_POPULATION_URL,
        settings.MOTCUA_POPULATION_TOKEN,
        timeout=settings.MOTCUA_POPULATION_TIMEOUT,
    )


def ask_personal_number(
    *, actor: Actor, birth: BirthNotice, register: PopulationRegister | None = None
) -> str:
    """Ask the register; outside transactions only. What it gives is checked against the child before anybody uses it.

    Refuses: `RegisterUnreachable`, `RegisterRefused`, `RegisterUntrue`.
    """
    machine_only(actor)
    number = (register or population_register()).personal_number(birth)
    born = PartialDate.kept(birth.birth_on)
    try:
        read = read_personal_number(number, today=clock.today())
    except Unreadable as fault:
        raise RegisterUntrue(register=_NAME) from fault
    if read.sex is not birth.sex or read.birth_year != born.year:
        raise RegisterUntrue(register=_NAME)
    return read.number
