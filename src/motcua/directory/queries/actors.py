"""Who acts: the actor of an account, and the people who hold roles."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, TextField, UUIDField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat
from django_otp.plugins.otp_totp.models import TOTPDevice

from motcua.directory.models import (
    Account,
    ApiToken,
    Assignment,
    Delegation,
    OrganisationDetail,
    Party,
    RolePolicy,
)
from motcua.directory.queries.views import AccountView, ApiTokenView, RoleHeld
from motcua.directory.rules.roles import (
    DELEGATE_PERMISSIONS,
    PROVINCE_WIDE,
    SECOND_FACTOR_BY_DEFAULT,
    permissions_of,
)
from motcua.directory.words import Role
from motcua.kernel import clock
from motcua.kernel.authority import ANONYMOUS, EVERYWHERE, Actor, ActorKind, Seat, authorise
from motcua.kernel.statements import Question, slot

_DELEGATE = "delegate"


class Holder(NamedTuple):
    """The person behind an open account with everything that gives them rights, as one statement reads it."""

    account_id: UUID
    staff_id: UUID | None
    staff_name: str | None
    party_id: UUID | None
    party_name: str | None
    #: `agency role post` for each role in force; the post may be empty.
    held: Sequence[str]
    #: Agencies in which somebody who still holds the signing role lets this person sign.
    signed_for: Sequence[UUID]
    #: Organisations whose legal representative this party is, by any of their records.
    represented: Sequence[UUID]
    #: Every record of this party: where they were recorded more than once, all that were merged.
    records: Sequence[UUID]


def holder_columns(to_account: str = "") -> tuple[str | Combinable, ...]:
    """The columns of a `Holder` for a `Question` about accounts (or about rows that lead `to_account`); slot: `today`."""
    today = slot("today", DateField())
    staff = OuterRef(f"{to_account}staff_id")
    own = (f"{to_account}party__merged_into_id", f"{to_account}party_id")
    standing = Coalesce(OuterRef(own[0]), OuterRef(own[1]))
    held = Assignment.objects.in_force(today).filter(staff_id=staff)
    leads = Assignment.objects.in_force(today).filter(
        staff_id=OuterRef("delegator_id"), agency_id=OuterRef("agency_id"), role=Role.LEADER
    )
    delegated = Delegation.objects.in_force(today).filter(Exists(leads), delegate_id=staff)
    records = Party.objects.filter(Q(pk=standing) | Q(merged_into_id=standing))
    outer = Coalesce(OuterRef(OuterRef(own[0])), OuterRef(OuterRef(own[1])))
    represented = OrganisationDetail.objects.filter(
        legal_representative__in=Party.objects.filter(Q(pk=outer) | Q(merged_into_id=outer))
    )
    blank = Value(" ", TextField())
    post = Coalesce("post__title", Value(""), output_field=TextField())
    line = Concat(Cast("agency_id", TextField()), blank, "role", blank, post, output_field=TextField())
    return (
        *(f"{to_account}{name}" for name in ("id", "staff_id", "staff__full_name", "party_id")),
        Coalesce(f"{to_account}party__merged_into__full_name", f"{to_account}party__full_name"),
        ArraySubquery(held.values_list(line)),
        ArraySubquery(delegated.values_list("agency_id")),
        ArraySubquery(represented.values_list("party_id")),
        ArraySubquery(records.values_list("pk")),
    )


_HOLDER = Question(
    lambda: Account.objects.filter(pk=slot("account_id", UUIDField()), is_active=True).values_list(
        *holder_columns()
    )
)


def actor_for(account: Account | object) -> Actor:
    """The actor of a logged-in account with the roles in force today; ANONYMOUS for nobody or a closed
    account. One query.
    """
    return actor_of(account.pk) if isinstance(account, Account) and account.is_active else ANONYMOUS


def actor_of(account_id: UUID) -> Actor:
    """As actor_for, from the id of an account; ANONYMOUS where there is none."""
    found = _HOLDER.first(account_id=account_id, today=clock.today())
    return actor_from(Holder(*found)) if found else ANONYMOUS


def actor_from(holder: Holder) -> Actor:
    """Who acts, of what the statement found."""
    if holder.staff_id is not None:
        return _officer(holder)
    if holder.party_id is None:  # the database refuses an account of neither
        return ANONYMOUS
    return Actor(
        kind=ActorKind.PERSON,
        account_id=holder.account_id,
        name=holder.party_name or "",
        party_ids=frozenset({holder.party_id, *holder.records, *holder.represented}),
    )


def _officer(holder: Holder) -> Actor:
    seats = tuple(
        Seat(UUID(agency_id), role, post)
        for agency_id, role, post in (line.split(" ", 2) for line in sorted(holder.held))
    )
    rows = [
        *((seat.agency_id, seat.role) for seat in seats),
        *((agency_id, _DELEGATE) for agency_id in holder.signed_for),
    ]
    return Actor(
        kind=ActorKind.OFFICER,
        account_id=holder.account_id,
        name=holder.staff_name or "",
        agency_ids=frozenset(agency_id for agency_id, _ in rows),
        grants=MappingProxyType(_grants(rows)),
        seats=seats,
    )


def _grants(held: Iterable[tuple[UUID, str]]) -> dict[str, frozenset[UUID]]:
    agencies: dict[str, set[UUID]] = defaultdict(set)
    for agency_id, role in held:
        is_everywhere = role in PROVINCE_WIDE
        permissions = DELEGATE_PERMISSIONS if role == _DELEGATE else permissions_of(Role(role))
        for permission in permissions:
            agencies[permission].add(EVERYWHERE if is_everywhere else agency_id)
    return {permission: frozenset(found) for permission, found in agencies.items()}


def account(account_id: UUID) -> AccountView | None:
    """One account as shown, or None."""
    found = Account.objects.select_related("staff", "party__merged_into").filter(pk=account_id).first()
    return account_view(found) if found else None


def account_named(username: str) -> UUID | None:
    """The open account of a user name, or None."""
    return (
        Account.objects.filter(username=username.strip().lower(), is_active=True)
        .values_list("pk", flat=True)
        .first()
    )


def account_names(account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Display names of many accounts in one query; ids without an account are absent."""
    rows = Account.objects.filter(pk__in=set(account_ids)).values_list(
        "id", "staff__full_name", Coalesce("party__merged_into__full_name", "party__full_name")
    )
    return {account_id: staff_name or party_name for account_id, staff_name, party_name in rows}


