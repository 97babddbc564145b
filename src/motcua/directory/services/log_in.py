"""Logging in: password with a throttle, then a second factor where the role asks for one.

Failures are counted outside the caller's refusal: a wrong password is remembered although the attempt is
refused.
"""

from base64 import b32encode
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode
from uuid import UUID

from django.contrib.auth import authenticate
from django.db import transaction
from django.utils.translation import gettext as _
from django_otp.plugins.otp_totp.models import TOTPDevice

from motcua.directory.errors import (
    LogInFailed,
    LogInLocked,
    SecondFactorAlreadySet,
    SecondFactorWrong,
)
from motcua.directory.events import LoggedIn, LogInWasLocked
from motcua.directory.models import Account, LogInThrottle
from motcua.directory.queries import has_second_factor
from motcua.directory.rules.log_in import FREE_ATTEMPTS, FREE_ATTEMPTS_PER_ADDRESS, MEMORY, lock_after
from motcua.kernel import clock, events
from motcua.kernel.authority import Actor, authorise, in_scope

_ISSUER = "Một Cửa"
#: Throttle rows of an address as a whole carry no name.
_ANY_NAME = ""
_LONGEST_NAME = 64


def log_in_attempt(*, username: str, password: str, address: str) -> Account:
    """The account whose name and password these are. The caller then opens the session, and asks for the
    second factor if
    ``queries.needs_second_factor`` says so.

    Attempts for one name from one address wait for each other, so guesses cannot run side by side. Raises
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
    now = clock.now()
    of_name, of_address = _throttle(name, address, now), _throttle(_ANY_NAME, address, now)
    for row in (of_name, of_address):
        if row.locked_until is not None and row.locked_until > now:
            return _locked(row.locked_until - now)
    account = authenticate(username=name, password=password)
    if isinstance(account, Account):
        of_name.delete()
        Account.objects.filter(pk=account.pk).update(last_login=now)
        events.announce(LoggedIn(account_id=account.pk, address=address))
        return account
    _count(of_address, now, FREE_ATTEMPTS_PER_ADDRESS)
    locked_for = _count(of_name, now, FREE_ATTEMPTS)
    if locked_for:
        events.announce(LogInWasLocked(username=name, address=address, failures=of_name.failures))
        return _locked(locked_for)
    return LogInFailed()


def _throttle(name: str, address: str, now: datetime) -> LogInThrottle:
    """The locked row of a name and an address, with old failures forgotten."""
    fresh = LogInThrottle(username=name, address=address, last_failed_at=now)
    LogInThrottle.objects.bulk_create([fresh], ignore_conflicts=True)
    row = LogInThrottle.objects.select_for_update().get(username=name, address=address)
    if now - row.last_failed_at > MEMORY:
        row.failures = 0
    return row


def _count(row: LogInThrottle, now: datetime, free_attempts: int) -> timedelta:
    row.failures += 1
    row.last_failed_at = now
    locked_for = lock_after(row.failures, free_attempts=free_attempts)
    row.locked_until = now + locked_for if locked_for else None
    row.save()
    return locked_for


def _locked(remaining: timedelta) -> LogInLocked:
    seconds = max(1, round(remaining.total_seconds()))
    minutes = -(-seconds // 60)
    wait = _("%d giây") % seconds if seconds < 60 else _("%d phút") % minutes
    return LogInLocked(wait=wait, seconds=seconds)


@transaction.atomic
def unlock_log_in(*, actor: Actor, username: str) -> None:
    """Forget the wrong passwords of a name, from every address. Raises PermissionRefused."""
    authorise(actor, "directory.manage")
    LogInThrottle.objects.filter(username=username.strip().lower()).delete()


@transaction.atomic
def forget_old_failures() -> int:
    """Drop what the throttle no longer needs; returns how many rows went. Called daily."""
    gone, _ = LogInThrottle.objects.filter(last_failed_at__lt=clock.now() - MEMORY).delete()
    return gone


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


def confirm_totp_device(*, account_id: UUID, device_id: int, token: str) -> TOTPDevice:
    """Take an authenticator into use once it shows the right code. Raises SecondFactorWrong, OutOfScope."""
    wanted = TOTPDevice.objects.select_for_update().filter(pk=device_id, user_id=account_id, confirmed=False)
    with transaction.atomic():
        device = in_scope(wanted.first())
        is_right = bool(device.verify_token(token.strip()))
        if is_right:
            device.confirmed = True
            device.save()
    if not is_right:
        raise SecondFactorWrong()
    return device


def verify_second_factor(*, account_id: UUID, token: str) -> TOTPDevice:
    """The device that showed this code; wrong codes slow the device down exponentially. Raises
    SecondFactorWrong, LogInLocked.
    """
    wanted = TOTPDevice.objects.select_for_update().filter(user_id=account_id, confirmed=True)
    with transaction.atomic():
        device = wanted.first()
        if device is None:
            raise SecondFactorWrong()
        is_allowed, detail = device.verify_is_allowed()
        is_right = is_allowed and bool(device.verify_token(token.strip()))
    if not is_allowed:
        raise _locked(detail["locked_until"] - clock.now())
    if not is_right:
        raise SecondFactorWrong()
    return device


@transaction.atomic
def remove_second_factor(*, actor: Actor, account_id: UUID) -> None:
    """Take the authenticators off an account whose holder lost the device. Raises PermissionRefused."""
    authorise(actor, "directory.manage")
    TOTPDevice.objects.filter(user_id=account_id).delete()
