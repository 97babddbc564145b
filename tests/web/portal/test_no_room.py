"""A paper sent to a disk without room, or that takes nothing any more: 503, a word, and the paper can be sent again."""

import subprocess
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image
from tests.cast import Cast
from tests.factories.transfers import opened, tus
from tests.web.portal.conftest import LogIn

from motcua.dossiers import queries, services
from motcua.kernel import storage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.machine]
BIRTH, KEY = "1.001193", "birth-notification"
Mount = Callable[[str], None]


def noisy_sheet() -> bytes:
    """A scan of more bytes than the small disk has."""
    content = BytesIO()
    Image.effect_noise((600, 800), 90).save(content, "PDF")
    return content.getvalue()


PDF = noisy_sheet()


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mount]:
    """A file system of 64 KiB under the store; given options mount it anew with them."""

    def mount(options: str) -> None:
        argv = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(tmp_path)]
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")

    mount("size=64k")
    monkeypatch.setattr(storage, "store", lambda: storage.DiskStore(tmp_path))
    yield mount
    subprocess.run(["umount", tmp_path], check=True)


@pytest.mark.parametrize("options", ["size=64k", "remount,ro,size=8m"])
def test_no_room_is_503_and_what_was_typed_stays(
    people: Cast, log_in: LogIn, small_disk: Mount, options: str
) -> None:
    draft = services.begin_draft(actor=people.hoa, procedure_code=BIRTH)
    client = log_in("hoa")
    client.raise_request_exception = False
    where = opened(
        client, reverse("portal:draft_upload", args=[draft.id, KEY]), len(PDF), "giấy chứng sinh.pdf"
    )
    if "ro" in options:
        small_disk(options)
    answer = tus(client, "PATCH", where, PDF, Upload_Offset="0")
    assert answer.status_code == 503, answer.content
    assert int(answer.headers["Retry-After"]) > 0
    assert "Chưa có gì bị mất" in answer.json()["advice"]
    (kept,) = queries.own_drafts(actor=people.hoa)
    assert kept.papers == []
    small_disk("remount,rw,size=8m")
    assert tus(client, "HEAD", where).headers["Upload-Offset"] == str(len(PDF)), "every piece was kept"
    assert tus(client, "POST", where).status_code == 200
    (kept,) = queries.own_drafts(actor=people.hoa)
    assert [paper["filename"] for paper in kept.papers] == ["giấy chứng sinh.pdf"]
