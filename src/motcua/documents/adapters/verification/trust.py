"""The certificates an installation trusts: PEM or DER files in a folder. Self-signed ones are roots, others help."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from asn1crypto import pem, x509


@dataclass(frozen=True, slots=True)
class Trust:
    """DER of the roots, and of the issuing authorities below them."""

    roots: tuple[bytes, ...] = ()
    intermediates: tuple[bytes, ...] = ()

    def __add__(self, other: "Trust") -> "Trust":
        return Trust(
            tuple(dict.fromkeys(self.roots + other.roots)),
            tuple(dict.fromkeys(self.intermediates + other.intermediates)),
        )


def load_trust(place: Path) -> Trust:
    """What the folder (or the single file) holds now; read again when it changes, empty when it does not exist."""
    files = sorted(place.iterdir()) if place.is_dir() else [place] if place.is_file() else []
    return _load(tuple((str(path), path.stat().st_mtime_ns) for path in files if path.is_file()))


@lru_cache(maxsize=8)
def _load(files: tuple[tuple[str, int], ...]) -> Trust:
    found = [
        der
        for path, _changed in files
        for der in _certificates(Path(path).read_bytes())
        if _is_certificate(der)
    ]
    unique = tuple(dict.fromkeys(found))
    roots = tuple(der for der in unique if _is_root(der))
    return Trust(roots, tuple(der for der in unique if der not in roots))


def _certificates(content: bytes) -> list[bytes]:
    if not pem.detect(content):
        return [content]
    return [der for _kind, _headers, der in pem.unarmor(content, multiple=True)]


def _is_root(der: bytes) -> bool:
    return bool(x509.Certificate.load(der).self_issued)


def _is_certificate(der: bytes) -> bool:
    try:
        return x509.Certificate.load(der).subject is not None
    except (ValueError, TypeError):
        return False
