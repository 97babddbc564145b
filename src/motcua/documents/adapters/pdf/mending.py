"""What ISO 19005-2 forbids and nobody misses is taken out of a kept file: programs, switches, settings of printing houses.

What is seen stays as it is. Layers switched off stay off; annotations, attachments, outlines, labels and languages stay.
"""

import contextlib
import re
from typing import Any

import pikepdf

from motcua.documents.adapters.pdf.colours import cmyk_space
from motcua.documents.adapters.pdf.obstacles import NOT_ARCHIVED, is_hidden
from motcua.documents.adapters.pdf.resources import annotations, drawn_with, entries, looks, resources_of

_PRINT, _INVISIBLE, _TOGGLE = 4, 1, 256
#: 6.5.1: everything else that a click or an opening may start goes.
_ACTIONS = frozenset({"/GoTo", "/GoToR", "/GoToE", "/URI", "/Thread", "/Named", "/SubmitForm"})
_NAMED = frozenset({"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"})
_CMYK_OPERATOR = re.compile(rb"(?:[-+.\d]+\s+){4}[kK](?=\s|$)")
_BLEND = frozenset(
    {
        *("/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge"),
        *("/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion"),
        *("/Hue", "/Saturation", "/Color", "/Luminosity"),
    }
)


#: What makes a field of a form, as against a mere look on the page.
_OF_FIELDS = (
    "/FT",
    "/T",
    "/TU",
    "/TM",
    "/V",
    "/DV",
    "/Ff",
    "/DA",
    "/Q",
    "/MK",
    "/Parent",
    "/Kids",
    "/MaxLen",
    "/Opt",
    "/Lock",
    "/SV",
    "/AA",
    "/A",
    "/H",
    "/BS",
)


def flatten_fields(page: pikepdf.Page) -> None:
    """Fields whose form does not come along become looks: readers draw no field without its form."""
    for annotation in annotations(page):
        if _kind(annotation) == "/Widget":
            _flatten(annotation)


def _flatten(widget: Any) -> None:
    """A stamp with the look that the field had."""
    shown = widget.get("/AP", pikepdf.Dictionary()).get("/N")
    if isinstance(shown, pikepdf.Dictionary) and not isinstance(shown, pikepdf.Stream):
        shown = shown.get(str(widget.get("/AS", "/Off")))
    for key in (*_OF_FIELDS, "/AP", "/AS"):
        _drop(widget, key)
    widget.Subtype = pikepdf.Name.Stamp
    if isinstance(shown, pikepdf.Stream):
        widget.AP = pikepdf.Dictionary(N=shown)


def _is_signature(annotation: Any) -> bool:
    """Its kind may stand in the field above it."""
    return any(
        str(one.get("/FT", "")) == "/Sig" for one in (annotation, annotation.get("/Parent", annotation))
    )


