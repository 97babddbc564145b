"""A partial check of a finished file against ISO 19005-2 and -3, level B: what its objects say, whoever wrote them.

Not seen: glyphs and widths inside embedded fonts, inline pictures, operators of content streams other than printing colours, the
inside of JPEG 2000 and of ICC profiles, XMP beyond the two entries that claim conformance.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

_CLAIM = re.compile(
    rb"<pdfaid:part>([123])</pdfaid:part>.*?<pdfaid:conformance>B</pdfaid:conformance>", re.DOTALL
)
_FILTERS = frozenset(
    f"/{name}Decode"
    for name in ("Flate", "DCT", "CCITTFax", "JBIG2", "RunLength", "JPX", "ASCII85", "ASCIIHex")
)
_ACTIONS = frozenset(
    f"/{name}"
    for name in ("Launch", "Sound", "Movie", "ResetForm", "ImportData", "JavaScript", "Hide", "SetOCGState")
) | {"/Rendition", "/Trans", "/GoTo3DView"}
_BAD_ANNOTATIONS = frozenset({"/3D", "/Sound", "/Screen", "/Movie"})
_PRINT, _HIDING = 4, 1 | 2 | 32 | 256
_HEAD = re.compile(rb"%PDF-1\.[0-7]\r?\n%[\x80-\xff]{4}")


def violations(path: Path) -> tuple[str, ...]:
    """What of the standard the file breaks, by its clauses; none where nothing of what is looked at does."""
    with path.open("rb") as file:
        head = file.read(64)
    found = [] if _HEAD.match(head) else ["6.1.2 header"]
    with pikepdf.open(path) as pdf:
        part = _part(pdf)
        found += _of_trailer(pdf, part)
        for number, one in enumerate(pdf.objects, start=1):
            if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                found += (f"{broken} (object {number})" for broken in _of_object(one))
        for number, page in enumerate(pdf.pages, start=1):
            found += (f"{broken} (page {number})" for broken in _of_page(page))
        found += [f"6.1.2 syntax: {one}" for one in pdf.check_pdf_syntax()]
    return tuple(sorted(set(found)))


def _part(pdf: pikepdf.Pdf) -> int:
    metadata = pdf.Root.get("/Metadata")
    claim = _CLAIM.search(metadata.read_bytes()) if isinstance(metadata, pikepdf.Stream) else None
    return int(claim[1]) if claim else 0


def _of_trailer(pdf: pikepdf.Pdf, part: int) -> Iterator[str]:
    if part not in (2, 3):
        yield "6.6.4 no claim of conformance"
    if "/Encrypt" in pdf.trailer:
        yield "6.1.3 encrypted"
    if "/ID" not in pdf.trailer:
        yield "6.1.3 no identifier"
    intents = [one for one in pdf.Root.get("/OutputIntents", []) if str(one.get("/S", "")) == "/GTS_PDFA1"]
    if len(intents) != 1 or intents[0].DestOutputProfile.read_bytes()[36:40] != b"acsp":
        yield "6.2.3 output intent"
    if "/AA" in pdf.Root:
        yield "6.5.2 additional actions"
    names = pdf.Root.get("/Names", pikepdf.Dictionary())
    if "/JavaScript" in names:
        yield "6.5.1 programs"
    if len(pdf.attachments) and part != 3:
        yield "6.8 attachments"
    form = pdf.Root.get("/AcroForm", pikepdf.Dictionary())
    if "/XFA" in form or bool(form.get("/NeedAppearances", False)):
        yield "6.4 forms"
    layers = pdf.Root.get("/OCProperties")
    if isinstance(layers, pikepdf.Dictionary):
        settings = [layers.get("/D", pikepdf.Dictionary()), *layers.get("/Configs", [])]
        if any("/AS" in one or not str(one.get("/Name", "")) for one in settings):
            yield "6.9 layers"


def _of_object(one: Any) -> Iterator[str]:
    kind, subtype = str(one.get("/Type", "")), str(one.get("/Subtype", ""))
    if isinstance(one, pikepdf.Stream):
        filters: Any = one.get("/Filter", [])
        names = [str(filters)] if isinstance(filters, pikepdf.Name) else [str(name) for name in filters]
        if any(name not in _FILTERS for name in names):
            yield f"6.1.7 filter {names}"
        if "/F" in one and kind != "/EmbeddedFile":
            yield "6.1.7 external stream"
        if subtype == "/Image" and (
            bool(one.get("/Interpolate", False)) or "/Alternates" in one or "/OPI" in one
        ):
            yield "6.2.8 picture"
        if subtype == "/PS" or (subtype == "/Form" and any(key in one for key in ("/OPI", "/Ref", "/PS"))):
            yield "6.2.9 form"
    if str(one.get("/S", "")) in _ACTIONS and ("/S" in one and kind in ("", "/Action")):
        yield f"6.5.1 action {one.S}"
    if kind == "/ExtGState" and (
        any(key in one for key in ("/TR", "/HTP")) or str(one.get("/TR2", "/Default")) != "/Default"
    ):
        yield "6.2.5 graphics state"
    for key in ("/A",):
        action = one.get(key)
        if isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in _ACTIONS:
            yield f"6.5.1 action {action.S}"


def _of_page(page: pikepdf.Page) -> Iterator[str]:
    if "/AA" in page.obj:
        yield "6.5.2 additional actions"
    box = [float(side) for side in page.mediabox]
    if not all(3 <= abs(box[n + 2] - box[n]) <= 14_400 for n in (0, 1)):
        yield "6.1.13 page size"
    for annotation in page.obj.get("/Annots", []):
        yield from _of_annotation(annotation)
    yield from _of_resources(page.resources, b"".join(_contents(page)), 0)


def _contents(page: pikepdf.Page) -> Iterator[bytes]:
    contents: Any = page.obj.get("/Contents", [])
    for stream in [contents] if isinstance(contents, pikepdf.Stream) else contents:
        yield stream.read_bytes() + b"\n"


def _of_annotation(annotation: Any) -> Iterator[str]:
    subtype, flags = str(annotation.get("/Subtype", "")), int(annotation.get("/F", 0))
    if subtype in _BAD_ANNOTATIONS:
        yield f"6.3.1 annotation {subtype}"
    if subtype == "/Popup":
        return
    if not flags & _PRINT or flags & _HIDING:
        yield f"6.3.2 flags {flags}"
    look = annotation.get("/AP")
    if look is None:
        if subtype != "/Link":
            yield f"6.3.3 no look of {subtype}"
    elif set(look.keys()) != {"/N"}:
        yield "6.3.3 more looks than one"
    elif isinstance(look.N, pikepdf.Stream):
        yield from _of_resources(look.N.get("/Resources", pikepdf.Dictionary()), look.N.read_bytes(), 0)


def _of_resources(resources: object, program: bytes, depth: int) -> Iterator[str]:
    if not isinstance(resources, pikepdf.Dictionary) or depth > 20:
        return
    if "/DefaultCMYK" not in resources.get("/ColorSpace", pikepdf.Dictionary()):
        if re.search(rb"(?:[-+.\d]+\s+){4}[kK](?=\s|$)", program):
            yield "6.2.4.3 printing colours"
        for _, one in resources.get("/XObject", pikepdf.Dictionary()).items():
            if isinstance(one, pikepdf.Stream) and str(one.get("/ColorSpace", "")) == "/DeviceCMYK":
                yield "6.2.4.3 printing colours of a picture"
    for name, font in resources.get("/Font", pikepdf.Dictionary()).items():
        is_used = re.search(re.escape(name.encode()) + rb"\s", program) is not None
        if is_used and not _has_letters(font) and not re.search(rb"\b3\s+Tr\b", program):
            yield f"6.2.11.4 font {font.get('/BaseFont', name)} not embedded"
    for _, one in resources.get("/XObject", pikepdf.Dictionary()).items():
        if isinstance(one, pikepdf.Stream) and str(one.get("/Subtype", "")) == "/Form":
            yield from _of_resources(one.get("/Resources", pikepdf.Dictionary()), one.read_bytes(), depth + 1)


def _has_letters(font: Any) -> bool:
    if str(font.get("/Subtype", "")) == "/Type3":
        return True
    inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    described = inner.get("/FontDescriptor", pikepdf.Dictionary())
    return any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3"))
