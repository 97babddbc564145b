"""What a page announces itself to be, by its title."""

from dataclasses import dataclass
from enum import StrEnum

from motcua.documents.rules.digitization.likeness import likeness
from motcua.documents.rules.digitization.pages import Line, PageResult
from motcua.kernel.text import fold


class PaperKind(StrEnum):
    BIRTH_NOTIFICATION = "birth_notification"
    BIRTH_CERTIFICATE = "birth_certificate"
    MARRIAGE_CERTIFICATE = "marriage_certificate"
    LAND_CERTIFICATE = "land_certificate"
    HOUSEHOLD_BUSINESS_CERTIFICATE = "household_business_certificate"
    IDENTITY_CARD = "identity_card"
    AUTHORITY_LETTER = "authority_letter"
    APPLICATION_FORM = "application_form"
    DECISION = "decision"
    RECEIPT = "receipt"


#: Folded beginnings of title lines, most telling first; the longest that fits wins.
TITLES: tuple[tuple[str, PaperKind], ...] = (
    ("giay chung sinh", PaperKind.BIRTH_NOTIFICATION),
    ("giay khai sinh", PaperKind.BIRTH_CERTIFICATE),
    ("trich luc khai sinh", PaperKind.BIRTH_CERTIFICATE),
    ("giay chung nhan ket hon", PaperKind.MARRIAGE_CERTIFICATE),
    ("giay chung nhan dang ky ket hon", PaperKind.MARRIAGE_CERTIFICATE),
    ("trich luc ket hon", PaperKind.MARRIAGE_CERTIFICATE),
    ("giay chung nhan quyen su dung dat", PaperKind.LAND_CERTIFICATE),
    ("quyen su dung dat, quyen so huu", PaperKind.LAND_CERTIFICATE),
    ("giay chung nhan dang ky ho kinh doanh", PaperKind.HOUSEHOLD_BUSINESS_CERTIFICATE),
    ("can cuoc cong dan", PaperKind.IDENTITY_CARD),
    ("can cuoc", PaperKind.IDENTITY_CARD),
    ("giay chung minh nhan dan", PaperKind.IDENTITY_CARD),
    ("giay uy quyen", PaperKind.AUTHORITY_LETTER),
    ("van ban uy quyen", PaperKind.AUTHORITY_LETTER),
    ("hop dong uy quyen", PaperKind.AUTHORITY_LETTER),
    ("to khai", PaperKind.APPLICATION_FORM),
    ("don dang ky", PaperKind.APPLICATION_FORM),
    ("don de nghi", PaperKind.APPLICATION_FORM),
    ("don xin", PaperKind.APPLICATION_FORM),
    ("giay de nghi", PaperKind.APPLICATION_FORM),
    ("quyet dinh", PaperKind.DECISION),
    ("bien lai thu tien", PaperKind.RECEIPT),
    ("bien lai", PaperKind.RECEIPT),
)
#: Titles stand in the upper part of a first page.
_UPPER = 0.55
_LEAST = 0.8
_TALLER = 1.05


@dataclass(frozen=True, slots=True)
class Announcement:
    """A title found: its kind, how sure (0–1), and the line."""

    kind: PaperKind
    confidence: float
    line: Line


def announcement(page: PageResult) -> Announcement | None:
    """The title of the page if one of the known kinds stands there, None for a page that continues or is unknown."""
    if not page.lines or page.height <= 0:
        return None
    found: Announcement | None = None
    for line in page.lines:
        if line.box.top > _UPPER * page.height:
            continue
        said = _title(line, page)
        if said and (found is None or said.confidence > found.confidence + 0.02):
            found = said
    return found


def _title(line: Line, page: PageResult) -> Announcement | None:
    text = line.text
    letters = [char for char in text if char.isalpha()]
    if len(letters) < 6 or sum(char.isupper() for char in letters) < 0.8 * len(letters):
        return None
    folded = fold(text).strip(" .:-*'\"")
    best, kind, length = 0.0, None, 0
    for title, candidate in TITLES:
        alike = likeness(folded[: len(title)], title)
        exact = 0.9 if len(folded) > len(title) + 3 and candidate in _WHOLE else 1.0
        if alike * exact > best + 1e-9 or (alike * exact == best and len(title) > length):
            best, kind, length = alike * exact, candidate, len(title)
    if kind is None or best < _LEAST:
        return None
    return Announcement(kind, round(best * _standing(line, page), 3), line)


#: Titles that stand alone on their line; more words after them make them a heading of something else.
_WHOLE = frozenset({PaperKind.IDENTITY_CARD, PaperKind.DECISION})


def _standing(line: Line, page: PageResult) -> float:
    """Centred lines, or lines centred on a half sheet, are titles; lines from margin to margin are sentences."""
    box = line.box
    off_centre = abs((box.left + box.right) / 2 - page.width / 2) / page.width
    wide = box.width / page.width
    return 1.0 - max(0.0, off_centre - 0.28) - max(0.0, wide - 0.9)