def mend_page(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Everything of one page, in place. The page must have no obstacles."""
    _mend_annotations(pdf, page)
    for key in ("/AA", "/PresSteps", "/PieceInfo", "/Thumb"):
        _drop(page.obj, key)
    for holder in drawn_with(page):
        _mend_holder(pdf, holder)


def _mend_holder(pdf: pikepdf.Pdf, holder: Any) -> None:
    for key in ("/OPI", "/Ref", "/PS", "/Subtype2", "/PieceInfo"):
        if isinstance(holder, pikepdf.Stream):
            _drop(holder, key)
    for _, one in entries(holder, "/XObject"):
        if isinstance(one, pikepdf.Stream) and str(one.get("/Subtype", "")) == "/Image":
            _mend_picture(one)
    for _, state in entries(holder, "/ExtGState"):
        if isinstance(state, pikepdf.Dictionary):
            _mend_state(state)
    for _, font in entries(holder, "/Font"):
        _mend_font(font)
    if _uses_cmyk(holder):
        resources = resources_of(holder)
        spaces = resources.get("/ColorSpace", pikepdf.Dictionary())
        if "/DefaultCMYK" not in spaces:
            spaces.DefaultCMYK = cmyk_space(pdf)
            resources.ColorSpace = spaces


def _mend_picture(picture: Any) -> None:
    for key in ("/Alternates", "/OPI"):
        _drop(picture, key)
    if picture.get("/Interpolate") is True:
        picture.Interpolate = False
    mask = picture.get("/SMask")
    if isinstance(mask, pikepdf.Stream):
        _mend_picture(mask)


def _mend_state(state: Any) -> None:
    for key in ("/TR", "/HTP", "/HTO"):
        _drop(state, key)
    if str(state.get("/TR2", "/Default")) != "/Default":
        del state["/TR2"]
    mode = state.get("/BM")
    if isinstance(mode, pikepdf.Array):
        # Readers take the first they know (11.6.3 of ISO 32000-1).
        state.BM = next((one for one in mode if str(one) in _BLEND), pikepdf.Name.Normal)
    elif mode is not None and str(mode) not in _BLEND:
        state.BM = pikepdf.Name.Normal


def _mend_font(font: Any) -> None:
    """An embedded TrueType collection of glyphs says which is which; sets of characters, often wrong, need not be told."""
    if not isinstance(font, pikepdf.Dictionary) or "/DescendantFonts" not in font:
        return
    child = font.DescendantFonts[0]
    described = child.get("/FontDescriptor")
    if isinstance(described, pikepdf.Dictionary):
        _drop(described, "/CIDSet")
    if str(child.get("/Subtype", "")) == "/CIDFontType2" and "/CIDToGIDMap" not in child:
        child.CIDToGIDMap = pikepdf.Name.Identity


def _uses_cmyk(holder: Any) -> bool:
    spaces = [space for _, space in entries(holder, "/ColorSpace")]
    spaces += [one.get("/CS") for _, one in entries(holder, "/Shading") if "/CS" in one]
    spaces += [one.get("/ColorSpace") for _, one in entries(holder, "/Shading")]
    spaces += [
        one.get("/ColorSpace")
        for _, one in entries(holder, "/XObject")
        if isinstance(one, pikepdf.Stream) and str(one.get("/Subtype", "")) == "/Image"
    ]
    spaces += [
        pattern.get("/Shading", pikepdf.Dictionary()).get("/ColorSpace")
        for _, pattern in entries(holder, "/Pattern")
    ]
    group = holder.get("/Group")
    if isinstance(group, pikepdf.Dictionary):
        spaces.append(group.get("/CS"))
    if any(_names_cmyk(space, 0) for space in spaces):
        return True
    return _CMYK_OPERATOR.search(_program_of(holder)) is not None


def _names_cmyk(space: object, depth: int) -> bool:
    """Also as the base of a palette or what a separation is drawn by."""
    if isinstance(space, pikepdf.Name):
        return str(space) in ("/DeviceCMYK", "/CMYK")
    if not isinstance(space, pikepdf.Array) or depth > 4:
        return False
    return str(space[0]) != "/ICCBased" and any(_names_cmyk(part, depth + 1) for part in list(space)[:4])


def _program_of(holder: Any) -> bytes:
    with contextlib.suppress(pikepdf.PdfError):
        if isinstance(holder, pikepdf.Stream):
            return holder.read_bytes()
        contents = holder.get("/Contents")
        if contents is not None:
            streams = [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
            return b"\n".join(stream.read_bytes() for stream in streams)
    return b""


# -- annotations


def _mend_annotations(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Hidden ones go, because their hiding would have to; the rest is printed as it is seen."""
    if "/Annots" not in page.obj:
        return
    kept = [one for one in annotations(page) if not is_hidden(one) and _kind(one) not in NOT_ARCHIVED]
    for one in kept:
        if _is_signature(one):
            _flatten(one)
        _drop(one, "/AA")
        mend_action(one)
        if _kind(one) == "/Popup":
            continue
        one.F = (int(one.get("/F", 0)) | _PRINT) & ~(_INVISIBLE | _TOGGLE)
        _mend_look(pdf, one)
    if kept:
        page.obj.Annots = pikepdf.Array(kept)
    else:
        del page.obj["/Annots"]


def _kind(annotation: Any) -> str:
    return str(annotation.get("/Subtype", ""))


def _mend_look(pdf: pikepdf.Pdf, annotation: Any) -> None:
    """Only the normal look, and of a box only with its states; an empty one where nothing is shown."""
    if not any(looks(annotation)):
        if _kind(annotation) == "/Link":
            _drop(annotation, "/AP")
            return
        empty = pdf.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        empty.BBox = pikepdf.Array([0, 0, 1, 1])
        annotation.AP = pikepdf.Dictionary(N=empty)
        return
    normal = annotation.AP.N
    if (
        isinstance(normal, pikepdf.Dictionary)
        and not isinstance(normal, pikepdf.Stream)
        and not _is_box(annotation)
    ):
        state = str(annotation.get("/AS", "/Off"))
        normal = normal.get(state, next(looks(annotation)))
    annotation.AP = pikepdf.Dictionary(N=normal)


def _is_box(annotation: Any) -> bool:
    return str(annotation.get("/FT", annotation.get("/Parent", annotation).get("/FT", ""))) == "/Btn"


def mend_action(holder: Any) -> None:
    """The action of an annotation or an outline, and those chained to it: only going somewhere is left."""
    action = holder.get("/A")
    if not isinstance(action, pikepdf.Dictionary):
        return
    kind = str(action.get("/S", ""))
    if kind not in _ACTIONS or (kind == "/Named" and str(action.get("/N", "")) not in _NAMED):
        del holder["/A"]
        return
    _drop(action, "/Next")


def _drop(holder: Any, key: str) -> None:
    if key in holder:
        del holder[key]


# -- the whole file


def mend_document(pdf: pikepdf.Pdf) -> None:
    """The catalogue of a kept file, in place."""
    root = pdf.Root
    for key in (
        "/AA",
        "/Requirements",
        "/Perms",
        "/DSS",
        "/Collection",
        "/PieceInfo",
        "/SpiderInfo",
        "/Legal",
    ):
        _drop(root, key)
    opening = root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary):
        if str(opening.get("/S", "")) == "/GoTo":
            _drop(opening, "/Next")
        else:
            del root["/OpenAction"]
    if "/Names" in root and isinstance(root.Names, pikepdf.Dictionary):
        for key in ("/JavaScript", "/AlternatePresentations", "/Renditions"):
            _drop(root.Names, key)
    if isinstance(root.get("/AcroForm"), pikepdf.Dictionary):
        _mend_form(root.AcroForm)
        if not len(root.AcroForm.Fields):
            del root["/AcroForm"]
    if isinstance(root.get("/OCProperties"), pikepdf.Dictionary):
        mend_layers(root.OCProperties)
    _mend_outlines(root.get("/Outlines"))


