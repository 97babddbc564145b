"""A record from files to outputs, with the real engine."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from tests.factories.handwriting import ANSWERS, RESOLUTION, filled_by_hand
from tests.integration.documents.digitization.scans import DPI, group4, jpeg, noisy, pdf, record, sheet

from motcua.documents.digitization import Options, PageState, digitize_record


def picture_bytes(page: pikepdf.Page) -> bytes:
    return next(iter(page.get_images().values())).read_raw_bytes()


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Source and output folder of one digitized record: grey, bilevel, blank and crooked pages."""
    folder = tmp_path_factory.mktemp("bound")
    pages = [
        jpeg(noisy(sheet(1))),
        group4(sheet(2)),
        jpeg(noisy(Image.new("L", (1165, 1654), 245))),
        jpeg(noisy(sheet(4, lines=14, skew=2.0))),
    ]
    source = pdf(folder / "mixed.pdf", pages)
    result = digitize_record([source], folder / "out", "mixed", Options(), jobs=2)
    assert result.problems == ()
    return source, folder / "out"


def test_every_page_is_there_in_its_order_and_read(bound: tuple[Path, Path]) -> None:
    texts = (bound[1] / "mixed.txt").read_text(encoding="utf-8").split("\f")
    assert len(texts) == 4
    assert [
        "Trang thứ 1" in texts[0],
        "Trang thứ 2" in texts[1],
        texts[2].strip(),
        "Trang thứ 4" in texts[3],
    ] == [True, True, "", True]
    states = [page["state"] for page in json.loads((bound[1] / "mixed.json").read_bytes())["pages"]]
    assert states == ["recognised", "recognised", "blank", "recognised"]


def test_the_bytes_of_the_pictures_are_kept(bound: tuple[Path, Path]) -> None:
    with pikepdf.open(bound[0]) as source, pikepdf.open(bound[1] / "mixed.pdf") as archive:
        for before, after in zip(source.pages, archive.pages, strict=True):
            assert picture_bytes(before) == picture_bytes(after)


def test_a_crooked_page_is_drawn_straight(bound: tuple[Path, Path]) -> None:
    page = json.loads((bound[1] / "mixed.json").read_bytes())["pages"][3]
    assert page["tilt"] == pytest.approx(-2.0, abs=0.2)
    assert page["is_picture_kept"]