def email_of(account_id: UUID) -> str:
    """The e-mail address of the staff or the party behind an account; "" where none is known."""
    row = (
        Account.objects.filter(pk=account_id)
        .values_list("staff__email", "party__merged_into__email", "party__email")
        .first()
    )
    return next((address for address in row or () if address), "")


def account_view(account: Account) -> AccountView:
    party = account.party and (account.party.merged_into or account.party)
    holder = account.staff or party
    return AccountView(
        id=account.pk,
        username=account.username,
        name=holder.full_name if holder else "",
        is_active=account.is_active,
        staff_id=account.staff_id,
        party_id=account.party_id,
        language=account.language,
    )


def holders_of(role: Role, agency_id: UUID, on: date | None = None) -> tuple[RoleHeld, ...]:
    """Who holds a role in an agency on a day (today by default), by name: the people a task can be given to."""
    rows = Assignment.objects.in_force(on or clock.today()).filter(role=role, agency_id=agency_id)
    return as_held(rows)


def holders_by_role(agency_ids: Iterable[UUID]) -> Mapping[tuple[UUID, Role], Sequence[tuple[UUID, str]]]:
    """Account and name of everybody who holds a role in these agencies today, by agency and role, by name. One statement."""
    rows = Assignment.objects.in_force(clock.today()).filter(
        agency_id__in=set(agency_ids), staff__account__is_active=True
    )
    found: dict[tuple[UUID, Role], list[tuple[UUID, str]]] = defaultdict(list)
    wanted = rows.order_by("staff__full_name").values_list(
        "agency_id", "role", "staff__account__id", "staff__full_name"
    )
    for agency_id, role, account_id, name in wanted:
        found[agency_id, Role(role)].append((account_id, name))
    return found


