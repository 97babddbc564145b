"""Turning printed words into values: dates, amounts, numbers, names. Each reader says how sure it is."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from motcua.documents.rules.digitization.identity import is_tax_code, read_personal_number
from motcua.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Value:
    """`text` as it is stored; `proof` multiplies the engine's confidence, above 1 for values that prove themselves."""

    text: str
    proof: float = 1.0


Reader = Callable[[str], Value | None]

_WORDED_DATE = re.compile(
    r"(\d{1,2})\s*\D{0,3}th[aáảãạăâ]\S*\s*(\d{1,2})\s*\D{0,3}n[aăâ]\S*\s*(\d{4})", re.IGNORECASE
)
_PLAIN_DATE = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})(?!\d)")
_MISREAD = str.maketrans("OoQDIl|ZSBbG", "000011125866")
_AMOUNT = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+|\d+")
_AREA = re.compile(r"(\d[\d.]*(?:,\d+)?)\s*m")
#: Surnames that no other surname resembles once the marks are off.
_SURNAMES = {
    fold(surname): surname
    for surname in (
        "Nguyễn",
        "Trần",
        "Phạm",
        "Hoàng",
        "Huỳnh",
        "Bùi",
        "Ngô",
        "Dương",
        "Đinh",
        "Trịnh",
        "Đặng",
        "Vũ",
        "Lê",
    )
}
_EDGES = " .,:;…_-–'\"“”‘’`|"


def cleaned(text: str) -> str:
    """NFC, single spaces, without dotted leaders and stray punctuation at the ends."""
    text = re.sub(r"\.{3,}|…+|_{2,}", " ", unicodedata.normalize("NFC", text))
    return " ".join(text.split()).strip(_EDGES)


def plain_text(text: str) -> Value | None:
    found = cleaned(text)
    return Value(found) if found else None


def person_name(text: str) -> Value | None:
    """Letters only; a digit in a name is a misreading."""
    found = cleaned(re.sub(r"\(.*?\)", " ", text))
    found = re.sub(r"^(?:ông|bà|anh|chị|cháu)(?:\s*/\s*bà)?\s*[:.]?\s+", "", found, flags=re.IGNORECASE)
    if len(found) < 2:
        return None
    found = _with_known_surname(found)
    strange = sum(not (char.isalpha() or char in " '-.") for char in found)
    parts = len(found.split())
    return Value(found, 1.0 if strange == 0 and 2 <= parts <= 7 else 0.5)


def _with_known_surname(name: str) -> str:
    """A first word that can only be one surname is that surname, whatever mark was misread: `NGUYÊN` is `NGUYỄN`."""
    first, space, rest = name.partition(" ")
    known = _SURNAMES.get(fold(first))
    if not known or not rest:
        return name
    return (known.upper() if first.isupper() else known) + space + rest


def a_date(text: str) -> Value | None:
    """ISO 8601. `ngày 12 tháng 8 năm 1987`, `12/08/1987`, `12-8-1987`."""
    fixed = _digits_near_separators(text)
    for pattern in (_WORDED_DATE, _PLAIN_DATE):
        match = pattern.search(fixed)
        if match:
            day, month, year = (int(part) for part in match.groups())
            try:
                return Value(date(year, month, day).isoformat(), 1.05 if 1900 <= year <= 2100 else 0.5)
            except ValueError:
                return Value(match.group(0), 0.3)
    return None


def _digits_near_separators(text: str) -> str:
    return re.sub(r"(?<=[\d/.\-])[OoIlSB](?=[\d/.\-])", lambda m: m.group(0).translate(_MISREAD), text)


def a_year(text: str) -> Value | None:
    found = a_date(text)
    if found:
        return found
    match = re.search(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", text)
    return Value(match.group(1)) if match else None


def personal_number(text: str) -> Value | None:
    """Twelve digits of a sound structure; nine of an old card."""
    squeezed = re.sub(r"(?<=[\dOoIl])[\s.]+(?=[\dOoIl])", "", text)
    for match in re.finditer(r"[\dOoQDIl|ZSBG]{9,13}", squeezed):
        digits = match.group(0).translate(_MISREAD)
        changed = sum(not char.isdigit() for char in match.group(0))
        if len(digits) == 12 and digits.isdigit():
            proof = 1.05 if read_personal_number(digits) else 0.4
            return Value(digits, proof * (0.8 if changed else 1.0))
        if len(digits) == 9 and digits.isdigit():
            return Value(digits, 0.9)
    return None


def tax_code(text: str) -> Value | None:
    squeezed = re.sub(r"(?<=\d)\s+(?=\d)", "", text)
    match = re.search(r"(?<!\d)(\d{10})(?:\s*-\s*(\d{3}))?(?!\d)|(?<!\d)(\d{12})(?!\d)", squeezed)
    if not match:
        return None
    if match.group(3):
        # Since July 2025 the personal number is the tax code of a person and of a household business.
        return Value(match.group(3), 1.05 if read_personal_number(match.group(3)) else 0.4)
    code = match.group(1) + (f"-{match.group(2)}" if match.group(2) else "")
    return Value(code, 1.1 if is_tax_code(code) else 0.4)


def an_amount(text: str) -> Value | None:
    """Whole đồng."""
    match = _AMOUNT.search(re.sub(r"\d[\dOoIlSB.,]*", lambda m: m.group(0).translate(_MISREAD), text))
    if not match:
        return None
    digits = re.sub(r"\D", "", match.group(0))
    says_dong = "dong" in fold(text) or "vnd" in fold(text)
    return Value(str(int(digits)), 1.0 if says_dong else 0.9)


def an_area(text: str) -> Value | None:
    """Square metres, decimal comma kept as a point."""
    match = _AREA.search(text)
    if not match:
        return None
    return Value(match.group(1).replace(".", "").replace(",", "."))


def a_count(text: str) -> Value | None:
    match = re.search(r"\d+", text.translate(_MISREAD) if not re.search(r"\d", text) else text)
    return Value(str(int(match.group(0)))) if match else None


def a_symbol(text: str) -> Value | None:
    """Number and symbol of a paper: `45/2020/NĐ-CP`, `128/QĐ-UBND`, `0001234`, `CH 01234`."""
    found = cleaned(re.split(r"\s{3,}|\(", text)[0])
    found = re.sub(r"\s*([/\-])\s*", r"\1", found)
    # What stands beside a symbol on its line (place and date) is not part of it.
    whole = re.match(r"[\w.]*\d[\w.]*(?:[/\-][\w.\-]+)+", found)
    found = whole.group(0) if whole else found
    return Value(found, 1.0 if re.search(r"\d", found) else 0.4) if found else None


def a_gender(text: str) -> Value | None:
    folded = fold(text)
    match = re.search(r"\b(nam|nu)\b", folded)
    if not match:
        return None
    return Value("Nam" if match.group(1) == "nam" else "Nữ", 1.4)


def a_phone(text: str) -> Value | None:
    digits = re.sub(r"\D", "", text)
    match = re.search(r"0\d{9}", digits)
    return Value(match.group(0)) if match else None
