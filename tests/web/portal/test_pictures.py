"""Pictures no browser shows are shown as one that all show, wherever a file is looked at, and handed out as they came."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, cast
from uuid import UUID

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from tests.cast import Cast
from tests.factories import hostile_files as hostile
from tests.factories.dossiers import BIRTH
from tests.factories.signing import plain_pdf

from motcua.catalogue import queries as catalogue
from motcua.documents import queries as documents
from motcua.documents import services as custody
from motcua.documents.adapters.decoding import decode
from motcua.documents.adapters.decoding.tasks import SHOW_PICTURE
from motcua.documents.errors import DecodingRefused, PictureNotShown, PicturesNotBound
from motcua.dossiers import queries, services
from motcua.kernel.authority import Actor
from motcua.kernel.errors import OutOfScope
from motcua.web.portal.drafting import Drafting

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


KEY = "birth-notification"


def photograph(width: int, height: int, turned: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = turned
    out = BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


def with_files(people: Cast, *files: tuple[str, bytes]) -> tuple[UUID, list[UUID]]:
    draft = services.begin_draft(actor=people.hoa, procedure_code=BIRTH)
    ids = [kept(people.hoa, content, name) for name, content in files]
    for file_id in ids:
        services.add_draft_file(actor=people.hoa, draft_id=draft.id, component_key=KEY, file_id=file_id)
    return draft.id, ids


def on_lines(people: Cast, draft_id: UUID) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for paper in queries.draft_of(actor=people.hoa, draft_id=draft_id).papers:
        found.setdefault(str(paper["component_key"]), []).append(str(paper["filename"]))
    return found


def test_pictures_become_one_paper_in_order_and_stand_there_again_when_it_is_taken_off(
    people: Cast, log_in: LogIn
) -> None:
    given = (
        ("một.jpg", photograph(300, 400)),
        ("hai.heic", hostile.heic()),
        ("ba.jpg", photograph(500, 200, 6)),
    )
    draft_id, _ = with_files(people, *given, ("đơn.pdf", plain_pdf()))
    address, client = reverse("portal:papers", args=[draft_id]), log_in("hoa")
    assert "Gộp 3 ảnh thành một giấy tờ" in client.get(address).content.decode()
    assert client.post(address, {"_bind": KEY}).headers["Location"] == address
    lines = on_lines(people, draft_id)
    other, name = lines.pop(KEY)
    assert other == "đơn.pdf"
    assert list(lines.values()) == [["một.jpg", "hai.heic", "ba.jpg"]]
    page = client.get(address).content.decode()
    for one, _ in given:
        assert one in page, "the originals are there to be looked at"
    assert "thành một giấy tờ" not in page
    assert "Giấy tờ của trường hợp trước" not in page
    (paper,) = (
        one for one in queries.draft_of(actor=people.hoa, draft_id=draft_id).papers if one["filename"] == name
    )
    content = body(client.get(reverse("portal:draft_file", args=[draft_id, paper["file_id"]])))
    with pikepdf.open(BytesIO(content)) as pdf:
        pictures = [next(iter(sheet.images.values())) for sheet in pdf.pages]
        sizes = [(int(str(one["/Width"])), int(str(one["/Height"]))) for one in pictures]
    assert sizes == [(300, 400), (64, 48), (200, 500)], "in order and upright"
    client.post(address, {"_remove": str(paper["file_id"])})
    assert on_lines(people, draft_id) == {KEY: ["một.jpg", "hai.heic", "ba.jpg", "đơn.pdf"]}


@pytest.mark.parametrize(
    "files", [(("một.jpg", photograph(30, 40)),), (("a.tif", tiff(2)), ("b.tif", tiff(1)))]
)
def test_what_does_not_make_one_paper_is_said_and_stays(
    people: Cast, log_in: LogIn, files: tuple[tuple[str, bytes], ...]
) -> None:
    draft_id, _ = with_files(people, *files)
    before = on_lines(people, draft_id)
    answer = log_in("hoa").post(reverse("portal:papers", args=[draft_id]), {"_bind": KEY})
    assert answer.status_code == 422
    assert "Không gộp được các ảnh này" in answer.content.decode()
    assert on_lines(people, draft_id) == before


def test_only_the_bound_paper_is_sent(people: Cast) -> None:
    draft_id, ids = with_files(people, ("một.jpg", photograph(30, 40)), ("hai.jpg", photograph(30, 40)))
    services.bind_draft_pictures(actor=people.hoa, draft_id=draft_id, component_key=KEY, name="Giấy.pdf")
    draft = queries.draft_of(actor=people.hoa, draft_id=draft_id)
    drafting = Drafting(draft, catalogue.version(draft.version_id), people.hoa)
    (given,) = drafting.listed_papers
    assert given["filename"] == "Giấy.pdf"
    assert drafting.left_papers == []
    with pytest.raises(OutOfScope):
        services.bind_draft_pictures(
            actor=people.an_phat, draft_id=draft_id, component_key=KEY, name="Giấy.pdf"
        )
    with pytest.raises(PicturesNotBound):
        custody.bind_pictures(actor=people.hoa, file_ids=ids[:1], filename="Giấy.pdf")