def test_the_text_lies_on_the_words(bound: tuple[Path, Path]) -> None:
    """Where the layer says a word is, the drawn page has ink; above it there is none."""
    document = pypdfium2.PdfDocument(bound[1] / "mixed.pdf")
    page = document[0]
    text = page.get_textpage()
    start, count = text.search("Trang").get_next()
    left, bottom, *_ = text.get_charbox(start)
    right = text.get_charbox(start + count - 1)[2]
    drawn = page.render(scale=2, grayscale=True).to_numpy().reshape(int(-(-page.get_size()[1] * 2 // 1)), -1)
    top = page.get_size()[1] - bottom
    band = drawn[int((top - 12) * 2) : int(top * 2), int(left * 2) : int(right * 2)]
    above = drawn[int((top - 40) * 2) : int((top - 25) * 2), int(left * 2) : int(right * 2)]
    assert band.min() < 80
    assert above.min() > 150


def test_the_archive_file_is_pdf_a_2b(bound: tuple[Path, Path]) -> None:
    with pikepdf.open(bound[1] / "mixed.pdf") as archive:
        assert archive.check_pdf_syntax() == []
        assert archive.open_metadata().pdfa_status == "2B"
        intent = archive.Root.OutputIntents[0]
        assert intent.S == "/GTS_PDFA1"
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
        assert "/Encrypt" not in archive.trailer
        assert "/ID" in archive.trailer
        assert not {"/AcroForm", "/Names", "/OpenAction", "/AA"} & set(archive.Root.keys())
        for page in archive.pages:
            fonts = [font for font in page.Resources.get("/Font", {}).values() if "/DescendantFonts" in font]
            assert len(fonts) == (0 if page.objgen == archive.pages[2].objgen else 1)
            if not fonts:
                continue
            font = fonts[0]
            child = font.DescendantFonts[0]
            assert child.FontDescriptor.FontFile2.read_bytes()[:4] == b"\x00\x01\x00\x00"
            assert len(child.CIDToGIDMap.read_bytes()) == 131_072
            assert "/ToUnicode" in font
            for picture in page.get_images().values():
                filters = picture.Filter if isinstance(picture.Filter, pikepdf.Array) else [picture.Filter]
                assert [str(one) for one in filters] in (["/DCTDecode"], ["/CCITTFaxDecode"])
                assert "/SMask" not in picture


def test_hocr_says_where_each_word_is(bound: tuple[Path, Path]) -> None:
    from xml.etree import ElementTree

    root = ElementTree.fromstring((bound[1] / "mixed.hocr").read_text(encoding="utf-8"))  # noqa: S314 (our own file)
    pages = [e for e in root.iter() if e.get("class") == "ocr_page"]
    words = [e for e in root.iter() if e.get("class") == "ocrx_word"]
    assert len(pages) == 4
    assert len(words) > 80
    assert all("x_wconf" in (word.get("title") or "") for word in words)


def test_the_same_record_again_is_not_done_twice(bound: tuple[Path, Path]) -> None:
    before = (bound[1] / "mixed.pdf").stat().st_mtime_ns
    assert digitize_record([bound[0]], bound[1], "mixed", Options()).was_already_done
    assert (bound[1] / "mixed.pdf").stat().st_mtime_ns == before


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_wrong_is_turned(tmp_path: Path, turn: int) -> None:
    lying = noisy(sheet(7, lines=18)).rotate(turn, expand=True)
    source = tmp_path / "lying.jpg"
    source.write_bytes(jpeg(lying))
    digitize_record([source], tmp_path / "out", "lying", Options(), jobs=1)
    assert "Trang thứ 7" in (tmp_path / "out" / "lying.txt").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "out" / "lying.json").read_bytes())["pages"][0]["turn"] == turn


@pytest.mark.slow
def test_killed_at_any_moment_it_ends_with_the_same_bytes(tmp_path: Path) -> None:
    pages = 9
    source = record(tmp_path / "thick.pdf", pages)
    digitize_record([source], tmp_path / "calm", "thick", Options(), jobs=2)
    command = [sys.executable, "-c", "from motcua.cli import main; main()", "digitize", str(source)]
    command += ["--out", str(tmp_path / "killed"), "--jobs", "2", "--quiet"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[4] / "src")}
    rnd = random.Random(5)  # noqa: S311 (moments to kill at)
    kills, work = 0, tmp_path / "killed" / ".thick.work"
    while kills < 2:
        before = len(list(work.glob("*.json"))) if work.is_dir() else 0
        process = subprocess.Popen(command, env=environment, start_new_session=True)
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and process.poll() is None:
            done = len(list(work.glob("*.json"))) if work.is_dir() else 0
            if done >= min(before + 2, pages - 1):
                break
            time.sleep(0.02)
        time.sleep(rnd.uniform(0, 0.3))
        if process.poll() is not None:
            break
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        kills += 1
    assert kills >= 1
    assert subprocess.run(command, env=environment, check=False).returncode == 0
    for name in ("thick.pdf", "thick.txt", "thick.hocr", "thick.alto.xml", "thick.json"):
        assert (tmp_path / "killed" / name).read_bytes() == (tmp_path / "calm" / name).read_bytes()
    texts = (tmp_path / "killed" / "thick.txt").read_text(encoding="utf-8").split("\f")
    assert [f"Trang thứ {n} " in text for n, text in enumerate(texts, 1)] == [True] * pages
    assert not work.exists()


def test_several_files_become_one_record(tmp_path: Path) -> None:
    files = []
    for number in (1, 2):
        files.append(tmp_path / f"{number}.jpg")
        files[-1].write_bytes(jpeg(sheet(number)))
    frames = [sheet(number).point(lambda v: 255 if v > 140 else 0).convert("1") for number in (3, 4)]
    frames[0].save(
        tmp_path / "fax.tif", save_all=True, append_images=frames[1:], compression="group4", dpi=(DPI, DPI)
    )
    result = digitize_record([*files, tmp_path / "fax.tif"], tmp_path / "out", "all", Options(), jobs=2)
    assert (result.pages, result.problems) == (4, ())
    texts = (tmp_path / "out" / "all.txt").read_text(encoding="utf-8").split("\f")
    assert [f"Trang thứ {n} " in text for n, text in enumerate(texts, 1)] == [True] * 4