def roles_with(permission: str) -> frozenset[Role]:
    """The roles whose holders may do something."""
    return frozenset(role for role in Role if permission in permissions_of(role))


def roles_held(staff_id: UUID, on: date | None = None) -> tuple[RoleHeld, ...]:
    """Every role of one person on a day (today by default)."""
    return as_held(Assignment.objects.in_force(on or clock.today()).filter(staff_id=staff_id))


def staff_of(*, actor: Actor, agency_id: UUID, on: date | None = None) -> tuple[RoleHeld, ...]:
    """Everybody in service in an agency. For its members and for administrators. Raises PermissionRefused."""
    if agency_id not in actor.agency_ids:
        authorise(actor, "directory.manage", agency_id)
    return as_held(Assignment.objects.in_force(on or clock.today()).filter(agency_id=agency_id))


def as_held(rows: QuerySet[Assignment]) -> tuple[RoleHeld, ...]:
    found = rows.annotate(account_id=F("staff__account__id")).select_related("staff", "agency", "post")
    return tuple(
        RoleHeld(
            assignment_id=row.pk,
            staff_id=row.staff_id,
            staff_name=row.staff.full_name,
            account_id=row.account_id,
            agency_id=row.agency_id,
            agency_name=row.agency.name,
            role=Role(row.role),
            post_title=row.post.title if row.post else "",
            begins_on=row.validity.lower,
            ends_on=row.validity.upper,
        )
        for row in found.order_by("staff__full_name", "role")
    )


def needs_second_factor(account: Account) -> bool:
    """Whether a role held today asks for a second factor, by the switch of each role. Two queries."""
    if account.staff_id is None:
        return False
    held = set(
        Assignment.objects.in_force(clock.today())
        .filter(staff_id=account.staff_id)
        .values_list("role", flat=True)
    )
    switches = second_factor_switches()
    return any(switches[Role(role)] for role in held)


def has_second_factor(account_id: UUID) -> bool:
    """Whether a confirmed authenticator belongs to the account."""
    return bool(TOTPDevice.objects.filter(user_id=account_id, confirmed=True).exists())


def second_factor_switches() -> dict[Role, bool]:
    """Per role: whether a second factor is asked for."""
    decided = dict(RolePolicy.objects.values_list("role", "requires_second_factor"))
    return {role: decided.get(role, role in SECOND_FACTOR_BY_DEFAULT) for role in Role}


def api_tokens(*, actor: Actor, account_id: UUID) -> Sequence[ApiTokenView]:
    """The keys of an account, newest first. For its owner and for administrators. Raises PermissionRefused."""
    if actor.account_id != account_id:
        authorise(actor, "api.token")
    rows = ApiToken.objects.of_account(account_id).order_by("-created_at")
    return tuple(api_token_view(row) for row in rows)


def api_tokens_of(*, actor: Actor, account_ids: Iterable[UUID]) -> Mapping[UUID, Sequence[ApiTokenView]]:
    """The keys of many accounts, newest first. For administrators. One statement. Raises PermissionRefused."""
    authorise(actor, "api.token")
    found: dict[UUID, list[ApiTokenView]] = {}
    for row in ApiToken.objects.filter(account_id__in=set(account_ids)).order_by("-created_at"):
        found.setdefault(row.account_id, []).append(api_token_view(row))
    return found


def api_token_view(row: ApiToken) -> ApiTokenView:
    return ApiTokenView(
        id=row.pk,
        account_id=row.account_id,
        name=row.name,
        permissions=tuple(row.permissions),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
    )


def has_password(account_id: UUID) -> bool:
    """Whether a password opens this account; those of electronic identities have none."""
    theirs = Account.objects.filter(pk=account_id).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return theirs.exists()


def accounts_for_demo() -> tuple[AccountView, ...]:
    """Every open account by user name; only for installations that show their demo log-ins."""
    rows = (
        Account.objects.select_related("staff", "party__merged_into")
        .filter(Q(is_active=True))
        .exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        .order_by("username")
    )
    return tuple(account_view(row) for row in rows)
