"""Parts encrypted by a passphrase: scrypt, then AES-256-GCM in pieces that cannot be cut off, swapped or exchanged."""

import hashlib
import secrets
from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from motcua.cli.backing_up.errors import BackUpRefused

_PIECE = 1 << 20
_SALT = 16
_TAG = 16


def master_key(passphrase: str, salt: bytes) -> bytes:
    """The key of one back-up (RFC 7914, about 0.3 s)."""
    return hashlib.scrypt(passphrase.encode(), salt=salt, n=2**16, r=8, p=1, maxmem=2**27, dklen=32)


def encrypted(source: IO[bytes], key: bytes, name: str) -> Iterator[bytes]:
    """The part under a key of its own; its name, the number of each piece and which is the last are authenticated."""
    salt = secrets.token_bytes(_SALT)
    cipher = AESGCM(hashlib.blake2b(name.encode(), key=key, salt=salt, digest_size=32).digest())
    yield salt
    piece, number = source.read(_PIECE), 0
    while True:
        following = source.read(_PIECE)
        yield cipher.encrypt(_nonce(number, is_last=not following), piece, None)
        if not following:
            return
        piece, number = following, number + 1


def decrypted(source: IO[bytes], key: bytes, name: str) -> Iterator[bytes]:
    """The part as it was. Raises `BackUpRefused` where a piece was changed, cut off or belongs to another part."""
    salt = source.read(_SALT)
    cipher = AESGCM(hashlib.blake2b(name.encode(), key=key, salt=salt, digest_size=32).digest())
    piece, number = source.read(_PIECE + _TAG), 0
    while True:
        following = source.read(_PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, is_last=not following), piece, None)
        except InvalidTag:
            raise BackUpRefused(f"{name} does not open: another passphrase, or it was changed.") from None
        if not following:
            return
        piece, number = following, number + 1


def plain(source: IO[bytes]) -> Iterator[bytes]:
    """The part as it is."""
    while piece := source.read(_PIECE):
        yield piece


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if is_last else b"\x00")
