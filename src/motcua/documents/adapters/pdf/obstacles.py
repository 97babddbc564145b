"""What keeps a page from standing in an archive file as it is: things of ISO 19005-2 that cannot be mended by taking away.

Partial: whether an embedded font has every glyph and its true widths, and what stands in inline pictures, is not looked at.
"""

from typing import Any

import pikepdf

from motcua.documents.adapters.pdf.resources import annotations, drawn_with, entries, looks
from motcua.documents.adapters.pdf.standins import has_stand_in

_INVISIBLE = 3
_SHOWS_TEXT = frozenset({"Tj", "TJ", "'", '"'})
#: Annotations that need no look of their own (6.3.3).
_NEEDS_NO_LOOK = frozenset({"/Popup", "/Link"})
#: Annotations that are programs, sounds or films (6.3.1): they are taken away, not drawn.
NOT_ARCHIVED = frozenset({"/3D", "/Sound", "/Screen", "/Movie", "/RichMedia", "/Projection"})
_HIDING = 2 | 32  # Hidden, NoView
_LONGEST_SIDE = 14_400.0
#: Longer programs of a page are drawings; they are not parsed for the letters they show.
_LONGEST_PROGRAM = 4 << 20


def obstacles(page: pikepdf.Page, *, draws_fields: bool = False) -> tuple[str, ...]:
    """Codes: `font`, `program`, `external`, `look`, `size`, `unreadable`; none where the page can be kept. `draws_fields`: the
    form leaves it to the reader to draw what is filled in (`/NeedAppearances`).
    """
    try:
        found = {code for holder in drawn_with(page) for code in _of_holder(holder)}
        found |= {"look" for one in annotations(page) if _lacks_look(one, draws_fields=draws_fields)}
        box = [float(side) for side in page.mediabox]
    except (
        Exception
    ):  # decoders behind a content stream raise whatever they like: such a page is drawn, the record goes on
        return ("unreadable",)
    sides = (abs(box[2] - box[0]), abs(box[3] - box[1]))
    if not all(3 <= side <= _LONGEST_SIDE for side in sides):
        found.add("size")
    return tuple(sorted(found))


def _of_holder(holder: object) -> set[str]:
    found: set[str] = set()
    _program(holder)  # a program that cannot be unpacked cannot be kept
    named = {name for name, font in entries(holder, "/Font") if not is_embedded(font)}
    bare = {
        name for name, font in entries(holder, "/Font") if not is_embedded(font) and not has_stand_in(font)
    }
    if named and shows_letters(holder, bare):
        found.add("font")
    for _, one in entries(holder, "/XObject"):
        if isinstance(one, pikepdf.Stream):
            if str(one.get("/Subtype", "")) == "/PS" or str(one.get("/Subtype2", "")) == "/PS":
                found.add("program")
            if "/F" in one or "/Crypt" in str(one.get("/Filter", "")):
                found.add("external")
    return found


def is_embedded(font: object) -> bool:
    if not isinstance(font, pikepdf.Dictionary):
        return False
    if str(font.get("/Subtype", "")) == "/Type3":
        return True
    if "/DescendantFonts" in font:
        font = font.DescendantFonts[0]
    described = font.get("/FontDescriptor")
    return isinstance(described, pikepdf.Dictionary) and any(
        isinstance(described.get(key), pikepdf.Stream) for key in ("/FontFile", "/FontFile2", "/FontFile3")
    )


def shows_letters(holder: Any, fonts: set[str]) -> bool:
    """Whether letters of one of these fonts are painted. Text that is only there to be found (mode 3) needs no glyphs."""
    if len(_program(holder)) > _LONGEST_PROGRAM:
        return True
    mode, chosen = 0, ""
    stack: list[tuple[int, str]] = []
    for instruction in pikepdf.parse_content_stream(holder):
        operator = str(instruction.operator)
        if operator == "q":
            stack.append((mode, chosen))
        elif operator == "Q" and stack:
            mode, chosen = stack.pop()
        elif operator == "Tr":
            mode = int(instruction.operands[0])
        elif operator == "Tf":
            chosen = str(instruction.operands[0])
        elif operator in _SHOWS_TEXT and mode != _INVISIBLE and chosen in fonts:
            return True
    return False


def _program(holder: Any) -> bytes:
    if isinstance(holder, pikepdf.Stream):
        return holder.read_bytes()
    contents = holder.get("/Contents")
    if contents is None:
        return b""
    streams = [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
    return b"\n".join(stream.read_bytes() for stream in streams)


def _lacks_look(annotation: Any, *, draws_fields: bool) -> bool:
    """Drawn by each reader as it likes: such a page is drawn here, once."""
    kind = str(annotation.get("/Subtype", ""))
    if kind in _NEEDS_NO_LOOK or kind in NOT_ARCHIVED or is_hidden(annotation):
        return False
    has_look = any(looks(annotation))
    if kind == "/Widget" and draws_fields and not _is_empty_field(annotation):
        return True
    rectangle = [float(side) for side in annotation.get("/Rect", [0, 0, 0, 0])]
    is_seen = rectangle[0] != rectangle[2] and rectangle[1] != rectangle[3]
    return not has_look and is_seen and not _is_empty_field(annotation)


def is_hidden(annotation: Any) -> bool:
    return bool(int(annotation.get("/F", 0)) & _HIDING)


def _is_empty_field(annotation: Any) -> bool:
    """A box nobody filled in, without a frame or a ground, shows nothing."""
    if str(annotation.get("/Subtype", "")) != "/Widget":
        return False
    above = annotation.get("/Parent", annotation)
    said = annotation.get("/V", above.get("/V"))
    is_empty = said is None or str(said) in ("", "/Off") or isinstance(said, pikepdf.Dictionary)
    around = annotation.get("/MK", pikepdf.Dictionary())
    return is_empty and not any(key in around for key in ("/BC", "/BG"))
