"""Files are what their bytes say; what cannot be kept is refused with a clear word and leaves nothing behind."""

import hashlib
import zipfile
from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from pytest_django import Settings
from tests.cast import Cast
from tests.factories.office_files import written
from tests.factories.signing import plain_pdf

from motcua.documents import queries, services
from motcua.documents.errors import (
    FileDamaged,
    FileEncrypted,
    FileMislabelled,
    FileNotAllowed,
    FileTooLarge,
    FileZeroBytes,
)
from motcua.documents.models import FileRecord
from motcua.kernel.authority import ANONYMOUS
from motcua.kernel.errors import DomainError, OutOfScope, PermissionRefused


def picture(kind: str) -> bytes:
    output = BytesIO()
    Image.new("RGB", (40, 30), "white").save(output, kind)
    return output.getvalue()


def large_drawing() -> bytes:
    """A0 at 400 dpi, bilevel: kept without being decoded while somebody waits."""
    output = BytesIO()
    Image.new("1", (13244, 18724), 1).save(output, "TIFF", compression="group4", dpi=(400, 400))
    return output.getvalue()


def word() -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return output.getvalue()


def locked_pdf() -> bytes:
    output = BytesIO()
    with pikepdf.open(BytesIO(plain_pdf())) as document:
        document.save(output, encryption=pikepdf.Encryption(owner="chủ", user="khách"))
    return output.getvalue()


@pytest.mark.parametrize(
    ("filename", "content", "media_type", "pages"),
    [
        ("Đơn đề nghị.PDF", plain_pdf(), "application/pdf", 1),
        ("ảnh.jpg", picture("JPEG"), "image/jpeg", 1),
        ("ảnh.png", picture("PNG"), "image/png", 1),
        ("quét.tiff", picture("TIFF"), "image/tiff", 1),
        ("ảnh.webp", picture("WEBP"), "image/webp", 1),
        ("đơn.docx", word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", None),
        ("đơn.odt", written("Đơn"), "application/vnd.oasis.opendocument.text", None),
        ("bản vẽ.tif", large_drawing(), "image/tiff", 1),
    ],
)
def test_a_file_is_kept_by_its_bytes(
    cast: Cast, filename: str, content: bytes, media_type: str, pages: int | None
) -> None:
    (party,) = cast.hoa.party_ids
    kept = services.keep_file(
        actor=cast.hoa, stream=BytesIO(content), filename=filename, owner_party_id=party
    )
    assert (kept.media_type, kept.pages, kept.size) == (media_type, pages, len(content))
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.filename == filename.replace("PDF", "pdf")
    with queries.open_file(kept.id) as stream:
        assert stream.read() == content


@pytest.mark.parametrize(
    ("filename", "content", "kept_as"),
    [
        ("giấy chứng sinh.pdf", picture("PNG"), "giấy chứng sinh.png"),
        ("ảnh.png", plain_pdf(), "ảnh.pdf"),
        ("IMG_0001", picture("JPEG"), "IMG_0001.jpg"),
        ("quét ngày 1.12.2026", plain_pdf(), "quét ngày 1.12.2026.pdf"),
        ("tờ khai.doc", word(), "tờ khai.doc.docx"),
    ],
)
def test_a_permitted_kind_is_taken_by_its_bytes_whatever_it_is_called(
    cast: Cast, filename: str, content: bytes, kept_as: str
) -> None:
    kept = services.keep_file(actor=cast.hoa, stream=BytesIO(content), filename=filename)
    assert kept.filename == kept_as


@pytest.mark.parametrize(
    ("filename", "content", "refusal"),
    [
        ("rỗng.pdf", b"", FileZeroBytes),
        ("đơn.pdf", b"MZ\x90\x00 this is a program" * 20, FileMislabelled),
        ("virus.exe", b"MZ\x90\x00" + b"\x00" * 200, FileNotAllowed),
        ("ghi chú.txt", "chỉ là chữ".encode(), FileNotAllowed),
        ("gói.zip", word().replace(b"word/document.xml", b"evil/document.xml"), FileNotAllowed),
        ("khóa.pdf", locked_pdf(), FileEncrypted),
        ("đứt.pdf", plain_pdf()[:300], FileDamaged),
        ("đứt.png", picture("PNG")[:40], FileDamaged),
        ("đứt.docx", word()[:-30] + b"\x00" * 30, FileMislabelled),
    ],
)
def test_what_cannot_be_kept_is_refused(
    cast: Cast, filename: str, content: bytes, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        services.keep_file(actor=cast.hoa, stream=BytesIO(content), filename=filename)
    assert not FileRecord.objects.exists()


def test_the_limit_is_a_setting_and_reading_stops_there(cast: Cast, settings: Settings) -> None:
    settings.MOTCUA_UPLOAD_MAX_BYTES = 1000

    class Endless(BytesIO):
        taken = 0

        def read(self, size: int | None = -1) -> bytes:
            self.taken += 1 << 20
            assert self.taken < 5 << 20, "an endless stream must not be read to its end"
            return b"x" * (1 << 20)

    with pytest.raises(FileTooLarge):
        services.keep_file(actor=cast.hoa, stream=Endless(), filename="lớn.pdf")


def test_nobody_keeps_for_others(cast: Cast) -> None:
    (party,) = cast.an_phat.party_ids
    for actor in (cast.hoa, ANONYMOUS):
        with pytest.raises(PermissionRefused):
            services.keep_file(
                actor=actor, stream=BytesIO(plain_pdf()), filename="a.pdf", owner_party_id=party
            )


def test_others_do_not_see_it(cast: Cast) -> None:
    (party,) = cast.hoa.party_ids
    kept = services.keep_file(
        actor=cast.binh, stream=BytesIO(plain_pdf()), filename="a.pdf", owner_party_id=party
    )
    assert queries.file_for(cast.hoa, kept.id) == kept
    assert queries.file_for(cast.binh, kept.id) == kept
    for stranger in (cast.giang, cast.an_phat, ANONYMOUS):
        with pytest.raises(OutOfScope):
            queries.file_for(stranger, kept.id)
