"""Where a signature stands on the page and what it looks like.

Sources: Decree 30/2020/NĐ-CP, Annex I (personal signature blue, seal red over the left third of the signature);
Decree 45/2020/NĐ-CP and Circular 01/2023/TT-VPCP (signature of who copied at the top left, agency on the top right);
Decree 68/2024/NĐ-CP (statutory forms: officer or agency, in the form).
"""

from dataclasses import dataclass
from datetime import datetime

from motcua.documents.words import SignatureKind

#: Kinds that only the certificate of a person, or only that of an agency, may make.
PERSONAL_KINDS = frozenset({SignatureKind.PERSONAL, SignatureKind.COPIER})


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page; `page` counts from 0, coordinates in points from the bottom left."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Sheet:
    """What placing needs to know of the paper: number of pages, size of the page in points, place marked by the form."""

    pages: int
    width: float
    height: float
    mark: Box | None = None
    personal: Box | None = None


PERSONAL_WIDTH, PERSONAL_HEIGHT = 170.0, 62.0
SEAL_DIAMETER = 102.0  # 36 mm, the seal of a people's committee
MARGIN = 28.0
NOTE_WIDTH, NOTE_HEIGHT = 190.0, 44.0
FORM_WIDTH, FORM_HEIGHT = 150.0, 40.0


def place(kind: SignatureKind, sheet: Sheet, taken: int = 0) -> Box:
    """The box of the signature. `taken` = how many signatures of this kind stand there already: the next goes beside."""
    if kind is SignatureKind.COPIER:
        return _note(sheet, left=MARGIN, row=taken)
    if kind is SignatureKind.COPY_SEAL:
        return _note(sheet, left=sheet.width - MARGIN - NOTE_WIDTH, row=taken)
    if kind is SignatureKind.PERSONAL:
        return _personal(sheet, taken)
    if kind is SignatureKind.FORM:
        return _form(sheet)
    return _seal(sheet.personal or _personal(sheet, 0))


def _note(sheet: Sheet, *, left: float, row: int) -> Box:
    top = sheet.height - MARGIN - row * (NOTE_HEIGHT + 4)
    return Box(0, left, top - NOTE_HEIGHT, left + NOTE_WIDTH, top)


def _personal(sheet: Sheet, taken: int) -> Box:
    if sheet.mark is not None:
        left, bottom, page = sheet.mark.left, sheet.mark.bottom, sheet.mark.page
    else:
        left, bottom, page = sheet.width - PERSONAL_WIDTH - 57.0, 110.0, sheet.pages - 1
    # Wherever a form puts its mark, a signature that leaves the page is none.
    left = min(left, sheet.width - MARGIN - PERSONAL_WIDTH)
    left = max(MARGIN, left - taken * (PERSONAL_WIDTH + 12))
    bottom = min(max(MARGIN, bottom), sheet.height - MARGIN - PERSONAL_HEIGHT)
    return Box(page, left, bottom, left + PERSONAL_WIDTH, bottom + PERSONAL_HEIGHT)


def _form(sheet: Sheet) -> Box:
    """The agency's certificate in a statutory form: as high as the space the form leaves, below its mark."""
    spot = _personal(sheet, 0)
    left = min(spot.left, sheet.width - MARGIN - FORM_WIDTH)
    top = max(spot.top, MARGIN + FORM_HEIGHT)
    return Box(spot.page, left, top - FORM_HEIGHT, left + FORM_WIDTH, top)


def _seal(signature: Box) -> Box:
    """The seal covers the left third of the personal signature and is centred on its height."""
    right = signature.left + signature.width / 3
    middle = (signature.bottom + signature.top) / 2
    bottom = max(0.0, middle - SEAL_DIAMETER / 2)
    right = max(right, SEAL_DIAMETER)
    return Box(signature.page, right - SEAL_DIAMETER, bottom, right, bottom + SEAL_DIAMETER)


def stamp_lines(
    kind: SignatureKind, *, name: str, organisation: str, at_local: datetime, note: str = ""
) -> tuple[str, ...]:
    """Lines of the visible signature. `at_local` is on the wall clock of Việt Nam; `note` is the form of the copy."""
    moment = at_local.isoformat(timespec="seconds")
    if kind is SignatureKind.COPY_SEAL:
        return (note or "Bản sao điện tử", f"Cơ quan: {name}", f"Thời gian ký: {moment}")
    if kind is SignatureKind.COPIER:
        return (
            f"Người ký: {name}",
            *((f"Cơ quan: {organisation}",) if organisation else ()),
            f"Thời gian ký: {moment}",
        )
    if kind is SignatureKind.AGENCY:
        return (name, moment)
    if kind is SignatureKind.FORM:
        return (f"Ký bởi: {name}", f"Thời gian ký: {moment}")
    return (
        f"Ký bởi: {name}",
        *((f"Cơ quan: {organisation}",) if organisation else ()),
        f"Thời gian ký: {moment}",
    )
