"""Passwords: one's own, a new one by administrators, the one that must be chosen at log-in."""

import secrets
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext, override

from motcua.directory.errors import CurrentPasswordWrong, PasswordTooWeak, PasswordUnchanged
from motcua.directory.models import Account
from motcua.directory.queries import has_second_factor
from motcua.directory.rules.log_in import SHORTEST_ALONE, SHORTEST_PASSWORD
from motcua.directory.services.trace import Authors, is_grave_person, lock_person, note, require_two
from motcua.directory.words import AccessChange
from motcua.kernel import clock
from motcua.kernel.authority import Actor, authorise, in_scope, machine_only
from motcua.kernel.errors import TooManyTries
from motcua.kernel.throttling import Throttle, begin, in_words

#: A password asked again of somebody who is logged in, or about to be.
STEP_UP = Throttle("step_up")


@transaction.atomic
def reset_password(*, actor: Actor, account_id: UUID, reason: str = "") -> str:
    """Give somebody a new password, which they must change at the next log-in; told this once. Sessions of the account end.

    Raises TwoPeopleNeeded (the person signs, seals, audits or administers), OutOfScope, PermissionRefused. Announces
    AccessChanged.
    """
    authorise(actor, "directory.manage")
    account = locked_account(account_id)
    require_two(actor, is_grave_act=is_grave_person(account.staff_id))
    return renew_password(account, Authors(actor.account_id, ground=reason))


def renew_password(account: Account, by: Authors) -> str:
    """A new password for an account whose person is locked. Private to the services of access."""
    password = secrets.token_urlsafe(12)
    _write(account, password, must_change=True)
    note(
        AccessChange.PASSWORD_RESET,
        by,
        staff_id=account.staff_id,
        account_id=account.pk,
        before="own",
        after="to be changed at log-in",
    )
    return password


@transaction.atomic
def set_password(*, actor: Actor, account_id: UUID, password: str) -> None:
    """The operator at the machine sets a password that stays (first administrator, demo). Raises PasswordTooWeak, OutOfScope,
    PermissionRefused. Announces AccessChanged.
    """
    machine_only(actor)
    account = locked_account(account_id)
    _write(account, password, must_change=False)
    note(AccessChange.PASSWORD_RESET, Authors(None), staff_id=account.staff_id, account_id=account_id)


def change_password(*, actor: Actor, current: str, password: str, address: str) -> None:
    """Change one's own password, with the current one. Every other session of the account ends.

    Raises CurrentPasswordWrong, TooManyTries, PasswordTooWeak, PasswordUnchanged, OutOfScope. Announces AccessChanged.
    """
    account_id = in_scope(actor.account_id)
    prove_password(account_id=account_id, password=current, address=address)
    choose_password(account_id=account_id, password=password)


@transaction.atomic
def choose_password(*, account_id: UUID, password: str) -> None:
    """The person's own new password, after they proved who they are. Called only for the account that is logging in, or is.

    Raises PasswordTooWeak, PasswordUnchanged, OutOfScope. Announces AccessChanged.
    """
    account = locked_account(account_id)
    if account.check_password(password):
        raise PasswordUnchanged
    _write(account, password, must_change=False)
    note(AccessChange.PASSWORD_CHANGED, Authors(account_id), staff_id=account.staff_id, account_id=account_id)


def prove_password(*, account_id: UUID, password: str, address: str) -> None:
    """The password of somebody known, asked again before a step that matters; wrong ones slow down, also when the caller's
    step is refused. Raises CurrentPasswordWrong, TooManyTries, OutOfScope.
    """
    with transaction.atomic():
        trial = begin(STEP_UP, subject=str(account_id), address=address)
        is_right, locked = False, trial.wait
        if not locked:
            account = in_scope(Account.objects.filter(pk=account_id, is_active=True).first())
            is_right = account.check_password(password)
            if is_right:
                trial.right()
            else:
                locked = trial.wrong()
    if locked:
        raise TooManyTries(**in_words(locked))
    if not is_right:
        raise CurrentPasswordWrong


def hashed(password: str | None, *, is_alone: bool) -> str:
    """The hash of a password that is good enough; `is_alone`: no second factor stands beside it. Raises PasswordTooWeak."""
    if password is None:
        return make_password(None)
    if is_alone and len(password) < SHORTEST_ALONE:
        reason = gettext("Cần ít nhất %(n)d ký tự khi tài khoản không có xác thực hai lớp.") % {
            "n": SHORTEST_ALONE
        }
        raise PasswordTooWeak(reasons=reason)
    try:
        with override("vi"):
            validate_password(password)
    except ValidationError as refusal:
        raise PasswordTooWeak(reasons=" ".join(refusal.messages)) from None
    return make_password(password)


def shortest_password(*, has_second_factor: bool) -> int:
    """The least number of characters of a password; standing alone it has to be longer."""
    return SHORTEST_PASSWORD if has_second_factor else SHORTEST_ALONE


def locked_account(account_id: UUID) -> Account:
    """An open account with its person, both locked. Private to the services of access. Raises OutOfScope."""
    found = in_scope(Account.objects.filter(pk=account_id, is_active=True).first())
    lock_person(found.staff_id)
    return in_scope(Account.objects.select_for_update().filter(pk=account_id, is_active=True).first())


def _write(account: Account, password: str, *, must_change: bool) -> None:
    account.password = hashed(password, is_alone=not has_second_factor(account.pk))
    account.must_change_password, account.password_set_at = must_change, clock.now()
    account.save(update_fields=["password", "must_change_password", "password_set_at"])
