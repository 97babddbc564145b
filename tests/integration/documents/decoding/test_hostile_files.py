"""Files made to cost much or to act by themselves: refused with a word, while what people really send is taken."""

from collections.abc import Callable
from io import BytesIO

import pytest
from tests.cast import Cast
from tests.factories import hostile_files as hostile
from tests.factories.signing import plain_pdf

from motcua.documents import queries, services
from motcua.documents.errors import DecodingRefused, FileActive, FileDamaged, FileMislabelled
from motcua.documents.models import FileRecord
from motcua.documents.rules.digitization.refusals import TooManyPages
from motcua.kernel.errors import DomainError

Made = Callable[[], bytes]


@pytest.mark.parametrize(
    ("name", "made", "refusals"),
    [
        ("ảnh.jpg", hostile.postscript, (FileMislabelled,)),
        ("ảnh.tif", lambda: hostile.directories(40_000), (TooManyPages,)),
        ("ảnh.tif", lambda: hostile.directories(3, last=8), (FileDamaged,)),
        ("ảnh.tif", lambda: b"II*\0\x08", (FileDamaged,)),
        ("ảnh.png", lambda: hostile.png(30_000, 30_000, rows=3), (FileDamaged,)),
        ("ảnh.jpg", lambda: hostile.jpeg(65_500, 65_500), (FileDamaged,)),
        ("ảnh.heic", lambda: hostile.heic(60_000, 60_000), (FileDamaged, DecodingRefused)),
        ("đơn.docx", lambda: hostile.docx(1.0), (FileDamaged,)),
        ("đơn.docx", lambda: hostile.understated(hostile.docx(1.0)), (FileDamaged,)),
        ("đơn.docx", lambda: hostile.docx(0.02, parts=20_001), (FileDamaged,)),
        ("đơn.pdf", hostile.pdf_of_pages_in_a_circle, (FileDamaged,)),
        ("đơn.pdf", lambda: hostile.pdf_of_nested_arrays(100_000), (FileDamaged,)),
    ],
)
def test_what_asks_for_too_much_is_refused(
    cast: Cast, name: str, made: Made, refusals: tuple[type[DomainError], ...]
) -> None:
    with pytest.raises(refusals):
        services.keep_file(actor=cast.hoa, stream=BytesIO(made()), filename=name)
    assert not FileRecord.objects.exists()


@pytest.mark.parametrize("kind", hostile.ACTIVE_KINDS)
def test_a_document_that_acts_or_carries_is_refused_with_a_word(cast: Cast, kind: str) -> None:
    with pytest.raises(FileActive) as caught:
        services.keep_file(
            actor=cast.hoa, stream=BytesIO(hostile.active_pdf(plain_pdf(), kind)), filename="đơn.pdf"
        )
    assert caught.value.params["what"]
    assert not FileRecord.objects.exists()


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("ảnh.heic", hostile.heic),
        ("ảnh.png", lambda: hostile.png(5_000, 7_000)),
        ("đơn.docx", lambda: hostile.docx(0.05)),
        ("đơn.pdf", lambda: hostile.pdf_without_places(plain_pdf())),
        ("đơn.pdf", lambda: hostile.pdf_of_previous_tables_in_a_circle(plain_pdf())),
        ("hồ sơ.tif", lambda: hostile.directories(400)),
    ],
)
def test_what_people_send_is_taken(cast: Cast, name: str, made: Made) -> None:
    assert services.keep_file(actor=cast.hoa, stream=BytesIO(made()), filename=name).size


@pytest.mark.parametrize(
    "made",
    [
        hostile.postscript,
        lambda: hostile.png(30_000, 30_000, rows=3),
        lambda: hostile.directories(40_000),
        lambda: b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(100),
        lambda: b"BM" + bytes(100),
        lambda: b"GIF89a" + bytes(100),
        lambda: b"8BPS" + bytes(100),
        lambda: b"",
    ],
    ids=["eps", "png", "tiff", "jpeg 2000", "bmp", "gif", "psd", "empty"],
)
def test_no_code_is_found_where_there_is_no_picture(made: Made) -> None:
    assert queries.read_codes(BytesIO(made())) == ()
