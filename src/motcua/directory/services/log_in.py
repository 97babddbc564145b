"""Logging in: password with a throttle, then a second factor where the role asks for one.

Failures are counted outside the caller's refusal: a wrong password is remembered although the attempt is
refused.
"""

from base64 import b32encode
from datetime import timedelta
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode
from uuid import UUID

from django.contrib.auth import authenticate
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from motcua.directory.errors import (
    LogInFailed,
    LogInLocked,
    SecondFactorAlreadySet,
    SecondFactorWrong,
)
from motcua.directory.events import LoggedIn, LogInWasLocked
from motcua.directory.models import Account
from motcua.directory.queries import has_second_factor, needs_second_factor
from motcua.directory.services.passwords import locked_account, prove_password
from motcua.directory.services.trace import Authors, is_grave_person, note, require_two
from motcua.directory.words import AccessChange
from motcua.kernel import clock, events
from motcua.kernel.authority import Actor, authorise, in_scope
from motcua.kernel.throttling import Throttle, Trial, begin, forgive, in_words

_ISSUER = "Một Cửa"
_LONGEST_NAME = 64
#: An office shares one address and a name may be tried from everywhere: generous, and never for who is at home there.
LOG_IN = Throttle("log_in")
SECOND_FACTOR = Throttle("second_factor")

#: The device of the library, which has no types, or why there is none.
_Proved: TypeAlias = Any | SecondFactorWrong | LogInLocked


def log_in_attempt(*, username: str, password: str, address: str) -> Account:
    """The account whose name and password these are. The caller then opens the session, and asks for the
    second factor if
    ``queries.needs_second_factor`` says so.

    Attempts for one name from one network wait for each other, so guesses cannot run side by side. Raises
    LogInLocked (with ``wait`` in words and ``seconds``), LogInFailed. Announces LoggedIn; LogInWasLocked when
    a lock begins.
    """
    name = username.strip().lower()[:_LONGEST_NAME]
    with transaction.atomic():
        outcome = _attempt(name, password, address)
    if isinstance(outcome, Account):
        return outcome
    raise outcome


def _attempt(name: str, password: str, address: str) -> Account | LogInFailed | LogInLocked:
    trial = begin(LOG_IN, subject=name, address=address)
    if trial.wait:
        return _locked(trial.wait)
    account = authenticate(username=name, password=password)
    if isinstance(account, Account):
        trial.right()
        is_plain = not (has_second_factor(account.pk) or needs_second_factor(account))
        changed = {"needs_confirmed_sessions": False} if is_plain else {}
        Account.objects.filter(pk=account.pk).update(last_login=clock.now(), **changed)
        events.announce(LoggedIn(account_id=account.pk, address=address))
        return account
    locked_for = trial.wrong()
    if locked_for:
        events.announce(LogInWasLocked(username=name, address=address, failures=trial.failures))
        return _locked(locked_for)
    return LogInFailed()


def _locked(remaining: timedelta) -> LogInLocked:
    return LogInLocked(**in_words(remaining))


@transaction.atomic
def unlock_log_in(*, actor: Actor, username: str) -> None:
    """Forget the wrong passwords of a name, from every address. Raises PermissionRefused. Announces AccessChanged where the
    name is an account's.
    """
    authorise(actor, "directory.manage")
    name = username.strip().lower()
    forgive(LOG_IN, subject=name)
    if owner := Account.objects.filter(username=name).values_list("pk", "staff_id").first():
        note(
            AccessChange.LOG_IN_UNLOCKED,
            Authors(actor.account_id),
            account_id=owner[0],
            staff_id=owner[1],
        )


@transaction.atomic
def begin_totp_device(*, account_id: UUID) -> tuple[int, str]:
    """Prepare an authenticator for an account that has none: the device's id and the ``otpauth://`` address
    for its QR code.

    Called only for the account that is logging in. An unconfirmed device is replaced. Raises
    SecondFactorAlreadySet, OutOfScope.
    """
    account = in_scope(Account.objects.select_for_update().filter(pk=account_id, is_active=True).first())
    if has_second_factor(account_id):
        raise SecondFactorAlreadySet()
    TOTPDevice.objects.filter(user_id=account_id, confirmed=False).delete()
    device = TOTPDevice.objects.create(user=account, name="totp", confirmed=False)
    secret = b32encode(device.bin_key).decode()
    label = quote(f"{_ISSUER}:{account.username}")
    asked = urlencode(
        {
            "secret": secret,
            "issuer": _ISSUER,
            "algorithm": "SHA1",
            "digits": device.digits,
            "period": device.step,
        }
    )
    return int(device.pk), f"otpauth://totp/{label}?{asked}"