def test_states_that_fail_are_the_two_that_say_so() -> None:
    from motcua.documents.rules.digitization.pages import FAILED

    assert {PageState.UNREAD, PageState.LOST} == FAILED


def photographed(sheet_picture: Image.Image) -> Image.Image:
    """The sheet on a dark table, from an angle, with a shadow falling from the left."""
    import cv2
    import numpy as np

    flat = np.asarray(sheet_picture.resize((1748, 2481)))
    height, width = flat.shape
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    seen = np.array([[330, 310], [2060, 240], [2270, 2940], [190, 2840]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners, seen)
    table = np.full((3200, 2500), 70, dtype=np.uint8)
    mask = cv2.warpPerspective(np.full_like(flat, 255), matrix, (2500, 3200)) > 128
    table[mask] = cv2.warpPerspective(flat, matrix, (2500, 3200))[mask]
    shade = 0.5 + 0.5 / (1 + np.exp((600 - np.arange(2500)) / 200))
    return Image.fromarray((table * shade).astype(np.uint8))


@pytest.mark.parametrize("ending", ["jpg", "webp", "heic"])
def test_a_photograph_is_squared_and_lit(tmp_path: Path, ending: str) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    exif = Image.Exif()
    exif[0x010F] = "Telephone"
    source = tmp_path / f"photo.{ending}"
    photographed(sheet(9, lines=14)).convert("RGB").save(source, quality=88, exif=exif)
    digitize_record([source], tmp_path / "out", "photo", Options(), jobs=1)
    page = json.loads((tmp_path / "out" / "photo.json").read_bytes())["pages"][0]
    assert "Trang thứ 9" in (tmp_path / "out" / "photo.txt").read_text(encoding="utf-8")
    assert page["confidence"] > 85
    assert page["height"] / page["width"] == pytest.approx(297 / 210, abs=0.02)
    drawn = (
        pypdfium2.PdfDocument(tmp_path / "out" / "photo.pdf")[0].render(scale=0.5, grayscale=True).to_pil()
    )
    # A margin of what the sheet lies on is kept around it, a hundredth of it at most.
    inset = drawn.width // 50
    corners = [
        drawn.getpixel((x, y)) for x in (inset, drawn.width - inset) for y in (inset, drawn.height - inset)
    ]
    assert min(corners) > 200


def stamped(source: Path, *, turn: int, kind: str) -> Path:
    """The first page shown with a red rectangle over its picture, as a signature field or as a stamp."""
    with pikepdf.open(source, allow_overwriting_input=True) as document:
        page = document.pages[0]
        page.obj.Rotate = turn
        look = document.make_stream(b"1 0 0 rg 0 0 100 40 re f")
        look.stream_dict.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=pikepdf.Array([0, 0, 100, 40])
            )
        )
        over = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name("/Widget" if kind == "signature" else "/Stamp"),
            Rect=pikepdf.Array([60, 20, 160, 60]),
            F=4,
            AP=pikepdf.Dictionary(N=look),
        )
        if kind == "signature":
            over.FT, over.T = pikepdf.Name.Sig, pikepdf.String("Ký")
        stamp = document.make_indirect(over)
        page.obj.Annots = pikepdf.Array([stamp])
        if kind == "signature":
            document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([stamp]), SigFlags=3)
        document.save(source)
    return source


