"""Small files that ask for much: made here, byte for byte, from what the formats allow."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image
from pillow_heif import register_heif_opener

register_heif_opener()


def postscript(loops_for_ever: bool = True) -> bytes:
    """An EPS picture whose program never ends."""
    body = "{ 1 2 add pop } loop" if loops_for_ever else "showpage"
    return f"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n{body}\n%%EOF\n".encode()


def directories(count: int, last: int = 0) -> bytes:
    """A TIFF of `count` one-line pages; the last directory points to `last`."""
    out = bytearray(b"II*\0" + struct.pack("<I", 8))
    tags = ((256, 8), (257, 1), (258, 1), (259, 1), (262, 1), (273, 8), (277, 1), (278, 1), (279, 1))
    length = 2 + 12 * len(tags) + 4
    for number in range(count):
        after = len(out) + length if number < count - 1 else last
        out += struct.pack("<H", len(tags)) + b"".join(
            struct.pack("<HHII", tag, 3, 1, value) for tag, value in tags
        )
        out += struct.pack("<I", after)
    return bytes(out)


def png(width: int, height: int, rows: int | None = None) -> bytes:
    """A PNG that says it has this size, with as many rows of nothing as are asked for (all, if None)."""
    packer = zlib.compressobj(9)
    row = b"\0" + bytes(width)
    packed = b"".join(packer.compress(row) for _ in range(height if rows is None else rows)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
            (b"IDAT", packed),
            (b"IEND", b""),
        )
    )


def jpeg(width: int, height: int) -> bytes:
    """A JPEG of 8 by 8 pixels whose heading says another size."""
    out = io.BytesIO()
    Image.new("L", (8, 8), 200).save(out, "JPEG")
    data = bytearray(out.getvalue())
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def heic(width: int | None = None, height: int | None = None) -> bytes:
    """A picture as a telephone takes it, 64 by 48; with a size, one that says it has that size."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(out, "HEIF")
    data = bytearray(out.getvalue())
    at = data.find(b"ispe")
    while width and height and at >= 0:
        data[at + 8 : at + 16] = struct.pack(">II", width, height)
        at = data.find(b"ispe", at + 4)
    return bytes(data)


def docx(gigabytes: float, parts: int = 1) -> bytes:
    """A Word file whose parts unpack to so much."""
    out = io.BytesIO()
    block = bytes(1 << 20)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("word/document.xml", "<w/>")
        for number in range(parts):
            with archive.open(f"word/media/{number}.png", "w", force_zip64=True) as part:
                for _ in range(int(gigabytes * 1024 / parts)):
                    part.write(block)
    return out.getvalue()


def understated(packed: bytes) -> bytes:
    """The archive, its central directory saying that every part is one byte."""
    data = bytearray(packed)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 1)
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def pdf_without_places(pdf: bytes) -> bytes:
    """The table of objects points nowhere."""
    at = pdf.rindex(b"startxref")
    return pdf[:at] + b"startxref\n99999999\n%%EOF\n"


def pdf_of_pages_in_a_circle() -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 /Parent 3 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 /Parent 2 0 R >>",
    ]
    return _pdf(objects)


def pdf_of_nested_arrays(depth: int) -> bytes:
    return _pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R /Deep " + b"[" * depth + b"]" * depth + b" >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>",
        ]
    )


def pdf_of_previous_tables_in_a_circle(pdf: bytes) -> bytes:
    """The trailer names itself as the one before it."""
    at = int(pdf[pdf.rindex(b"startxref") + 9 :].split()[0])
    return pdf.replace(b"/Root", b"/Prev %d /Root" % at, 1)


def active_pdf(pdf: bytes, kind: str) -> bytes:
    """The document with one thing in it that acts or carries."""
    name = pikepdf.Name
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root, page = document.Root, document.pages[0]
        script = pikepdf.Dictionary(S=name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        if kind == "on opening":
            root.OpenAction = script
        elif kind == "named":
            root.Names = pikepdf.Dictionary(
                JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), script]))
            )
        elif kind == "on the page":
            page.obj.AA = pikepdf.Dictionary(O=script)
        elif kind == "on a link":
            page.obj.Annots = pikepdf.Array(
                [
                    pikepdf.Dictionary(
                        Type=name.Annot, Subtype=name.Link, Rect=pikepdf.Array([0, 0, 9, 9]), A=script
                    )
                ]
            )
        elif kind == "launch":
            root.OpenAction = pikepdf.Dictionary(S=name.Launch, F=pikepdf.String("cmd.exe"))
        elif kind == "attachment":
            document.attachments["a.exe"] = b"MZ"
        elif kind == "attached on the page":
            held = document.make_stream(b"MZ", Type=name.EmbeddedFile)
            page.obj.Annots = pikepdf.Array(
                [
                    pikepdf.Dictionary(
                        Type=name.Annot,
                        Subtype=name.FileAttachment,
                        Rect=pikepdf.Array([0, 0, 9, 9]),
                        FS=pikepdf.Dictionary(
                            Type=name.Filespec, F=pikepdf.String("a.exe"), EF=pikepdf.Dictionary(F=held)
                        ),
                    )
                ]
            )
        elif kind == "xfa":
            root.AcroForm = pikepdf.Dictionary(
                Fields=pikepdf.Array(), XFA=document.make_stream(b"<xdp:xdp xmlns:xdp='x'/>")
            )
        out = io.BytesIO()
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


ACTIVE_KINDS = (
    "on opening",
    "named",
    "on the page",
    "on a link",
    "launch",
    "attachment",
    "attached on the page",
    "xfa",
)


def _pdf(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
