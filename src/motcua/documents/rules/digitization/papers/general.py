"""What every administrative paper says of itself: issuer, number and symbol, place and date, title, abstract.

Form of administrative papers: Decree 30/2020/NĐ-CP, appendix I.
"""

import re
from collections.abc import Sequence

from motcua.documents.rules.digitization.pages import Line, PageResult, Word
from motcua.documents.rules.digitization.papers.extract import Field
from motcua.documents.rules.digitization.papers.kinds import Announcement
from motcua.documents.rules.digitization.values import a_date, a_symbol, cleaned
from motcua.kernel.text import fold

_HEAD = 0.4
_MOTTO = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc")
_AGENCY = re.compile(
    r"^(uy ban|ubnd|so |bo |chi cuc|phong |cong an|benh vien|trung tam|tram |chinh phu|cuc |ban |van phong)"
)
#: Only a place name stands before the date: words with capitals.
_PLACE_AND_DATE = re.compile(r"(?:^|\s)[A-ZÀ-ỸĐ][^\s\d,]*(?:\s[A-ZÀ-ỸĐ][^\s\d,]*)*\s?[,.]\s*(ng[aà]y\s.+)")
_NUMBER = re.compile(r"\bs[ốóôo]\s*[:.]\s*(.+)", re.IGNORECASE)


def general_fields(page: PageResult, said: Announcement | None) -> tuple[Field, ...]:
    """Fields `issuer`, `symbol`, `issued_on`, `title`, `abstract` as far as the first page shows them."""
    head = [line for line in page.lines if line.box.top < _HEAD * page.height]
    found = [
        _issuer(head, page),
        _symbol(head, page),
        _issued(page),
        _title(said, page),
        _abstract(said, page),
    ]
    return tuple(field for field in found if field is not None)


def _made(key: str, text: str, words: Sequence[Word], page: PageResult, factor: float = 1.0) -> Field:
    box = words[0].box
    for word in words[1:]:
        box = box.union(word.box)
    weakest = min(word.confidence for word in words) / 100
    mean = sum(word.confidence for word in words) / len(words) / 100
    return Field(key, text, round(min(1.0, (weakest + mean) / 2 * factor), 3), page.number, box)


def _left_half(line: Line, page: PageResult) -> tuple[Word, ...]:
    return tuple(word for word in line.words if (word.box.left + word.box.right) / 2 < 0.46 * page.width)


def _issuer(head: Sequence[Line], page: PageResult) -> Field | None:
    """Capital lines at the top left, the motto of the Republic standing to the right of them."""
    collected: list[Word] = []
    parts: list[str] = []
    for line in head[:8]:
        words = _left_half(line, page)
        text = cleaned(" ".join(word.text for word in words))
        folded = fold(text)
        if not words or any(folded and folded in motto for motto in _MOTTO):
            continue
        if parts and _NUMBER.match(text):
            break
        letters = [char for char in text if char.isalpha()]
        if not letters or sum(char.isupper() for char in letters) < 0.8 * len(letters):
            if parts:
                break
            continue
        if not parts and not _AGENCY.match(folded):
            continue
        parts.append(text)
        collected += words
        if len(parts) == 3:
            break
    return _made("issuer", " ".join(parts), collected, page) if parts else None


def _symbol(head: Sequence[Line], page: PageResult) -> Field | None:
    for line in head:
        match = _NUMBER.search(line.text)
        if not match or match.start() > 12:
            continue
        start = line.text[: match.start(1)].count(" ")
        words = line.words[start:] or line.words
        value = a_symbol(re.split(r"\s+(?=[A-ZĐÂ-Ỵ][^\s]*\s.*ngày)", match.group(1))[0].split("  ")[0])
        if value:
            told = [
                word for word in words if cleaned(word.text) and cleaned(word.text) in value.text
            ] or list(words)
            return _made("symbol", value.text, told, page, value.proof)
    return None


def _issued(page: PageResult) -> Field | None:
    """`Hà Nội, ngày 08 tháng 4 năm 2020`: place and date stand together, at the top or above the signature."""
    for line in page.lines:
        match = _PLACE_AND_DATE.search(line.text)
        value = a_date(match.group(1)) if match else None
        if value:
            told = [word for word in line.words if any(char.isdigit() for char in word.text)] or list(
                line.words
            )
            return _made("issued_on", value.text, told, page, value.proof)
    return None


def _title(said: Announcement | None, page: PageResult) -> Field | None:
    if said is None:
        return None
    return _made("title", cleaned(said.line.text), said.line.words, page)


def _abstract(said: Announcement | None, page: PageResult) -> Field | None:
    """The lines under the title, until the text begins."""
    if said is None:
        return None
    under = [line for line in page.lines if line.box.top >= said.line.box.bottom - 2][:3]
    parts: list[Line] = []
    for line in under:
        folded = fold(line.text)
        centred = abs((line.box.left + line.box.right) / 2 - page.width / 2) < 0.12 * page.width
        if (
            not centred
            or folded.startswith(("can cu", "chu tich", "kinh gui", "uy ban"))
            or line.text.isupper()
        ):
            break
        parts.append(line)
    if not parts or not fold(parts[0].text).startswith(("ve viec", "v/v", "ve ", "quy dinh", "ban hanh")):
        return None
    return _made(
        "abstract", cleaned(" ".join(p.text for p in parts)), [w for p in parts for w in p.words], page
    )
