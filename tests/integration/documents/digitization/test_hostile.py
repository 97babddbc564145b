"""Inputs that are broken, lying or meant to harm, and engines that fail: a clear message, and the other pages go on."""

import io
import json
import struct
import zlib
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from PIL import Image
from tests.factories.hostile_files import directories
from tests.factories.office_files import written
from tests.integration.documents.digitization.scans import jpeg, record, sheet

from motcua.cli.digitize import command
from motcua.documents.adapters.ocr.tesseract import model_folder
from motcua.documents.adapters.office import libreoffice
from motcua.documents.digitization import Options, digitize_record
from motcua.documents.pipeline.folder import WorkFolder
from motcua.documents.rules.digitization import refusals


def run(source: Path, out: Path, *options: str) -> Result:
    return CliRunner().invoke(command, [str(source), "--out", str(out), "--jobs", "2", *options])


def test_zero_bytes(tmp_path: Path) -> None:
    (tmp_path / "zero.pdf").touch()
    result = run(tmp_path / "zero.pdf", tmp_path / "out")
    assert result.exit_code == 2
    assert "0 byte" in result.stderr


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", refusals.InputEmpty),
        (b"PK\x03\x04 not a pdf", refusals.InputNotRecognised),
        (b"%PDF-1.7\n" + b"\xff\x00garbage" * 500, refusals.InputDamaged),
        (b"\xff\xd8\xff\xe0 torn", refusals.InputDamaged),
        (b"II*\0\x08", refusals.InputDamaged),
    ],
)
def test_a_file_that_is_not_what_it_claims_is_refused(
    tmp_path: Path, content: bytes, refusal: type[refusals.InputRefused]
) -> None:
    source = tmp_path / "claims.pdf"
    source.write_bytes(content)
    with pytest.raises(refusal):
        digitize_record([source], tmp_path / "out", "claims", Options())


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    with pikepdf.open(record(tmp_path / "open.pdf", 1)) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(refusals.InputEncrypted):
        digitize_record([tmp_path / "locked.pdf"], tmp_path / "out", "locked", Options())


def test_a_tiff_of_ten_thousand_pages_is_refused_and_one_in_a_circle_too(tmp_path: Path) -> None:
    (tmp_path / "many.tif").write_bytes(directories(10_000))
    with pytest.raises(refusals.TooManyPages) as said:
        digitize_record([tmp_path / "many.tif"], tmp_path / "out", "many", Options())
    assert "10000" in said.value.sentence()
    (tmp_path / "circle.tif").write_bytes(directories(3, last=8))
    with pytest.raises(refusals.InputDamaged):
        digitize_record([tmp_path / "circle.tif"], tmp_path / "out", "circle", Options())


def declared(pdf: pikepdf.Pdf, data: bytes, width: int, height: int, **entries: object) -> None:
    """A page whose picture says it has this size."""
    picture = pikepdf.Stream(pdf, b"")
    picture.write(data, filter=entries.pop("Filter"))  # type: ignore[arg-type]  # the library takes names too
    for key, value in {
        "Type": pikepdf.Name.XObject,
        "Subtype": pikepdf.Name.Image,
        "Width": width,
        "Height": height,
        **entries,
    }.items():
        picture[f"/{key}"] = value
    page = pdf.add_blank_page(page_size=(419, 595))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=picture))
    page.Contents = pdf.make_stream(b"q 419 0 0 595 0 0 cm /I Do Q")


