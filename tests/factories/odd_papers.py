"""PDFs and pictures as the world sends them, made by code: layers, boxes, notes, files within, faxes, vignettes, seals for
others.
"""

import io
from collections.abc import Callable
from pathlib import Path

import img2pdf
import numpy as np
import pikepdf
from PIL import Image, ImageDraw
from tests.integration.documents.digitization.scans import group4, jpeg, sheet

Spoil = Callable[[pikepdf.Pdf], None]


def saved(path: Path, spoil: Spoil, *, size: tuple[float, float] = (300, 200)) -> Path:
    """A new PDF of one page, changed by `spoil`."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=size)
        spoil(pdf)
        pdf.save(path)
    return path


def drawing(pdf: pikepdf.Pdf, program: bytes, **resources: pikepdf.Object) -> None:
    """Give the first page this content."""
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(program)
    page.Resources = pikepdf.Dictionary({f"/{kind}": one for kind, one in resources.items()})


def with_a_stream_for_a_list(pdf: pikepdf.Pdf) -> None:
    """Where the list of its pictures should stand the page has a stream (seen in a public test file)."""
    drawing(pdf, b"0 0 0 rg 40 40 120 60 re f", XObject=pdf.make_stream(b""))


def with_layers(pdf: pikepdf.Pdf) -> None:
    """A black square that is seen, a larger one on a layer switched off, one switched off for viewing only by an occasion."""
    groups = [
        pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String(name)))
        for name in ("off", "by occasion", "on")
    ]
    groups[1].Usage = pikepdf.Dictionary(View=pikepdf.Dictionary(ViewState=pikepdf.Name.OFF))
    drawing(
        pdf,
        b"/OC /L0 BDC 0 0 100 200 re f EMC /OC /L1 BDC 100 0 100 200 re f EMC /OC /L2 BDC 250 50 20 20 re f EMC",
        Properties=pikepdf.Dictionary(L0=groups[0], L1=groups[1], L2=groups[2]),
    )
    occasion = pikepdf.Dictionary(
        Event=pikepdf.Name.View, OCGs=pikepdf.Array([groups[1]]), Category=pikepdf.Array([pikepdf.Name.View])
    )
    pdf.Root.OCProperties = pikepdf.Dictionary(
        OCGs=pikepdf.Array(groups),
        D=pikepdf.Dictionary(OFF=pikepdf.Array([groups[0]]), AS=pikepdf.Array([occasion])),
    )


def with_bare_font(pdf: pikepdf.Pdf) -> None:
    """Ten letters in Helvetica, which is only named; a bar of lines down the page beside them."""
    bars = b"".join(b"%d 20 2 160 re f\n" % x for x in range(150, 290, 5))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    drawing(pdf, b"BT /F1 18 Tf 20 100 Td (Hello xa) Tj ET\n" + bars, Font=pikepdf.Dictionary(F1=font))


def with_printing_colours(pdf: pikepdf.Pdf) -> None:
    """Inks without a profile."""
    drawing(
        pdf, b"1 0 0 0 k 10 10 80 80 re f 0 1 1 0 k 110 10 80 80 re f 0.2 0.3 0.9 0.1 k 210 10 80 80 re f"
    )


def with_everything_around(pdf: pikepdf.Pdf) -> None:
    """Boxes off the origin, a turn, an outline, labels, a language, a note with a look, a hidden note, an attached file, a
    program.
    """
    drawing(pdf, b"0 0 0 rg 60 60 40 40 re f")
    page = pdf.pages[0].obj
    page.MediaBox = pikepdf.Array([10, 10, 310, 210])
    page.CropBox = pikepdf.Array([40, 30, 280, 190])
    page.Rotate = 90
    look = pdf.make_stream(b"1 0 0 rg 0 0 50 30 re f")
    look.stream_dict.update(
        pikepdf.Dictionary(
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=pikepdf.Array([0, 0, 50, 30])
        )
    )
    page.Annots = pikepdf.Array([_note(look, [150, 100, 200, 130], 4), _note(look, [50, 40, 100, 70], 2)])
    pdf.Root.Lang = pikepdf.String("en-GB")
    pdf.Root.PageLabels = pikepdf.Dictionary(
        Nums=pikepdf.Array([0, pikepdf.Dictionary(S=pikepdf.Name.r, St=5)])
    )
    pdf.attachments["so-lieu.csv"] = b"a;b\n1;2\n"
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Phần một", 0))
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def _note(look: pikepdf.Object, place: list[int], flags: int) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Stamp,
        Rect=pikepdf.Array(place),
        F=flags,
        AP=pikepdf.Dictionary(N=look),
    )


def with_hidden_text(path: Path, said: bytes) -> Path:
    """A scan of a page of text with an invisible layer that says `said` once a line."""
    path.write_bytes(img2pdf.convert(jpeg(sheet(5, lines=14))))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.obj.Resources.Font = pikepdf.Dictionary(F1=pdf.make_indirect(font))
        lines = b"".join(b"1 0 0 1 50 %d Tm (%s) Tj\n" % (480 - 22 * n, said) for n in range(14))
        page.contents_add(b"BT 3 Tr /F1 12 Tf\n" + lines + b"ET\n")
        pdf.save(path)
    return path


def fax(path: Path) -> Path:
    """204 dots an inch across and 98 down, as a fax machine sends."""
    picture = sheet(6, lines=14).resize((1728, 1130)).point(lambda v: 255 if v > 140 else 0).convert("1")
    picture.save(path, "TIFF", compression="group4", dpi=(204, 98), tiffinfo={278: 1130})
    return path


def fax_pdf(path: Path) -> Path:
    """The same in a PDF: one picture over an A5 page, its pixels twice as high as wide."""
    path.write_bytes(img2pdf.convert(group4(sheet(6, lines=14).resize((1165, 827))), layout_fun=_a5))
    return path


def _a5(*_: object) -> tuple[float, float, float, float]:
    return 420.0, 595.0, 420.0, 595.0


def bilevel_flate_pdf(path: Path) -> Path:
    """A bilevel scan whose pixels are packed by Flate, which is no filter of scanners."""
    picture = sheet(7, lines=20).point(lambda v: 255 if v > 140 else 0).convert("1")

    def put(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(np.packbits(np.asarray(picture), axis=1).tobytes())
        image.stream_dict.update(
            pikepdf.Dictionary(
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=picture.width,
                Height=picture.height,
                ColorSpace=pikepdf.Name.DeviceGray,
                BitsPerComponent=1,
            )
        )
        drawing(pdf, b"q 420 0 0 595 0 0 cm /Im0 Do Q", XObject=pikepdf.Dictionary(Im0=image))

    return saved(path, put, size=(420, 595))


def receipt_in_a_vignette(width: int, *, rim: int) -> Image.Image:
    """A receipt that fills its photograph, its text near the edges, darkening towards the rim."""
    picture = Image.new("L", (width, width * 2), 225)
    draw = ImageDraw.Draw(picture)
    for row in range(12):
        draw.text((rim + 4, 60 + row * width // 8), f"{row}89385000000", fill=30, font_size=width // 18)
        draw.text(
            (width - rim - 4, 60 + row * width // 8), "35.000", fill=30, anchor="ra", font_size=width // 18
        )
    for bar in range(width // 4, 3 * width // 4, 6):
        draw.rectangle((bar, picture.height - 60 - rim, bar + 3, picture.height - rim), fill=20)
    array = np.asarray(picture, dtype=np.float64)
    rows, columns = np.mgrid[: picture.height, :width]
    near = np.minimum.reduce([rows, columns, picture.height - 1 - rows, width - 1 - columns])
    return Image.fromarray((array * np.clip(near / rim, 0, 1)).astype(np.uint8)).convert("RGB")


def sealed_for_certificates(path: Path, handler: str = "Adobe.PubSec") -> Path:
    """What says that it is locked for others: by certificates or by another security handler."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        out = io.BytesIO()
        pdf.save(out)
    content = out.getvalue()
    place = content.rindex(b"trailer")
    entry = b"<</Encrypt<</Filter/%s/SubFilter/adbe.pkcs7.s5/V 4>>" % handler.encode()
    path.write_bytes(content[:place] + content[place:].replace(b"<<", entry, 1))
    return path
