"""Log-in accounts and keys for programs."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import DateTimeField, TextField

from motcua.directory.errors import ApiTokenInvalid, UsernameTaken
from motcua.directory.events import AccountClosed, AccountOpened, AccountReopened
from motcua.directory.models import Account, ApiToken
from motcua.directory.queries.actors import Holder, actor_from, api_token_view, holder_columns
from motcua.directory.queries.views import ApiTokenView
from motcua.directory.rules.accounts import check_token_life, check_username
from motcua.directory.rules.parties import check_name
from motcua.directory.services.passwords import hashed, locked_account
from motcua.directory.services.trace import Authors, is_grave_person, lock_person, note, require_two
from motcua.directory.words import AccessChange
from motcua.kernel import clock, events
from motcua.kernel.authority import Actor, authorise, in_scope
from motcua.kernel.statements import Question, slot

#: Written down at most this often, so that a busy program does not turn every read into a write.
_USE_NOTED_EVERY = timedelta(minutes=1)
_KEY_PREFIX = "motcua_"


@transaction.atomic
def open_account(
    *,
    actor: Actor,
    username: str,
    password: str | None,
    staff_id: UUID | None = None,
    party_id: UUID | None = None,
    must_change: bool = False,
) -> UUID:
    """Open a log-in for somebody in service or for a party of the public (exactly one of them); `must_change`: the password
    was given by somebody else and serves for one log-in.

    Without a password the account exists but nobody can log in by password. Raises UsernameInvalid,
    UsernameTaken, PasswordTooWeak, TwoPeopleNeeded (somebody who holds such a role already), PermissionRefused. Announces
    AccountOpened.
    """
    authorise(actor, "directory.manage")
    lock_person(staff_id)
    require_two(actor, is_grave_act=is_grave_person(staff_id))
    name = check_username(username)
    row = Account(
        username=name,
        password=hashed(password, is_alone=True),
        must_change_password=must_change,
        password_set_at=clock.now(),
        staff_id=staff_id,
        party_id=party_id,
        opened_at=clock.now(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as refusal:
        if "username" in str(refusal):
            raise UsernameTaken(username=name) from None
        raise
    events.announce(AccountOpened(account_id=row.pk, username=name))
    return row.pk


@transaction.atomic
def choose_language(*, actor: Actor, language: str) -> None:
    """Remember the language (``vi`` or ``en``) of one's own account. Raises OutOfScope."""
    row = in_scope(Account.objects.select_for_update().filter(pk=in_scope(actor.account_id)).first())
    row.language = "en" if language == "en" else "vi"
    row.save(update_fields=["language"])


@transaction.atomic
def close_account(*, actor: Actor, account_id: UUID, reason: str) -> None:
    """Close a log-in; its sessions and keys stop working at once. Raises OutOfScope, PermissionRefused.
    Announces AccountClosed.
    """
    authorise(actor, "directory.manage")
    row = in_scope(Account.objects.select_for_update().filter(pk=account_id).first())
    if not row.is_active:
        return
    row.is_active, row.closed_at = False, clock.now()
    row.save(update_fields=["is_active", "closed_at"])
    ApiToken.objects.filter(account=row, revoked_at=None).update(revoked_at=row.closed_at)
    events.announce(AccountClosed(account_id=row.pk, reason=check_name(reason)))


@transaction.atomic
def reopen_account(*, actor: Actor, account_id: UUID) -> None:
    """Take the closing of a log-in back: password and device are the old ones, revoked keys stay revoked.

    Raises OutOfScope, PermissionRefused. Announces AccountReopened.
    """
    authorise(actor, "directory.manage")
    row = in_scope(Account.objects.select_for_update().filter(pk=account_id).first())
    if row.is_active:
        return
    row.is_active, row.closed_at = True, None
    row.save(update_fields=["is_active", "closed_at"])
    events.announce(AccountReopened(account_id=row.pk))


@transaction.atomic
def issue_api_token(
    *,
    actor: Actor,
    account_id: UUID,
    name: str,
    life: timedelta,
    permissions: Sequence[str] = (),
) -> tuple[ApiTokenView, str]:
    """A key for programs acting as an account; the secret is shown this once. ``permissions`` narrow it
    (none: all of the account's).

    A key acts as its account, so nobody makes one alone for somebody who signs, seals, audits or administers. Raises
    ApiTokenPeriodInvalid, NameMissing, TwoPeopleNeeded, OutOfScope, PermissionRefused. Announces AccessChanged.
    """
    authorise(actor, "api.token")
    check_token_life(life)
    owner = locked_account(account_id)
    require_two(actor, is_grave_act=actor.account_id != account_id and is_grave_person(owner.staff_id))
    secret = _KEY_PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        account=owner,
        name=check_name(name),
        digest=_digest(secret),
        permissions=list(permissions),
        created_at=clock.now(),
        expires_at=clock.now() + life,
    )
    note(
        AccessChange.TOKEN_ISSUED,
        Authors(actor.account_id),
        staff_id=owner.staff_id,
        account_id=owner.pk,
        after=row.name,
    )
    return api_token_view(row), secret


@transaction.atomic
def revoke_api_token(*, actor: Actor, token_id: UUID) -> None:
    """Make a key useless at once; the owner may, and administrators. Raises OutOfScope, PermissionRefused. Announces
    AccessChanged.
    """
    row = in_scope(
        ApiToken.objects.select_for_update(of=("self",)).select_related("account").filter(pk=token_id).first()
    )
    if row.account_id != actor.account_id:
        authorise(actor, "api.token")
    if row.revoked_at is None:
        row.revoked_at = clock.now()
        row.save(update_fields=["revoked_at"])
        note(
            AccessChange.TOKEN_REVOKED,
            Authors(actor.account_id),
            staff_id=row.account.staff_id,
            account_id=row.account_id,
            before=row.name,
        )


_TOKEN = Question(
    lambda: ApiToken.objects.filter(
        digest=slot("digest", TextField()),
        revoked_at=None,
        expires_at__gt=slot("now", DateTimeField()),
        account__is_active=True,
    ).values_list("id", "permissions", "last_used_at", *holder_columns("account__"))
)


def use_api_token(*, secret: str) -> Actor:
    """The actor a key stands for, narrowed to the key's permissions. One statement. Raises ApiTokenInvalid."""
    now = clock.now()
    found = _TOKEN.first(digest=_digest(secret), now=now, today=clock.today())
    if found is None:
        raise ApiTokenInvalid()
    token_id, permissions, last_used_at, *holder = found
    if last_used_at is None or now - last_used_at >= _USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=token_id).update(last_used_at=now)
    actor = actor_from(Holder(*holder))
    if not permissions:
        return actor
    kept = {name: where for name, where in actor.grants.items() if name in permissions}
    return replace(actor, grants=MappingProxyType(kept))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