def zeros(size: int) -> bytes:
    """So many bytes 0, packed; one block packed once and repeated, with the check sum that zeros have."""
    block_size = 10 << 20
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(block_size)) + packer.flush(zlib.Z_FULL_FLUSH)
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    assert size % block_size == 0
    return b"\x78\xda" + block * (size // block_size) + end + struct.pack(">I", (size % 65_521) << 16 | 1)


def test_decompression_bombs_cost_only_their_own_pages(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    grey = {"ColorSpace": pikepdf.Name.DeviceGray, "BitsPerComponent": 8}
    good = jpeg(sheet(1))
    declared(pdf, good, 1165, 1654, Filter=pikepdf.Name.DCTDecode, **grey)
    huge = bytearray(jpeg(Image.new("L", (64, 64))))
    at = huge.find(b"\xff\xc0")
    huge[at + 5 : at + 9] = struct.pack(">HH", 65_000, 65_000)
    declared(pdf, bytes(huge), 65_000, 65_000, Filter=pikepdf.Name.DCTDecode, **grey)
    declared(pdf, zeros(600 << 20), 40_000, 15_000, Filter=pikepdf.Name.FlateDecode, **grey)
    declared(pdf, good, 1165, 1654, Filter=pikepdf.Name.DCTDecode, **grey)
    pdf.save(tmp_path / "bomb.pdf")
    result = run(tmp_path / "bomb.pdf", tmp_path / "out")
    assert result.exit_code == 1
    assert "Trang 2" in result.stderr
    pages = json.loads((tmp_path / "out" / "bomb.json").read_bytes())["pages"]
    assert [pages[0]["state"], pages[1]["state"], pages[3]["state"]] == ["recognised", "lost", "recognised"]
    with pikepdf.open(tmp_path / "out" / "bomb.pdf") as archive:
        assert len(archive.pages) == 4


def test_a_torn_picture_is_named_and_kept(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    for data in (jpeg(sheet(1)), jpeg(sheet(2))[:9000], jpeg(sheet(3))):
        declared(
            pdf,
            data,
            1165,
            1654,
            Filter=pikepdf.Name.DCTDecode,
            ColorSpace=pikepdf.Name.DeviceGray,
            BitsPerComponent=8,
        )
    pdf.save(tmp_path / "torn.pdf")
    result = digitize_record([tmp_path / "torn.pdf"], tmp_path / "out", "torn", Options())
    assert [problem.number for problem in result.problems] == [2]
    assert "Trang 2" in result.problems[0].sentence


def test_programs_and_attachments_do_not_reach_the_archive(tmp_path: Path) -> None:
    with pikepdf.open(record(tmp_path / "plain.pdf", 1)) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.attachments["tool.exe"] = b"MZ" * 50
        pdf.save(tmp_path / "active.pdf")
    digitize_record([tmp_path / "active.pdf"], tmp_path / "out", "active", Options())
    with pikepdf.open(tmp_path / "out" / "active.pdf") as archive:
        assert "/OpenAction" not in archive.Root
        assert not archive.attachments
    assert b"JavaScript" not in (tmp_path / "out" / "active.pdf").read_bytes()


@pytest.mark.parametrize(
    ("fault", "patience", "said"),
    [
        ("crash", 60, "dừng đột ngột"),
        ("hang", 6, "quá 6 giây"),  # long enough for the pages that are well on a busy machine
        ("rubbish", 60, "không dùng được"),
        ("error", 60, "hỏng"),
    ],
)
def test_an_engine_that_fails_costs_a_page_its_text_only(
    tmp_path: Path, fault: str, patience: int, said: str
) -> None:
    source = record(tmp_path / "faulty.pdf", 3)
    result = run(source, tmp_path / "out", "--engine", f"fault:{fault}@2", "--page-timeout", str(patience))
    assert result.exit_code == 1
    assert "Trang 2" in result.stderr
    assert said in result.stderr
    texts = (tmp_path / "out" / "faulty.txt").read_text(encoding="utf-8").split("\f")
    assert [bool(text.strip()) for text in texts] == [True, False, True]
    with pikepdf.open(source) as before, pikepdf.open(tmp_path / "out" / "faulty.pdf") as after:
        pictures = [
            next(iter(pdf.pages[1].get_images().values())).read_raw_bytes() for pdf in (before, after)
        ]
    assert pictures[0] == pictures[1]


def test_a_full_disk_stops_the_record_and_keeps_what_is_done(tmp_path: Path) -> None:
    source = record(tmp_path / "full.pdf", 4)
    result = run(source, tmp_path / "out", "--engine", "fault:full@3", "--jobs", "1")
    assert result.exit_code == 2
    assert "Hết chỗ trên đĩa" in result.stderr
    done = sorted(path.name for path in (tmp_path / "out" / ".full.work").glob("0*.json"))
    assert done == ["000001.json", "000002.json"]
    assert not (tmp_path / "out" / "full.pdf").exists()


def test_two_processes_do_not_bind_one_record(tmp_path: Path) -> None:
    source = record(tmp_path / "busy.pdf", 1)
    with WorkFolder(tmp_path / "out" / ".busy.work").locked("busy"), pytest.raises(refusals.RecordBusy):
        digitize_record([source], tmp_path / "out", "busy", Options())


def test_a_missing_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(refusals.EngineMissing):
        model_folder("xx_nowhere")
    with pytest.raises(refusals.EngineMissing):
        digitize_record(
            [record(tmp_path / "a.pdf", 1)], tmp_path / "out", "a", Options(language="xx_nowhere")
        )


def test_an_office_document_needs_the_converter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("Đơn đề nghị cấp bản sao trích lục khai sinh")
    document.save(str(tmp_path / "don.docx"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(refusals.ConverterMissing):
        digitize_record([tmp_path / "don.docx"], tmp_path / "out", "don", Options())


def test_an_office_document_is_read_where_the_converter_is_installed(tmp_path: Path) -> None:
    if libreoffice.program() is None:
        pytest.skip("LibreOffice is not installed; the refusal is tested above")
    (tmp_path / "don.odt").write_bytes(written("Đơn đề nghị cấp bản sao trích lục khai sinh"))
    result = digitize_record([tmp_path / "don.odt"], tmp_path / "out", "don", Options(), jobs=1)
    assert result.problems == ()
    assert "trích lục khai sinh" in (tmp_path / "out" / "don.txt").read_text(encoding="utf-8")


def test_signed_files_are_never_rewritten(tmp_path: Path, shared_data: Path) -> None:
    source = shared_data / "scans" / "scan_4.pdf"
    result = digitize_record([source], tmp_path, "signed", Options(), jobs=2)
    assert result.is_signed
    assert (tmp_path / "signed.pdf").read_bytes() == source.read_bytes()
    with pikepdf.open(tmp_path / "signed.reading.pdf") as reading:
        assert len(reading.pages) == 4
        assert "/AcroForm" not in reading.Root
    assert "Thông tư" in (tmp_path / "signed.txt").read_text(encoding="utf-8").replace("THÔNG TƯ", "Thông tư")


def test_a_photograph_s_orientation_is_obeyed(tmp_path: Path) -> None:
    lying = sheet(5, lines=12).rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    lying.save(out, "JPEG", quality=80, exif=exif, dpi=(200, 200))
    (tmp_path / "photo.jpg").write_bytes(out.getvalue())
    digitize_record([tmp_path / "photo.jpg"], tmp_path / "out", "photo", Options(), jobs=1)
    assert "Trang thứ 5" in (tmp_path / "out" / "photo.txt").read_text(encoding="utf-8")


def test_a_conversion_that_fails_is_said(tmp_path: Path) -> None:
    from motcua.documents.adapters.office.libreoffice import program

    if program() is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "torn.odt").write_bytes(b"PK\x03\x04" + b"\x00" * 500)
    with pytest.raises(refusals.ConversionFailed):
        digitize_record([tmp_path / "torn.odt"], tmp_path / "out", "torn", Options())


def test_limits_of_pages_and_pixels_are_refusals_with_numbers() -> None:
    assert (
        refusals.PageTooLarge(page=2, width=65_000, height=65_000)
        .sentence()
        .startswith("Trang 2: ảnh 65000×65000")
    )
    assert "Trang 3" in refusals.PageDamaged(page=3).sentence()
    assert refusals.EngineCrashed(page=1).sentence().startswith("Trang 1")
    assert "5 giây" in refusals.EngineHung(page=1, seconds=5).sentence()
    assert refusals.EngineRubbish(page=1).sentence().startswith("Trang 1")
    assert "hồ sơ x" not in refusals.DiskFull(name="x").sentence()