def confirm_totp_device(
    *, account_id: UUID, device_id: int, token: str, password: str, address: str
) -> TOTPDevice:
    """Take an authenticator into use once its holder said the current password again and it shows the right code. Sessions of
    the account that were begun without one end.

    Raises CurrentPasswordWrong, TooManyTries, SecondFactorWrong, OutOfScope. Announces AccessChanged.
    """
    prove_password(account_id=account_id, password=password, address=address)
    with transaction.atomic():
        trial = begin(SECOND_FACTOR, subject=str(account_id), address=address)
        outcome = _locked(trial.wait) if trial.wait else _taken_into_use(account_id, device_id, token)
        outcome = _counted(trial, outcome)
    if isinstance(outcome, SecondFactorWrong | LogInLocked):
        raise outcome
    return outcome


def _taken_into_use(account_id: UUID, device_id: int, token: str) -> _Proved:
    account = locked_account(account_id)
    wanted = TOTPDevice.objects.select_for_update().filter(user_id=account_id, confirmed=False)
    device = in_scope(wanted.filter(pk=device_id).first())
    if not device.verify_token(token.strip()):
        return SecondFactorWrong()
    device.confirmed = True
    device.save()
    Account.objects.filter(pk=account_id).update(needs_confirmed_sessions=True)
    note(
        AccessChange.SECOND_FACTOR_SET,
        Authors(account_id),
        staff_id=account.staff_id,
        account_id=account_id,
        before="devices: 0",
        after="devices: 1",
    )
    return device


def _counted(trial: Trial, outcome: _Proved) -> _Proved:
    """Count what became of a try; the refusal is that of the lock where one begins."""
    if isinstance(outcome, SecondFactorWrong):
        locked = trial.wrong()
        return _locked(locked) if locked else outcome
    if not isinstance(outcome, LogInLocked):
        trial.right()
    return outcome


def verify_second_factor(*, account_id: UUID, token: str, address: str) -> TOTPDevice:
    """The device that showed this code; wrong codes slow down the account in this network and the device itself. Raises
    SecondFactorWrong, LogInLocked.
    """
    with transaction.atomic():
        trial = begin(SECOND_FACTOR, subject=str(account_id), address=address)
        outcome = _counted(trial, _locked(trial.wait) if trial.wait else _verified(account_id, token))
    if isinstance(outcome, SecondFactorWrong | LogInLocked):
        raise outcome
    return outcome


def _verified(account_id: UUID, token: str) -> _Proved:
    device = TOTPDevice.objects.select_for_update().filter(user_id=account_id, confirmed=True).first()
    if device is None:
        return SecondFactorWrong()
    is_allowed, detail = device.verify_is_allowed()
    if not is_allowed:
        return _locked(detail["locked_until"] - clock.now())
    return device if device.verify_token(token.strip()) else SecondFactorWrong()


@transaction.atomic
def remove_second_factor(*, actor: Actor, account_id: UUID, reason: str = "") -> None:
    """Take the authenticators off an account whose holder lost the device; its sessions end, and the next log-in asks for a
    new password, for the old one may be too short to stand alone.

    Raises TwoPeopleNeeded (the person signs, seals, audits or administers), OutOfScope, PermissionRefused. Announces
    AccessChanged.
    """
    authorise(actor, "directory.manage")
    account = locked_account(account_id)
    require_two(actor, is_grave_act=is_grave_person(account.staff_id))
    take_device(account, Authors(actor.account_id, ground=reason))


def take_device(account: Account, by: Authors) -> None:
    """The authenticators of an account whose person is locked go. Private to the services of access."""
    gone, _ = TOTPDevice.objects.filter(user_id=account.pk).delete()
    account.must_change_password = account.needs_confirmed_sessions = True
    account.save(update_fields=["must_change_password", "needs_confirmed_sessions"])
    note(
        AccessChange.SECOND_FACTOR_REMOVED,
        by,
        staff_id=account.staff_id,
        account_id=account.pk,
        before=f"devices: {gone}",
        after="devices: 0",
    )
