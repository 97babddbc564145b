"""One suite for both places bytes may live in: a folder and an S3-compatible store."""

import hashlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction

from motcua.kernel.outside import InsideTransaction
from motcua.kernel.storage import ContentMissing, ContentStore, DiskStore, S3Store
from simulators.objectstore.server import ObjectStore


@pytest.fixture(scope="module")
def object_store() -> Iterator[ObjectStore]:
    with ObjectStore() as running:
        yield running


@pytest.fixture(params=["disk", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ContentStore:
    if request.param == "disk":
        return DiskStore(tmp_path / "files")
    running: ObjectStore = request.getfixturevalue("object_store")
    return S3Store(running.client(), running.bucket)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_what_is_put_is_found_under_its_digest(store: ContentStore) -> None:
    content = "Giấy khai sinh của bé Ánh".encode() * 1000
    stored = store.put(BytesIO(content))
    assert (stored.sha256, stored.size) == (digest(content), len(content))
    with store.open(stored.sha256) as stream:
        assert stream.read() == content
    assert store.exists(stored.sha256)
    assert store.size(stored.sha256) == len(content)


@pytest.mark.django_db
def test_nothing_is_asked_of_it_inside_a_transaction(store: ContentStore) -> None:
    kept = store.put(BytesIO(b"kept before"))
    asking: list[Callable[[], object]] = [
        lambda: store.put(BytesIO(b"more")),
        lambda: store.open(kept.sha256),
        lambda: store.exists(kept.sha256),
        lambda: store.size(kept.sha256),
        lambda: next(store.digests()),
    ]
    for ask in asking:
        with transaction.atomic(), pytest.raises(InsideTransaction):
            ask()


def test_everything_kept_is_listed(store: ContentStore) -> None:
    """A back-up takes what no column names, too; what others put into the bucket is not ours."""
    kept = {store.put(BytesIO(str(number).encode())).sha256 for number in range(3)}
    if isinstance(store, S3Store):
        store.client.put_object(Bucket=store.bucket, Key="not-ours.txt", Body=b"x")
    listed = list(store.digests())
    assert kept <= set(listed)
    assert len(listed) == len(set(listed))
    assert all(len(one) == 64 for one in listed)


def test_the_same_bytes_twice_are_one_object(store: ContentStore) -> None:
    assert store.put(BytesIO(b"again")) == store.put(BytesIO(b"again"))


def test_a_large_stream_passes_whole(store: ContentStore) -> None:
    content = bytes(range(256)) * (40 << 10)  # 10 MB: beyond the in-memory spool and S3's single-part size
    stored = store.put(BytesIO(content))
    with store.open(stored.sha256) as stream:
        assert digest(stream.read()) == stored.sha256


def test_bytes_that_are_not_there_are_refused(store: ContentStore) -> None:
    absent = digest(b"never put")
    assert not store.exists(absent)
    with pytest.raises(ContentMissing):
        store.open(absent)
    with pytest.raises(ContentMissing):
        store.size(absent)


def test_a_broken_stream_leaves_nothing_behind(store: ContentStore, tmp_path: Path) -> None:
    class Breaking(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            block = super().read(size)
            if not block:
                raise ConnectionResetError
            return block

    with pytest.raises(ConnectionResetError):
        store.put(Breaking(b"half a file"))
    assert not store.exists(digest(b"half a file"))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
