"""Archive copies that are faithful: the file as received stays, and the copy looks as it, weighs no more and loses nothing."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner, Result
from PIL import Image
from tests.factories import odd_papers as odd
from tests.integration.documents.digitization.scans import group4, jpeg, pdf, sheet

from motcua.cli.digitize import command
from motcua.documents.adapters.imaging import photo
from motcua.documents.adapters.pdf.conformance import violations
from motcua.documents.digitization import Options, compare_folder, digitize_record
from motcua.documents.pipeline.comparing import Comparison
from motcua.documents.rules.digitization import refusals
from motcua.documents.rules.digitization.decisions import PageLimits

#: Bytes of an archive file besides its pages: invisible font, colour profiles, description.
FIXED = 16 << 10


def archived(source: Path, out: Path) -> Path:
    digitize_record([source], out, source.stem, Options(), jobs=1)
    return out / f"{source.stem}.pdf"


def compared(out: Path) -> Comparison:
    return compare_folder(out, fixed_bytes=FIXED)


def assert_faithful(out: Path, most: float = 0.02) -> None:
    found = compared(out)
    assert found.pages
    assert [
        (page.record, page.part, page.size_off)
        for page in found.worst(3)
        if max(page.part, page.size_off) > most
    ] == []
    assert found.heaviest(1.2, 9) == []
    for path in out.glob("*.pdf"):
        if (out / f"{path.stem}.json").is_file() and not (out / f"{path.stem}.reading.pdf").is_file():
            assert violations(path) == ()


@pytest.mark.parametrize(
    "spoil",
    [
        odd.with_a_stream_for_a_list,
        odd.with_layers,
        odd.with_bare_font,
        odd.with_printing_colours,
        odd.with_everything_around,
    ],
)
def test_what_is_seen_stays_as_it_is(tmp_path: Path, spoil: odd.Spoil) -> None:
    archived(odd.saved(tmp_path / "odd.pdf", spoil), tmp_path / "out")
    assert_faithful(tmp_path / "out")


def test_layers_switched_off_stay_off_also_among_pages_of_other_files(tmp_path: Path) -> None:
    layered = odd.saved(tmp_path / "layered.pdf", odd.with_layers)
    other = pdf(tmp_path / "other.pdf", [jpeg(sheet(1))])
    digitize_record([other, layered], tmp_path / "out", "both", Options(), jobs=1)
    drawn = pypdfium2.PdfDocument(tmp_path / "out" / "both.pdf")[1].render(scale=1).to_numpy()
    assert drawn[100, 50].min() == 255
    assert drawn[100, 150].min() == 255
    assert drawn[140, 260].max() == 0


def test_boxes_outlines_labels_language_notes_and_files_survive_and_programs_do_not(tmp_path: Path) -> None:
    with pikepdf.open(
        archived(odd.saved(tmp_path / "odd.pdf", odd.with_everything_around), tmp_path / "out")
    ) as copy:
        page = copy.pages[0]
        assert [float(side) for side in page.cropbox] == [40, 30, 280, 190]
        assert [float(side) for side in page.mediabox] == [10, 10, 310, 210]
        assert int(page.obj.Rotate) == 90
        assert str(page.label) == "v"
        assert copy.Root.Lang == "en-GB"
        with copy.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Phần một"]
        assert copy.attachments["so-lieu.csv"].get_file().read_bytes() == b"a;b\n1;2\n"
        assert len(page.obj.Annots) == 1
        assert "/OpenAction" not in copy.Root
        assert copy.open_metadata().pdfa_status == "3B"


def test_bilevel_stays_bilevel_however_it_is_packed(tmp_path: Path) -> None:
    with pikepdf.open(archived(odd.bilevel_flate_pdf(tmp_path / "flate.pdf"), tmp_path / "out")) as copy:
        assert {int(one.BitsPerComponent) for one in copy.pages[0].get_images().values()} == {1}
    picture = sheet(3, lines=10).point(lambda v: 255 if v > 140 else 0).convert("1")
    for packing in ("group3", "tiff_lzw", "packbits", "group4"):
        source = tmp_path / f"{packing}.tif"
        picture.save(source, compression=packing, dpi=(200, 200), tiffinfo={278: 100})
        with pikepdf.open(archived(source, tmp_path / "out")) as copy:
            kept = next(iter(copy.pages[0].get_images().values()))
            assert int(kept.BitsPerComponent) == 1
            assert np.array_equal(np.asarray(shown(kept).convert("1")), np.asarray(picture))
        assert "Trang thứ 3" in (tmp_path / "out" / f"{packing}.txt").read_text(encoding="utf-8")
    assert_faithful(tmp_path / "out")


@pytest.mark.parametrize("make", [odd.fax, odd.fax_pdf])
def test_pixels_that_are_no_squares_keep_the_shape_of_the_page(tmp_path: Path, make: object) -> None:
    ending = "tif" if make is odd.fax else "pdf"
    source = make(tmp_path / f"fax.{ending}")  # type: ignore[operator]  # one of the two factories above
    copy = archived(source, tmp_path / "out")
    width, height = pypdfium2.PdfDocument(copy)[0].get_size()
    wanted = (1728 / 204) / (1130 / 98) if ending == "tif" else 420 / 595
    assert width / height == pytest.approx(wanted, rel=0.01)
    assert "Trang thứ 6" in (tmp_path / "out" / "fax.txt").read_text(encoding="utf-8")


def test_a_png_stays_what_it_is(tmp_path: Path) -> None:
    colours = sheet(4, lines=8).convert("RGB").quantize(8)
    colours.save(tmp_path / "palette.png", dpi=(200, 200))
    sheet(4, lines=8).save(tmp_path / "grey.png", dpi=(200, 200))
    for name in ("palette", "grey"):
        with pikepdf.open(archived(tmp_path / f"{name}.png", tmp_path / "out")) as copy:
            kept = shown(next(iter(copy.pages[0].get_images().values())))
            with Image.open(tmp_path / f"{name}.png") as before:
                assert np.array_equal(np.asarray(kept.convert("RGB")), np.asarray(before.convert("RGB")))
    assert_faithful(tmp_path / "out")


def test_an_upright_page_with_bars_down_it_is_left_as_it_is(tmp_path: Path) -> None:
    copy = archived(odd.saved(tmp_path / "bars.pdf", odd.with_bare_font), tmp_path / "out")
    page = json.loads((tmp_path / "out" / "bars.json").read_bytes())["pages"][0]
    assert page["turned_from_file"] == 0
    assert pypdfium2.PdfDocument(copy)[0].get_size() == (300, 200)
    assert "Hello xa" in (tmp_path / "out" / "bars.txt").read_text(encoding="utf-8")


def test_an_invisible_layer_that_agrees_stays_and_one_that_does_not_is_taken_out(tmp_path: Path) -> None:
    rubbish = archived(odd.with_hidden_text(tmp_path / "rubbish.pdf", b"lorem ipsum dolor"), tmp_path / "out")
    text = pypdfium2.PdfDocument(rubbish)[0].get_textpage().get_text_range()
    assert "lorem" not in text
    assert "Trang thứ 5" in text
    read = archived(pdf(tmp_path / "plain.pdf", [jpeg(sheet(5, lines=14))]), tmp_path / "out")
    again = archived(Path(read).rename(tmp_path / "read.pdf"), tmp_path / "again")
    assert again.read_bytes().count(b"MotCuaInvisible") <= (tmp_path / "read.pdf").read_bytes().count(
        b"MotCuaInvisible"
    )
    found = pypdfium2.PdfDocument(again)[0].get_textpage().get_text_range()
    assert found.count("Trang thứ 5") == 1


@pytest.mark.parametrize(("width", "rim"), [(390, 12), (900, 40), (1600, 120)])
def test_a_vignette_is_no_table_to_cut_the_paper_from(width: int, rim: int) -> None:
    picture = np.asarray(odd.receipt_in_a_vignette(width, rim=rim))
    made = photo.flattened(picture)
    assert made is None or made.picture.shape[:2] == picture.shape[:2]


def test_two_papers_in_one_photograph_are_both_kept_and_read_one_after_the_other(tmp_path: Path) -> None:
    """Side by side on a dark table; neither is cut away, and somebody is asked to part them."""
    table = np.full((1700, 2500, 3), (96, 78, 62), np.uint8)
    for at, number in enumerate((3, 8)):
        page = np.asarray(sheet(number, lines=14).convert("RGB").resize((1000, 1414)))
        table[140 : 140 + 1414, 130 + at * 1180 : 1130 + at * 1180] = page
    source = tmp_path / "two.jpg"
    Image.fromarray(table).save(source, quality=90)
    archived(source, tmp_path / "out")
    text = (tmp_path / "out" / "two.txt").read_text(encoding="utf-8")
    assert text.index("Trang thứ 3") < text.index("Trang thứ 8")
    (page,) = json.loads((tmp_path / "out" / "two.json").read_bytes())["pages"]
    assert page["findings"]["several_sheets"] == 2
    first, second = text.partition("Trang thứ 8")[::2]
    assert min(len(first), len(second)) > 100, "each in one piece, not line by line across both"


def test_straightening_cuts_no_ink(tmp_path: Path) -> None:
    """Marks in the corners of a crooked sheet are on the straightened one, too."""
    crooked = sheet(2, lines=18, skew=3.0)
    for x in (0, crooked.width - 60):
        for y in (0, crooked.height - 60):
            crooked.paste(0, (x, y, x + 60, y + 60))
    copy = archived(pdf(tmp_path / "crooked.pdf", [jpeg(crooked)]), tmp_path / "out")
    page = json.loads((tmp_path / "out" / "crooked.json").read_bytes())["pages"][0]
    assert abs(page["tilt"]) > 2
    assert page["margin"] > 0
    drawn = pypdfium2.PdfDocument(copy)[0].render(scale=1, grayscale=True).to_numpy().squeeze()
    scale = 200 / 72
    assert (drawn < 60).sum() * scale**2 > 0.95 * 4 * 60 * 60
    assert_faithful(tmp_path / "out")


def test_the_file_as_received_is_kept_and_linked(tmp_path: Path) -> None:
    source = tmp_path / "photo.jpg"
    source.write_bytes(jpeg(sheet(1)))
    result = digitize_record([source], tmp_path / "out", "photo", Options(), jobs=1)
    assert [path.read_bytes() for path in result.received] == [source.read_bytes()]
    said = json.loads((tmp_path / "out" / "photo.json").read_bytes())["received"][0]
    with pikepdf.open(tmp_path / "out" / "photo.pdf") as copy:
        assert said["sha256"] in str(copy.open_metadata()["dc:source"])


def shown(picture: Any) -> Image.Image:
    return pikepdf.PdfImage(picture).as_pil_image()


def run(out: Path, *files: Path) -> Result:
    return CliRunner().invoke(command, [*map(str, files), "--out", str(out), "--jobs", "1", "--quiet"])


def days(folder: Path) -> list[Path]:
    made = []
    for day in (1, 2):
        made.append(folder / f"day{day}" / "scan001.tif")
        made[-1].parent.mkdir()
        made[-1].write_bytes(group4(sheet(day)))
    return made


def test_one_name_never_replaces_another(tmp_path: Path) -> None:
    both = days(tmp_path)
    result = run(tmp_path / "out", *both)
    assert result.exit_code == 0
    texts = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("*.txt")}
    assert sorted(texts) == ["day1-scan001.txt", "day2-scan001.txt"]
    assert [f"Trang thứ {n}" in texts[f"day{n}-scan001.txt"] for n in (1, 2)] == [True, True]


def test_nor_does_a_later_run_or_a_file_that_lay_there(tmp_path: Path) -> None:
    first, second = days(tmp_path)
    out = tmp_path / "out"
    assert run(out, first).exit_code == run(out, second).exit_code == 0
    assert "Trang thứ 1" in (out / "scan001.txt").read_text(encoding="utf-8")
    assert len(list(out.glob("*.txt"))) == 2
    assert "đã có sẵn" in run(out, first).output
    source = pdf(tmp_path / "here.pdf", [jpeg(sheet(3))])
    before = source.read_bytes()
    assert run(tmp_path, source).exit_code == 0
    assert source.read_bytes() == before
    with pytest.raises(refusals.NameTaken):
        digitize_record([second], out, "scan001", Options(), jobs=1)


@pytest.mark.parametrize(
    ("handler", "refusal"),
    [("Adobe.PubSec", refusals.InputSealedForOthers), ("FOPN_fLock", refusals.InputUnderLicence)],
)
def test_locked_for_others_is_not_damaged(
    tmp_path: Path, handler: str, refusal: type[refusals.InputRefused]
) -> None:
    source = odd.sealed_for_certificates(tmp_path / "sealed.pdf", handler)
    with pytest.raises(refusal):
        digitize_record([source], tmp_path / "out", "sealed", Options(), jobs=1)


CASES = (
    "hidden_layers_become_visible.pdf",
    "jbig2_43k_becomes_1.3M.pdf",
    "upright_turned_sideways.pdf",
    "unsigned_with_the_word_ByteRange.pdf",
    "signed_and_permission_protected.pdf",
    "minimal-signed-restricted.pdf",
    "sha256_root_inside.pdf",
    "ber_indefinite_cms.pdf",
    "sha1_root_inside.pdf",
    "vignette_receipt.jpg",
)


@pytest.mark.parametrize("name", CASES)
def test_cases_that_went_wrong(tmp_path: Path, shared_cases: Path, name: str) -> None:
    source = shared_cases / "documents" / name
    digitize_record([source], tmp_path, "case", Options(), jobs=1)
    assert_faithful(tmp_path)
    assert json.loads((tmp_path / "case.json").read_bytes())["pages"][0]["turned_from_file"] == 0


def test_two_days_with_the_same_name(tmp_path: Path, shared_cases: Path) -> None:
    both = [shared_cases / "documents" / "same_name" / day / "scan001.tif" for day in ("day1", "day2")]
    assert run(tmp_path / "out", *both).exit_code == 0
    texts = [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "out").glob("*.txt"))]
    assert ["THỨ NHẤT" in texts[0], "THỨ HAI" in texts[1]] == [True, True]


def test_a_refused_page_keeps_its_place_its_size_and_its_look(tmp_path: Path) -> None:
    options = Options(limits=PageLimits(grey_pixels=1_000_000, colour_pixels=1_000_000))
    source = pdf(tmp_path / "large.pdf", [jpeg(sheet(1)), jpeg(sheet(2).resize((600, 852)), dpi=(200, 200))])
    result = digitize_record([source], tmp_path / "out", "large", options, jobs=1)
    assert [problem.number for problem in result.problems] == [1]
    picture = tmp_path / "large.png"
    sheet(1).save(picture, dpi=(200, 200))
    digitize_record([picture], tmp_path / "out", "picture", options, jobs=1)
    sizes = [
        pypdfium2.PdfDocument(tmp_path / "out" / f"{name}.pdf")[0].get_size() for name in ("large", "picture")
    ]
    assert sizes == [pytest.approx((419.4, 595.4), abs=0.5)] * 2
    assert compared(tmp_path / "out").worst(1)[0].record == "picture"


def test_what_is_only_partly_read_is_said_and_exits_so(tmp_path: Path) -> None:
    source = pdf(tmp_path / "partly.pdf", [jpeg(sheet(1)), jpeg(sheet(2))])
    arguments = [
        str(source),
        "--out",
        str(tmp_path / "out"),
        "--jobs",
        "1",
        "--quiet",
        "--engine",
        "fault:error@2",
    ]
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 1
    assert "một phần không đọc được (1 trên 2 trang)" in result.output


def test_the_comparing_command_lists_what_differs(tmp_path: Path) -> None:
    archived(pdf(tmp_path / "one.pdf", [jpeg(sheet(1))]), tmp_path / "out")
    same = CliRunner().invoke(command, ["compare", str(tmp_path / "out")])
    assert same.exit_code == 0
    pdf(tmp_path / "out" / "one.pdf", [jpeg(sheet(2, lines=20))])
    other = CliRunner().invoke(
        command, ["compare", str(tmp_path / "out"), "--pictures", str(tmp_path / "pictures")]
    )
    assert other.exit_code == 1
    assert "one trang 1" in other.output
    assert (tmp_path / "pictures" / "one-1.png").is_file()
    assert CliRunner().invoke(command, ["compare", str(tmp_path / "pictures")]).exit_code == 1


def test_a_page_whose_program_cannot_be_unpacked_costs_itself_only(tmp_path: Path) -> None:
    source = pdf(tmp_path / "two.pdf", [jpeg(sheet(1)), jpeg(sheet(2))])
    with pikepdf.open(source, allow_overwriting_input=True) as spoiled:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        spoiled.pages[0].obj.Resources.Font = pikepdf.Dictionary(F1=spoiled.make_indirect(font))
        program = pikepdf.Stream(spoiled, b"not packed at all")
        program.Filter = pikepdf.Name.JBIG2Decode
        spoiled.pages[0].obj.Contents = spoiled.make_indirect(program)
        spoiled.save(source)
    digitize_record([source], tmp_path / "out", "two", Options(), jobs=1)
    assert "Trang thứ 2" in (tmp_path / "out" / "two.txt").read_text(encoding="utf-8")
    assert len(pypdfium2.PdfDocument(tmp_path / "out" / "two.pdf")) == 2
