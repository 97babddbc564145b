"""Delegation of signing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.directory.errors import DelegationOverlaps, DelegatorMayNotSign
from motcua.directory.events import DelegationRevoked, SigningDelegated
from motcua.directory.models import Account, Assignment, DelegatedScope, Delegation
from motcua.directory.models.validity import days
from motcua.directory.rules.delegation import SigningScope, check_delegation
from motcua.directory.rules.parties import check_name
from motcua.directory.services.trace import Authors, lock_person, note, require_two
from motcua.directory.words import AccessChange, Role
from motcua.kernel import clock, events
from motcua.kernel.authority import Actor, authorise, in_scope


@dataclass(frozen=True, slots=True)
class Mandate:
    """What a delegation says: who for whom, where, of what, from a day to the day before another, by which decision."""

    delegator_account_id: UUID
    delegate_account_id: UUID
    agency_id: UUID
    scopes: tuple[SigningScope, ...]
    begins_on: date
    ends_on: date | None
    decision_number: str
    decided_on: date | None = None


@transaction.atomic
def delegate_signing(
    *,
    actor: Actor,
    delegator_account_id: UUID,
    delegate_account_id: UUID,
    agency_id: UUID,
    scopes: Sequence[SigningScope],
    begins_on: date,
    ends_on: date | None,
    decision_number: str,
    decided_on: date | None = None,
) -> UUID:
    """Let somebody sign in a leader's place, for procedures, fields or everything, from a day to the day
    before another.

    The delegator must hold the signing role by own post; what was delegated cannot be passed on. One scope is
    held by one person at a time. Leaders delegate what is theirs; an administrator who records it for them needs a second
    one. Raises TwoPeopleNeeded, DelegationToSelf, DelegationEmpty, DelegationPeriodInvalid,
    DelegatorMayNotSign, DelegationOverlaps, NameMissing (no decision number), OutOfScope, PermissionRefused.
    Announces SigningDelegated, AccessChanged.
    """
    authorise(actor, "delegation.manage", agency_id)
    mandate = Mandate(
        delegator_account_id,
        delegate_account_id,
        agency_id,
        tuple(scopes),
        begins_on,
        ends_on,
        decision_number,
        decided_on,
    )
    check_mandate(mandate)
    lock_person(_staff_of(delegate_account_id))
    require_two(actor, is_grave_act=actor.account_id != delegator_account_id)
    return give_mandate(Authors(actor.account_id, ground=decision_number), mandate)


def check_mandate(mandate: Mandate) -> tuple[UUID, UUID]:
    """Whose mandate it is and who gets it. Private to the services of access. Raises what `delegate_signing` raises."""
    check_delegation(
        delegator_id=mandate.delegator_account_id,
        delegate_id=mandate.delegate_account_id,
        scopes=mandate.scopes,
        begins_on=mandate.begins_on,
        ends_on=mandate.ends_on,
    )
    delegator_id, delegate_id = (
        _staff_of(mandate.delegator_account_id),
        _staff_of(mandate.delegate_account_id),
    )
    leads = Assignment.objects.filter(staff_id=delegator_id, agency_id=mandate.agency_id, role=Role.LEADER)
    if not leads.in_force(mandate.begins_on).exists():
        raise DelegatorMayNotSign()
    check_name(mandate.decision_number)
    return delegator_id, delegate_id


def give_mandate(by: Authors, mandate: Mandate) -> UUID:
    """The delegation itself. Private to the services of access. Raises what `delegate_signing` raises."""
    delegator_id, delegate_id = check_mandate(mandate)
    row = Delegation.objects.create(
        delegator_id=delegator_id,
        delegate_id=delegate_id,
        agency_id=mandate.agency_id,
        decision_number=check_name(mandate.decision_number),
        decided_on=mandate.decided_on,
        created_at=clock.now(),
        validity=days(mandate.begins_on, mandate.ends_on),
    )
    _keep_scopes(row, mandate.scopes)
    events.announce(
        SigningDelegated(
            delegation_id=row.pk,
            delegator_account_id=mandate.delegator_account_id,
            delegate_account_id=mandate.delegate_account_id,
            agency_id=mandate.agency_id,
            begins_on=mandate.begins_on,
            ends_on=mandate.ends_on,
            decision_number=row.decision_number,
        )
    )
    for staff_id, account_id in (
        (delegate_id, mandate.delegate_account_id),
        (delegator_id, mandate.delegator_account_id),
    ):
        note(
            AccessChange.SIGNING_DELEGATED,
            by,
            staff_id=staff_id,
            account_id=account_id,
            agency_id=mandate.agency_id,
            after=row.decision_number,
        )
    return row.pk


def _staff_of(account_id: UUID) -> UUID:
    row = Account.objects.filter(pk=account_id, is_active=True, staff__isnull=False).first()
    staff_id: UUID = in_scope(in_scope(row).staff_id)
    return staff_id


def _keep_scopes(row: Delegation, scopes: Sequence[SigningScope]) -> None:
    try:
        with transaction.atomic():
            DelegatedScope.objects.bulk_create(
                DelegatedScope(
                    delegation=row,
                    delegator_id=row.delegator_id,
                    agency_id=row.agency_id,
                    kind=scope.kind,
                    code=scope.code,
                    validity=row.validity,
                )
                for scope in dict.fromkeys(scopes)
            )
    except IntegrityError as refusal:
        if "signing_delegated_once" in str(refusal):
            raise DelegationOverlaps() from None
        raise


@transaction.atomic
def revoke_delegation(*, actor: Actor, delegation_id: UUID, reason: str) -> None:
    """End a delegation today; what was signed before stays signed. A second revocation changes nothing.

    Raises OutOfScope, PermissionRefused, NameMissing (no reason). Announces DelegationRevoked.
    """
    row = in_scope(Delegation.objects.select_for_update().filter(pk=delegation_id).first())
    authorise(actor, "delegation.manage", row.agency_id)
    if row.revoked_at is not None:
        return
    begins_on, today = row.validity.lower, clock.today()
    last = (
        max(today, begins_on)
        if row.validity.upper is None
        else min(max(today, begins_on), row.validity.upper)
    )
    row.validity = days(begins_on, last)
    row.revoked_at, row.revoked_reason = clock.now(), check_name(reason)
    row.save(update_fields=["validity", "revoked_at", "revoked_reason"])
    row.scopes.update(validity=row.validity)
    events.announce(DelegationRevoked(delegation_id=row.pk, revoked_on=last, reason=row.revoked_reason))
