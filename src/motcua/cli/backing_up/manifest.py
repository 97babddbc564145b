"""The list of a back-up's parts with their digests, and checking them."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from motcua.cli.backing_up.cipher import decrypted, encrypted, master_key, plain
from motcua.cli.backing_up.errors import BackUpRefused

FORMAT = 1
_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the back-up; `name` is its path inside, size and digest are those of the bytes kept."""

    name: str
    size: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """What a back-up holds. `mark` is a keyed digest of everything else, where there is a passphrase."""

    made_at: str
    version: str
    installation: str
    data_dir: str
    rows: dict[str, int]
    files: int = 0
    salt: str = ""
    parts: list[Part] = field(default_factory=list)
    format: int = FORMAT
    mark: str = ""

    @property
    def is_encrypted(self) -> bool:
        return bool(self.salt)

    def digest(self) -> str:
        """One digest for the whole back-up: kept elsewhere, it shows whether the back-up was exchanged."""
        return hashlib.sha256(self._said()).hexdigest()

    def _said(self) -> bytes:
        told = {name: value for name, value in asdict(self).items() if name != "mark"}
        return json.dumps(told, sort_keys=True, ensure_ascii=False).encode()

    def _marked(self, key: bytes) -> str:
        return hmac.digest(key, self._said(), "sha256").hex()


class Writer:
    """A back-up being written into a new folder; the manifest comes last, so that without it nothing is a back-up."""

    def __init__(self, folder: Path, manifest: Manifest, passphrase: str) -> None:
        self.folder = folder
        self.manifest = manifest
        self._key = b""
        if passphrase:
            salt = secrets.token_bytes(16)
            manifest.salt, self._key = salt.hex(), master_key(passphrase, salt)

    def add(self, name: str, source: IO[bytes]) -> None:
        """Write one part."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        digest, size = hashlib.sha256(), 0
        with path.open("xb") as target:
            for piece in encrypted(source, self._key, name) if self._key else plain(source):
                digest.update(piece)
                size += target.write(piece)
        path.chmod(0o600)
        self.manifest.parts.append(Part(name, size, digest.hexdigest()))

    def finish(self) -> str:
        """Write the manifest; gives the digest of the whole."""
        self.manifest.parts.sort(key=lambda part: part.name)
        if self._key:
            self.manifest.mark = self.manifest._marked(self._key)
        draft = self.folder / f"{_NAME}.new"
        draft.write_text(json.dumps(asdict(self.manifest), indent=1, ensure_ascii=False))
        draft.replace(self.folder / _NAME)
        return self.manifest.digest()


class Reader:
    """A back-up being read. Raises `BackUpRefused` where there is none or the passphrase is not its own."""

    def __init__(self, folder: Path, passphrase: str = "") -> None:
        self.folder = folder
        try:
            given: dict[str, Any] = json.loads((folder / _NAME).read_text())
            parts = [Part(**part) for part in given.pop("parts")]
            self.manifest = Manifest(**given, parts=parts)
        except FileNotFoundError:
            raise BackUpRefused(
                f"{folder} is no back-up, or one that was not finished: no {_NAME}."
            ) from None
        except (ValueError, TypeError, KeyError) as damaged:
            raise BackUpRefused(f"{folder / _NAME} is damaged: {damaged}") from damaged
        if self.manifest.format != FORMAT:
            raise BackUpRefused(f"{folder} was made by another version (format {self.manifest.format}).")
        self._key = b""
        if passphrase and self.manifest.is_encrypted:
            self._key = master_key(passphrase, bytes.fromhex(self.manifest.salt))
            if not hmac.compare_digest(self.manifest.mark, self.manifest._marked(self._key)):
                raise BackUpRefused(
                    "The passphrase is not the one of this back-up, or its manifest was changed."
                )

    def faults(self) -> Iterator[str]:
        """What is missing, changed or too much, part by part."""
        known = {_NAME}
        for part in self.manifest.parts:
            known.add(part.name)
            path = self.folder / part.name
            if not path.is_file():
                yield f"{part.name} is missing"
            elif path.stat().st_size != part.size or _digest(path) != part.sha256:
                yield f"{part.name} was changed"
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            if path.is_file() and name not in known:
                yield f"{name} does not belong to it"

    def require_whole(self) -> None:
        """Raises `BackUpRefused` with the first faults."""
        faults = list(self.faults())
        if faults:
            raise BackUpRefused(f"The back-up is not whole: {'; '.join(faults[:5])} ({len(faults)} faults).")

    def names(self, under: str) -> Iterable[str]:
        """Parts in a folder of the back-up."""
        return [part.name for part in self.manifest.parts if part.name.startswith(under)]

    def write_to(self, name: str, target: Path) -> None:
        """Bring one part to its place, decrypted; the place must be free."""
        if self.manifest.is_encrypted and not self._key:
            raise BackUpRefused("The back-up is encrypted: give its passphrase.")
        target.parent.mkdir(parents=True, exist_ok=True)
        with (self.folder / name).open("rb") as source, target.open("xb") as file:
            for piece in decrypted(source, self._key, name) if self._key else plain(source):
                file.write(piece)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
