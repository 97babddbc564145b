"""Keys in a PKCS#11 token: SoftHSM in tests and the demo, a real token or HSM in an agency. One code path.

A session stays open per process and token, with the handle of the key in it: opening one costs more than signing.
"""

import hashlib
import hmac
import os
import threading
from contextlib import suppress
from dataclasses import dataclass

import pkcs11
from asn1crypto import x509
from pkcs11.exceptions import PinIncorrect, PinInvalid, PinLenRange
from pkcs11.exceptions import PinLocked as TokenPinLocked
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign import pkcs11 as pyhanko_pkcs11

from motcua.documents.adapters.signing import pades
from motcua.documents.adapters.signing.protocol import SignerIdentity, SigningOrder
from motcua.documents.errors import (
    PinLocked,
    PinMissing,
    SigningRefused,
    SigningTimedOut,
    TokenFailed,
    TokenMissing,
    WrongPin,
)

_SALT = os.urandom(16)


@dataclass(slots=True)
class _Opened:
    signer: pyhanko_pkcs11.PKCS11Signer
    session: pkcs11.Session
    pin_digest: bytes
    process: int


_opened: dict[tuple[str, str, str], _Opened] = {}
_locks: dict[tuple[str, str], threading.Lock] = {}
_registry_lock = threading.Lock()


class Pkcs11Signer:
    """The key `key_label` of the token `token_label` behind the library at `module`."""

    def __init__(
        self,
        *,
        module: str,
        token_label: str,
        pin: str,
        key_label: str = "signing",
        chain: tuple[bytes, ...] = (),
    ) -> None:
        self.module, self.token_label, self.key_label = module, token_label, key_label
        self._pin = pin
        self._chain = chain

    def identity(self) -> SignerIdentity:
        with self._alone(10.0):
            return pades.identity_of(self._open().signing_cert)

    def sign(self, pdf: bytes, order: SigningOrder) -> bytes:
        with self._alone(order.timeout):
            signer = self._open()
            try:
                return pades.sign(pdf, order, signer, pades.identity_of(signer.signing_cert))
            except pkcs11.PKCS11Error as failure:
                self._forget()
                raise TokenFailed(cause=type(failure).__name__) from failure

    def sign_data(self, data: bytes) -> bytes:
        with self._alone(10.0):
            try:
                return pades.sign_data(data, self._open())
            except pkcs11.PKCS11Error as failure:
                self._forget()
                raise SigningRefused(cause=type(failure).__name__) from failure

    def _alone(self, timeout: float) -> "_Alone":
        with _registry_lock:
            lock = _locks.setdefault((self.module, self.token_label), threading.Lock())
        return _Alone(lock, timeout)

    def _open(self) -> pyhanko_pkcs11.PKCS11Signer:
        known = _opened.get(self._place)
        digest = _pin_digest(self._pin)
        if known and known.process == os.getpid() and hmac.compare_digest(known.pin_digest, digest):
            return known.signer
        self._forget()
        if not self._pin:
            raise PinMissing
        opened = self._log_in(digest)
        _opened[self._place] = opened
        return opened.signer

    def _log_in(self, digest: bytes) -> _Opened:
        try:
            session = pyhanko_pkcs11.open_pkcs11_session(
                self.module, token_criteria=TokenCriteria(self.token_label), user_pin=self._pin
            )
        except pkcs11.PKCS11Error as failure:
            raise log_in_refusal(failure, self.token_label, is_final=self._is_final_try()) from failure
        try:
            signer = self._load(session)
        except pkcs11.PKCS11Error as absence:
            session.close()
            raise TokenMissing(label=self.token_label) from absence
        return _Opened(signer, session, digest, os.getpid())

    def _is_final_try(self) -> bool:
        """Whether the token says that the next wrong PIN locks it. How many are left before that, no token tells (PKCS#11
        v3.1, 3.2: only "count low", "final try", "locked")."""
        try:
            slots = pkcs11.lib(self.module).get_slots()
            token = pyhanko_pkcs11.find_token(slots, token_criteria=TokenCriteria(self.token_label))
        except pkcs11.PKCS11Error:
            return False
        return token is not None and bool(token.flags & pkcs11.TokenFlag.USER_PIN_FINAL_TRY)

    def _load(self, session: pkcs11.Session) -> pyhanko_pkcs11.PKCS11Signer:
        signer = pyhanko_pkcs11.PKCS11Signer(
            session,
            cert_label=self.key_label,
            key_label=self.key_label,
            ca_chain=[x509.Certificate.load(der) for der in self._chain],
        )
        _ = (
            signer.signing_cert
        )  # reads certificate and key handle now, so that a fault shows as "token missing"
        return signer

    def forget(self) -> None:
        """Close the session, as when the person leaves: the next signature needs the PIN again."""
        with self._alone(10.0):
            self._forget()

    def _forget(self) -> None:
        known = _opened.pop(self._place, None)
        if known and known.process == os.getpid():
            with suppress(pkcs11.PKCS11Error):  # a token that was pulled out has closed it already
                known.session.close()

    @property
    def _place(self) -> tuple[str, str, str]:
        return (self.module, self.token_label, self.key_label)


def log_in_refusal(failure: Exception, label: str, *, is_final: bool = False) -> SigningRefused:
    """What a token's complaint at log-in means to the person who signs."""
    if isinstance(failure, TokenPinLocked):
        return PinLocked()
    if isinstance(failure, PinIncorrect | PinInvalid | PinLenRange):
        return WrongPin(is_final=is_final)
    return TokenMissing(label=label)


class _Alone:
    """One signature at a time per token: a PKCS#11 session knows one operation at a time."""

    def __init__(self, lock: threading.Lock, timeout: float) -> None:
        self._lock, self._timeout = lock, timeout

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=self._timeout):
            raise SigningTimedOut(seconds=f"{self._timeout:g}")

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def _pin_digest(pin: str) -> bytes:
    """PINs are not kept in memory longer than a log-in needs; their digest tells whether the caller knows it."""
    return hashlib.scrypt(pin.encode(), salt=_SALT, n=2**10, r=8, p=1)
