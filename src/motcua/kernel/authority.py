"""Who acts, and whether they may. Deny by default.

An `Actor` is built once per request from the account and carries everything a decision needs, so that a permission
check costs no query. Permissions are plain strings (`dossier.receive`); which role carries which is data above.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar
from uuid import UUID

from motcua.kernel.errors import OutOfScope, PermissionRefused

_T = TypeVar("_T")

#: A grant for this agency holds in every agency of the province (supervisors, administrators, auditors).
EVERYWHERE = UUID(int=0)


class ActorKind(StrEnum):
    ANONYMOUS = "anonymous"
    PERSON = "person"
    OFFICER = "officer"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who asks: `party_ids` are the persons or organisations they act for, `grants` maps permission → agencies."""

    kind: ActorKind
    account_id: UUID | None = None
    name: str = ""
    party_ids: frozenset[UUID] = frozenset()
    agency_ids: frozenset[UUID] = frozenset()
    grants: Mapping[str, frozenset[UUID]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def is_officer(self) -> bool:
        return self.kind is ActorKind.OFFICER

    def agencies_with(self, permission: str) -> frozenset[UUID]:
        """Agencies in which the permission holds; contains `EVERYWHERE` when it holds in all."""
        return self.grants.get(permission, frozenset())

    def may(self, permission: str, agency_id: UUID | None = None) -> bool:
        """Whether the permission holds in `agency_id` (or, without one, anywhere at all)."""
        if self.kind is ActorKind.SYSTEM:
            return True
        held = self.agencies_with(permission)
        return EVERYWHERE in held or (bool(held) if agency_id is None else agency_id in held)


SYSTEM = Actor(kind=ActorKind.SYSTEM, name="Hệ thống")
ANONYMOUS = Actor(kind=ActorKind.ANONYMOUS)


def authorise(actor: Actor, permission: str, *agency_ids: UUID) -> None:
    """Let pass or raise `PermissionRefused`; with several agencies, holding it in one of them is enough."""
    allowed = (
        any(actor.may(permission, agency) for agency in agency_ids) if agency_ids else actor.may(permission)
    )
    if not allowed:
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
