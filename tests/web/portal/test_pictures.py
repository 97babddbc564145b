"""Pictures no browser shows are shown as one that all show, wherever a file is looked at, and handed out as they came."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, cast
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from tests.cast import Cast
from tests.factories import hostile_files as hostile
from tests.factories.dossiers import BIRTH

from motcua.documents import queries as documents
from motcua.documents import services as custody
from motcua.documents.adapters.decoding import decode
from motcua.documents.adapters.decoding.tasks import SHOW_PICTURE
from motcua.documents.errors import DecodingRefused, PictureNotShown
from motcua.dossiers import services
from motcua.kernel.authority import Actor

pytestmark = pytest.mark.django_db
LogIn = Callable[[str], Client]


def tiff(sheets: int = 2, turned: int = 1) -> bytes:
    """So many sheets of 60 by 40."""
    first, *more = [Image.new("L", (60, 40), 255 - 40 * n) for n in range(sheets)]
    exif = Image.Exif()
    exif[0x0112] = turned
    out = BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=more, exif=exif)
    return out.getvalue()


def kept(actor: Actor, content: bytes, name: str) -> UUID:
    return custody.keep_file(actor=actor, stream=BytesIO(content), filename=name).id


def body(response: Any) -> bytes:
    return b"".join(cast(Any, response.streaming_content))


def looked_at(response: Any) -> tuple[str | None, tuple[int, int]]:
    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    assert "attachment" not in response["Content-Disposition"]
    assert "sandbox" in response["Content-Security-Policy"]
    with Image.open(BytesIO(body(response))) as picture:
        return picture.format, picture.size


@pytest.mark.parametrize(
    ("name", "content", "size"),
    [
        ("ảnh.heic", hostile.heic(), (64, 48)),
        ("hai tờ.tif", tiff(), (60, 80)),
        ("xoay.tif", tiff(1, turned=6), (40, 60)),
    ],
)
def test_a_picture_of_a_draft_is_looked_at_and_taken_back_as_it_came(
    people: Cast, log_in: LogIn, name: str, content: bytes, size: tuple[int, int]
) -> None:
    draft = services.begin_draft(actor=people.hoa, procedure_code=BIRTH)
    file_id = kept(people.hoa, content, name)
    services.add_draft_file(actor=people.hoa, draft_id=draft.id, component_key="k", file_id=file_id)
    address = reverse("portal:draft_file", args=[draft.id, file_id])
    client = log_in("hoa")
    assert looked_at(client.get(address)) == ("JPEG", size)
    original = client.get(address, {"nguyen-ban": "1"})
    assert "attachment" in original["Content-Disposition"]
    assert body(original) == content


def test_at_the_desk_it_is_looked_at_too(people: Cast, log_in: LogIn) -> None:
    file_id = kept(people.binh, hostile.heic(), "ảnh.heic")
    address = reverse("counter:own_file", args=[file_id])
    response = log_in("binh").get(address)
    assert looked_at(response) == ("JPEG", (64, 48))
    assert response["ETag"] != f'"{documents.file(file_id).sha256}"', "what was cached before is not shown"


def test_what_would_be_shown_in_part_is_handed_over_whole(people: Cast, log_in: LogIn) -> None:
    draft = services.begin_draft(actor=people.hoa, procedure_code=BIRTH)
    content = tiff(21)
    file_id = kept(people.hoa, content, "nhiều tờ.tif")
    services.add_draft_file(actor=people.hoa, draft_id=draft.id, component_key="k", file_id=file_id)
    response = log_in("hoa").get(reverse("portal:draft_file", args=[draft.id, file_id]))
    assert "attachment" in response["Content-Disposition"]
    assert body(response) == content


def test_a_picture_that_claims_to_be_huge_is_never_decoded() -> None:
    for content in (hostile.heic(60_000, 60_000), b"II*\0\x08", b"%PDF-1.7"):
        with pytest.raises((PictureNotShown, DecodingRefused)):
            decode(SHOW_PICTURE, content)
