"""Who acts, and whether they may. Deny by default.

An `Actor` is built once per request from the account and carries everything a decision needs, so that a permission
check costs no query. Permissions are plain strings (`dossier.receive`); which role carries which is data above.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Final, TypeVar
from uuid import UUID

from motcua.kernel.errors import OutOfScope, PermissionRefused

_T = TypeVar("_T")

#: A grant for this agency holds in every agency of the province (supervisors, administrators, auditors).
EVERYWHERE = UUID(int=0)


class Anywhere(Enum):
    """What a question is about that names no agency; a type of its own, so that nobody asks it by a None or an empty list."""

    ANYWHERE = "anywhere"


ANYWHERE: Final = Anywhere.ANYWHERE


class ActorKind(StrEnum):
    ANONYMOUS = "anonymous"
    PERSON = "person"
    OFFICER = "officer"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Seat:
    """A role somebody holds in an agency, and what their post is called there ("" where the role has none)."""

    agency_id: UUID
    role: str
    post: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks: `party_ids` are the persons or organisations they act for, `grants` maps permission → agencies.

    `seats` say as what an officer serves, for the eye only: what they may is in `grants`.
    """

    kind: ActorKind
    account_id: UUID | None = None
    name: str = ""
    party_ids: frozenset[UUID] = frozenset()
    agency_ids: frozenset[UUID] = frozenset()
    grants: Mapping[str, frozenset[UUID]] = field(default_factory=lambda: MappingProxyType({}))
    seats: tuple[Seat, ...] = ()

    @property
    def is_officer(self) -> bool:
        return self.kind is ActorKind.OFFICER

    def agencies_with(self, permission: str) -> frozenset[UUID]:
        """Agencies in which the permission holds; contains `EVERYWHERE` when it holds in all."""
        return self.grants.get(permission, frozenset())

    def may(self, permission: str, agency_id: UUID | Anywhere | None = ANYWHERE) -> bool:
        """Whether the permission holds in this agency; asked without one, whether it holds in any at all.

        None is an agency that is not known: there it holds only for whoever holds it everywhere.
        """
        if self.kind is ActorKind.SYSTEM:
            return True
        held = self.agencies_with(permission)
        return EVERYWHERE in held or (bool(held) if agency_id is ANYWHERE else agency_id in held)


SYSTEM = Actor(kind=ActorKind.SYSTEM, name="Hệ thống")
ANONYMOUS = Actor(kind=ActorKind.ANONYMOUS)


def authorise(actor: Actor, permission: str, agency_id: UUID | Anywhere | None = ANYWHERE) -> None:
    """Let pass or raise `PermissionRefused`; agencies as `Actor.may` reads them."""
    if not actor.may(permission, agency_id):
        raise PermissionRefused(permission=permission)


def authorise_in_one(actor: Actor, permission: str, agency_ids: Collection[UUID | None]) -> UUID | None:
    """The first of these agencies in which the permission holds, or `PermissionRefused`; in none of no agencies."""
    for agency_id in agency_ids:
        if actor.may(permission, agency_id):
            return agency_id
    raise PermissionRefused(permission=permission)


def in_scope(thing: _T | None) -> _T:
    """The thing, or `OutOfScope`: what a scoped query did not return does not exist for this actor."""
    if thing is None:
        raise OutOfScope
    return thing


def machine_only(actor: Actor) -> None:
    """Background work is nobody's act: refuse everybody but the system with `PermissionRefused`."""
    if actor.kind is not ActorKind.SYSTEM:
        raise PermissionRefused(permission="system")
