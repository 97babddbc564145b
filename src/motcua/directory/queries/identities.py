"""Electronic identities: whether they are offered here, which are linked, and which a clerk has to compare."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from motcua.directory.models import IdentityConflict, LinkedIdentity
from motcua.directory.queries.parties import parties
from motcua.directory.queries.views import PartyView
from motcua.directory.rules.identity_numbers import masked
from motcua.kernel.authority import Actor, authorise, in_scope


@dataclass(frozen=True, slots=True)
class ConflictView:
    """What the provider says, beside whom that number belongs to here."""

    id: UUID
    reference: str
    full_name: str
    born: str
    number_masked: str
    recorded: PartyView
    at: datetime


@dataclass(frozen=True, slots=True)
class LinkView:
    """One identity of an account."""

    issuer: str
    level: int
    linked_at: datetime
    last_used_at: datetime


def offers_identity() -> bool:
    """Whether people log in with an electronic identity here."""
    return bool(settings.MOTCUA_IDENTITY_ISSUER)


def identity_conflicts(*, actor: Actor, limit: int = 100) -> tuple[ConflictView, ...]:
    """What waits for a comparison, oldest first; `dossiers.queries.identity_conflicts` keeps to the actor's reach.

    Two statements. Refuses: `PermissionRefused`.
    """
    authorise(actor, "person.merge")
    rows = list(IdentityConflict.objects.filter(outcome="").order_by("at")[:limit])
    people = parties(row.party_id for row in rows)
    return tuple(
        ConflictView(
            id=row.pk,
            reference=row.pk.hex[-8:].upper(),
            full_name=row.said.get("full_name", ""),
            born=row.said.get("birth_on", ""),
            number_masked=masked(
                row.said.get("personal_number") or row.said.get("old_number") or row.said.get("tax_code", "")
            ),
            recorded=people[row.party_id],
            at=row.at,
        )
        for row in rows
    )


def party_of_conflict(conflict_id: UUID) -> UUID:
    """Whose number it is about. Refuses: `OutOfScope`. Who may see it is decided by what it is read for."""
    return in_scope(
        IdentityConflict.objects.filter(pk=conflict_id).values_list("party_id", flat=True).first()
    )


def own_identities(*, actor: Actor) -> tuple[LinkView, ...]:
    """The identities that open one's own account. Refuses: `OutOfScope` without one."""
    rows = LinkedIdentity.objects.filter(account_id=in_scope(actor.account_id), ended_at=None).order_by(
        "linked_at"
    )
    return tuple(LinkView(row.issuer, row.level, row.linked_at, row.last_used_at) for row in rows)
