"""Whose figures somebody may open down to the dossiers."""

from __future__ import annotations

from collections.abc import Sequence

from motcua.directory import queries as directory
from motcua.directory.queries import AgencyView
from motcua.kernel.authority import EVERYWHERE, Actor, ActorKind
from motcua.kernel.errors import PermissionRefused

PERMISSION = "oversight.read"


def sees_everything(actor: Actor) -> bool:
    """Whether the whole province is in sight."""
    return actor.kind is ActorKind.SYSTEM or EVERYWHERE in actor.agencies_with(PERMISSION)


def overseen_agencies(actor: Actor) -> Sequence[AgencyView]:
    """The agencies whose dossiers the actor oversees, by code; all in force today for who sees everything."""
    if sees_everything(actor):
        return directory.find_agencies(limit=5000)
    held = directory.agencies(actor.agencies_with(PERMISSION))
    return sorted(held.values(), key=lambda agency: agency.code)


def is_province(unit: str) -> bool:
    """Whether a code names the whole province rather than one of its agencies (H99, not H99.11)."""
    return "." not in unit


def authorise_unit(actor: Actor, unit: str) -> None:
    """Let pass who oversees the unit with this code. A province is overseen only by who sees everything.

    Raises `PermissionRefused`.
    """
    if sees_everything(actor):
        return
    if is_province(unit) or all(one.code != unit for one in overseen_agencies(actor)):
        raise PermissionRefused(permission=PERMISSION)