def _mend_form(form: Any) -> None:
    for key in ("/XFA", "/NeedAppearances", "/SigFlags"):
        _drop(form, key)
    form.Fields = _mended_fields(form.get("/Fields"), 0)


def _mended_fields(fields: Any, depth: int) -> Any:
    """A signature is worth something only in the file as received: here its field would hold a broken one, so its look is all
    that stays (see `_flatten`).
    """
    kept = pikepdf.Array()
    if not isinstance(fields, pikepdf.Array) or depth > 20:
        return kept
    for field in fields:
        if (
            not isinstance(field, pikepdf.Dictionary)
            or str(field.get("/FT", "")) == "/Sig"
            or ("/Subtype" in field and _kind(field) == "/Stamp")
        ):
            continue
        _drop(field, "/AA")
        mend_action(field)
        if isinstance(field.get("/Kids"), pikepdf.Array):
            field.Kids = _mended_fields(field.Kids, depth + 1)
        kept.append(field)
    return kept


def mend_layers(properties: Any) -> None:
    """Switches by occasion (viewing, printing) are forbidden: the state in which the file is viewed becomes its state."""
    groups = list(properties.get("/OCGs", []))
    for number, setting in enumerate([properties.get("/D"), *properties.get("/Configs", [])]):
        if not isinstance(setting, pikepdf.Dictionary):
            continue
        _settle(setting, groups)
        if not str(setting.get("/Name", "")):
            setting.Name = pikepdf.String(f"Lớp {number + 1}" if number else "Lớp")
        listed = {one.objgen for one in _flat(setting.get("/Order"), 0)}
        if "/Order" in setting:
            missing = [one for one in groups if one.objgen not in listed]
            setting.Order = pikepdf.Array([*setting.Order, *missing])


def _settle(setting: Any, groups: list[Any]) -> None:
    by_occasion = {}
    for switch in setting.get("/AS", []):
        if str(switch.get("/Event", "")) == "/View":
            for group in switch.get("/OCGs", []):
                said = group.get("/Usage", pikepdf.Dictionary()).get("/View", pikepdf.Dictionary())
                if "/ViewState" in said:
                    by_occasion[group.objgen] = str(said.ViewState) == "/ON"
    _drop(setting, "/AS")
    if not by_occasion:
        return
    off = {one.objgen for one in setting.get("/OFF", [])}
    on = {one.objgen for one in setting.get("/ON", [])}
    starts_off = str(setting.get("/BaseState", "/ON")) == "/OFF"
    states = {one.objgen: one.objgen in on or (not starts_off and one.objgen not in off) for one in groups}
    states |= by_occasion
    setting.ON = pikepdf.Array([one for one in groups if states.get(one.objgen)])
    setting.OFF = pikepdf.Array([one for one in groups if not states.get(one.objgen)])


def _flat(order: Any, depth: int) -> list[Any]:
    if not isinstance(order, pikepdf.Array) or depth > 20:
        return []
    found: list[Any] = []
    for one in order:
        found += [one] if isinstance(one, pikepdf.Dictionary) else _flat(one, depth + 1)
    return found


def _mend_outlines(outlines: object) -> None:
    seen: set[tuple[int, int]] = set()
    waiting = [outlines]
    while waiting and len(seen) < 100_000:
        one = waiting.pop()
        if not isinstance(one, pikepdf.Dictionary) or one.objgen in seen:
            continue
        seen.add(one.objgen)
        mend_action(one)
        waiting += [one.get("/First"), one.get("/Next")]