@pytest.mark.parametrize(("kind", "turn"), [("signature", 0), ("signature", 90), ("stamp", 0)])
def test_a_stamp_over_a_scan_is_drawn_and_the_picture_kept(tmp_path: Path, kind: str, turn: int) -> None:
    upright = noisy(sheet(3, lines=18))
    lying = jpeg(upright.rotate(turn, expand=True))
    source = stamped(pdf(tmp_path / "stamped.pdf", [lying]), turn=turn, kind=kind)
    digitize_record([source], tmp_path / "out", "stamped", Options(), jobs=1)
    assert "Trang thứ 3" in (tmp_path / "out" / "stamped.txt").read_text(encoding="utf-8")
    with pikepdf.open(source) as before, pikepdf.open(tmp_path / "out" / "stamped.pdf") as archive:
        assert archive.check_pdf_syntax() == []
        assert archive.open_metadata().pdfa_status == "2B"
        assert [str(one.Subtype) for one in archive.pages[0].Annots] == ["/Stamp"]
        assert "/V" not in archive.pages[0].Annots[0]
        assert picture_bytes(archive.pages[0]) == picture_bytes(before.pages[0])
    assert (tmp_path / "out" / "stamped.pdf").stat().st_size < 1.1 * source.stat().st_size

    page = pypdfium2.PdfDocument(source)
    page.init_forms()
    wanted = page[0].render(scale=1).to_numpy().astype(int)
    found = pypdfium2.PdfDocument(tmp_path / "out" / "stamped.pdf")[0].render(scale=1).to_numpy().astype(int)
    reds = [(drawn[:, :, 2] - drawn[:, :, 0] > 100) for drawn in (wanted, found)]
    assert reds[0].sum() == pytest.approx(4000, rel=0.05)
    height, width = (min(one.shape[side] for one in reds) for side in (0, 1))
    assert (reds[0][:height, :width] ^ reds[1][:height, :width]).sum() < 300


def test_a_born_digital_file_keeps_its_own_text(tmp_path: Path, shared_data: Path) -> None:
    with pikepdf.open(shared_data / "scans" / "gazette_text_layer_1.pdf") as gazette:
        del gazette.pages[3:]
        gazette.save(tmp_path / "born.pdf")
    digitize_record([tmp_path / "born.pdf"], tmp_path / "out", "born", Options(), jobs=1)
    summary = json.loads((tmp_path / "out" / "born.json").read_bytes())
    assert {page["state"] for page in summary["pages"]} <= {"born_digital", "recognised"}
    assert "Căn cước" in (tmp_path / "out" / "born.txt").read_text(encoding="utf-8")
    with pikepdf.open(tmp_path / "out" / "born.pdf") as archive:
        assert archive.open_metadata().pdfa_status == "2B"


def test_an_office_document_becomes_a_record(tmp_path: Path) -> None:
    import docx

    from motcua.documents.adapters.office.libreoffice import program

    if program() is None:
        pytest.skip("LibreOffice is not installed")
    document = docx.Document()
    document.add_paragraph("Đơn đề nghị cấp bản sao trích lục khai sinh")
    document.save(str(tmp_path / "don.docx"))
    digitize_record([tmp_path / "don.docx"], tmp_path / "out", "don", Options(), jobs=1)
    assert "trích lục khai sinh" in (tmp_path / "out" / "don.txt").read_text(encoding="utf-8")


def test_what_was_written_by_hand_is_seen_counted_and_in_no_text(tmp_path: Path) -> None:
    """The labels and the typed answer are read; strokes of a pen are places to look at, not words."""
    source = tmp_path / "form.jpg"
    source.write_bytes(jpeg(noisy(filled_by_hand()), dpi=(RESOLUTION, RESOLUTION)))
    result = digitize_record([source], tmp_path / "out", "form", Options(), jobs=1)
    text = (tmp_path / "out" / "form.txt").read_text(encoding="utf-8")
    for said in (
        "TỜ KHAI ĐĂNG KÝ KHAI SINH",
        "tên người yêu cầu:",
        "Nơi cư trú:",
        "Nội dung đề nghị:",
        "0912345678",
    ):
        assert said in text
    after = {label: text.partition(label.split()[-1])[2].split("\n", 1)[0] for label, _ in ANSWERS}
    assert all(sum(map(str.isalnum, said)) <= 2 for said in after.values()), after
    assert result.handwritten[1] >= len(ANSWERS)
    summary = json.loads((tmp_path / "out" / "form.json").read_bytes())
    fields = {field["key"]: field for paper in summary["papers"] for field in paper["fields"]}
    assert fields["applicant_residence"]["value"] == ""
    assert fields["applicant_residence"]["box"]
    assert fields["applicant_phone"]["value"] == "0912345678"
