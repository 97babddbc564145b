"""In which agencies an act is done: the one answer to whose act a move is."""

from collections.abc import Collection
from typing import Protocol, assert_never
from uuid import UUID

from motcua.dossiers.words import Side
from motcua.kernel.authority import EVERYWHERE


class Seats(Protocol):
    """The organisations of a dossier."""

    @property
    def receiving_id(self) -> UUID: ...
    @property
    def competent_id(self) -> UUID: ...
    @property
    def returning_id(self) -> UUID: ...
    @property
    def consulted_agencies(self) -> Collection[UUID]: ...


def columns_of(side: Side) -> tuple[str, ...]:
    """The columns of a dossier that name those agencies, for lists of what waits; none where an agency is not named by one."""
    columns = {
        Side.RECEIVING: ("receiving_id",),
        Side.COMPETENT: ("competent_id",),
        Side.EITHER: ("competent_id", "receiving_id"),
        Side.RETURN: ("returning_id",),
    }
    return columns.get(side, ())


def agencies_of(side: Side, seats: Seats) -> tuple[UUID, ...]:
    """The agencies in any of which an officer must hold the permission, likeliest first; none means nobody may by an office.

    A side this function does not know is a mistake of the program, never a right.
    """
    match side:
        case Side.APPLICANT:
            return ()
        case Side.RECEIVING:
            return (seats.receiving_id,)
        case Side.COMPETENT:
            return (seats.competent_id,)
        case Side.EITHER:
            return (seats.competent_id, seats.receiving_id)
        case Side.RETURN:
            return (seats.returning_id,)
        case Side.CONSULTED:
            return tuple(seats.consulted_agencies)
        case Side.ADMINISTRATION:
            return (EVERYWHERE,)
        case _:
            assert_never(side)
