"""Content-addressed storage: a file's name is the SHA-256 of its bytes, so nothing stored is ever overwritten.

Two real places behind one protocol: a folder, or a bucket of any S3-compatible object store.
"""

import errno
import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Protocol

from django.conf import settings

from motcua.kernel.errors import DomainError, Kind
from motcua.kernel.outside import outside

CHUNK = 1 << 20


class ContentMissing(DomainError):
    """The bytes of a known file are not in the store: an operator's emergency, told plainly."""

    code = "kernel.content_missing"
    kind = Kind.NOT_FOUND
    message = "Không tìm thấy nội dung tệp trong kho lưu trữ."
    advice = "Báo cho quản trị hệ thống kèm mã lỗi trên trang này."


class StoreUnavailable(DomainError):
    """The store cannot take or give anything now: full, read-only, or not reachable."""

    code = "kernel.store_unavailable"
    kind = Kind.BUSY
    message = "Kho lưu trữ tệp tạm thời không dùng được."
    advice = "Chưa có gì bị mất. Thử lại sau ít phút."


@dataclass(frozen=True, slots=True)
class Stored:
    """Where the bytes are (`sha256`, 64 hex digits) and how many they are."""

    sha256: str
    size: int


class ContentStore(Protocol):
    """Bytes in, digest out; the same bytes twice are one object."""

    def put(self, stream: IO[bytes]) -> Stored: ...

    def open(self, sha256: str) -> IO[bytes]: ...

    def exists(self, sha256: str) -> bool: ...

    def size(self, sha256: str) -> int: ...

    def digests(self) -> Iterator[str]: ...


class DiskStore:
    """A folder: two levels of two hex digits, written beside and renamed into place."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, stream: IO[bytes]) -> Stored:
        outside("the content store")
        with _reachable():
            return self._put(stream)

    def _put(self, stream: IO[bytes]) -> Stored:
        self.root.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.root, prefix=".incoming-", delete=False) as incoming:
            try:
                stored = _copy(stream, incoming)
                incoming.flush()
                os.fsync(incoming.fileno())
                place = self._place(stored.sha256)
                place.parent.mkdir(parents=True, exist_ok=True)
                os.chmod(incoming.name, 0o440)
                os.replace(incoming.name, place)
            except BaseException:
                Path(incoming.name).unlink(missing_ok=True)
                raise
        return stored

    def open(self, sha256: str) -> IO[bytes]:
        outside("the content store")
        try:
            with _reachable():
                return self._place(sha256).open("rb")
        except FileNotFoundError:
            raise ContentMissing(sha256=sha256) from None

    def exists(self, sha256: str) -> bool:
        outside("the content store")
        return self._place(sha256).is_file()

    def size(self, sha256: str) -> int:
        outside("the content store")
        try:
            return self._place(sha256).stat().st_size
        except FileNotFoundError:
            raise ContentMissing(sha256=sha256) from None

    def digests(self) -> Iterator[str]:
        """Of everything that is kept, whether or not anything refers to it."""
        outside("the content store")
        return (path.name for path in self.root.glob("??/??/*") if _is_digest(path.name))

    def _place(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256[2:4] / sha256


class S3Store:
    """A bucket of an S3-compatible object store; `client` is a boto3 S3 client."""

    def __init__(self, client: Any, bucket: str) -> None:
        self.client = client
        self.bucket = bucket

    def put(self, stream: IO[bytes]) -> Stored:
        outside("the content store")
        with _reachable(), tempfile.SpooledTemporaryFile(max_size=8 * CHUNK) as spool:
            stored = _copy(stream, spool)
            if not self.exists(stored.sha256):
                spool.seek(0)
                self.client.upload_fileobj(spool, self.bucket, stored.sha256)
        return stored

    def open(self, sha256: str) -> IO[bytes]:
        outside("the content store")
        spool: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=8 * CHUNK)  # noqa: SIM115 - the caller closes it
        try:
            with _reachable():
                self.client.download_fileobj(self.bucket, sha256, spool)
        except self.client.exceptions.ClientError as refusal:
            spool.close()
            if _is_down(refusal):
                raise StoreUnavailable from refusal
            raise ContentMissing(sha256=sha256) from None
        except BaseException:
            spool.close()
            raise
        spool.seek(0)
        return spool

    def exists(self, sha256: str) -> bool:
        outside("the content store")
        return self._head(sha256) is not None

    def size(self, sha256: str) -> int:
        outside("the content store")
        head = self._head(sha256)
        if head is None:
            raise ContentMissing(sha256=sha256)
        return int(head["ContentLength"])

    def digests(self) -> Iterator[str]:
        """Of everything in the bucket that is named by a digest."""
        outside("the content store")
        with _reachable():
            for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket):
                yield from (one["Key"] for one in page.get("Contents", ()) if _is_digest(one["Key"]))

    def _head(self, sha256: str) -> dict[str, Any] | None:
        try:
            with _reachable():
                head: dict[str, Any] = self.client.head_object(Bucket=self.bucket, Key=sha256)
        except self.client.exceptions.ClientError as refusal:
            if refusal.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                return None
            if _is_down(refusal):
                raise StoreUnavailable from refusal
            raise
        return head


#: Full, read-only, forbidden to us, a failing disk, a mount that went away: an operator's matter, mended without us.
_UNFIT = frozenset(
    {
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EROFS,
        errno.EACCES,
        errno.EPERM,
        errno.EIO,
        errno.ESTALE,
        errno.ENOTCONN,
    }
)


@contextmanager
def _reachable() -> Iterator[None]:
    """What says that the store cannot be used now becomes `StoreUnavailable`."""
    try:
        yield
    except OSError as error:
        if error.errno in _UNFIT:
            raise StoreUnavailable from error
        raise
    except Exception as error:
        if _is_network(error) or _is_down(error):
            raise StoreUnavailable from error
        raise


def _is_network(error: Exception) -> bool:
    """Failures of the way to the store, without loading its library where the store is a folder."""
    library = sys.modules.get("botocore.exceptions")
    kinds = (
        ()
        if library is None
        else (library.HTTPClientError, library.ConnectionError, library.NoCredentialsError)
    )
    return isinstance(error, kinds)


def _is_down(error: Exception) -> bool:
    """An answer of the store that is about itself: 5xx, too many requests."""
    answer = getattr(error, "response", None)
    status = answer.get("ResponseMetadata", {}).get("HTTPStatusCode", 0) if isinstance(answer, dict) else 0
    return bool(status >= 500 or status == 429)


@lru_cache(maxsize=1)
def store() -> ContentStore:
    """The store of this installation: `MOTCUA_S3_BUCKET` chooses S3, otherwise the folder `MOTCUA_FILES`."""
    if not settings.MOTCUA_S3_BUCKET:
        return DiskStore(Path(settings.MOTCUA_FILES))
    import boto3  # a heavy import that a disk installation never needs

    client = boto3.client("s3", endpoint_url=settings.MOTCUA_S3_ENDPOINT or None)
    return S3Store(client, settings.MOTCUA_S3_BUCKET)


def _is_digest(name: str) -> bool:
    return len(name) == 64 and all(digit in "0123456789abcdef" for digit in name)


def _copy(stream: IO[bytes], target: IO[bytes]) -> Stored:
    digest, size = hashlib.sha256(), 0
    while block := stream.read(CHUNK):
        digest.update(block)
        target.write(block)
        size += len(block)
    return Stored(digest.hexdigest(), size)
