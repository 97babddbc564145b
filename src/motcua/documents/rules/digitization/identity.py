"""Numbers that prove themselves: personal numbers, tax codes, the code on a citizen card, the machine-readable zone.

Personal number: Decree 137/2015/NĐ-CP art. 13 and Circular 59/2021/TT-BCA art. 4. Tax code: Circular 105/2020/TT-BTC art. 5
(check digit of the first ten digits). Machine-readable zone: ICAO 9303 part 5 (TD1).
"""

from dataclasses import dataclass
from datetime import date

_LARGEST_PROVINCE_CODE = 96
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """What the twelve digits say."""

    province_code: str
    birth_year: int
    gender: str


def read_personal_number(digits: str) -> PersonalNumber | None:
    """None if the twelve digits cannot be a personal number: unknown province code or impossible year."""
    if len(digits) != 12 or not digits.isdigit():
        return None
    # 0, 1: born in the twentieth century, man, woman; 2, 3: in the twenty-first; and so on.
    century, gender = 1900 + 100 * (int(digits[3]) // 2), ("Nam", "Nữ")[int(digits[3]) % 2]
    year = century + int(digits[4:6])
    if not 1 <= int(digits[:3]) <= _LARGEST_PROVINCE_CODE or year > 2100:
        return None
    return PersonalNumber(digits[:3], year, gender)


def agrees(number: str, born_on: date | None = None, gender: str | None = None) -> bool:
    """Whether a personal number fits the year of birth and the gender printed beside it."""
    read = read_personal_number(number)
    if read is None:
        return False
    return (born_on is None or born_on.year == read.birth_year) and (gender is None or gender == read.gender)


def is_tax_code(code: str) -> bool:
    """Ten digits with a right check digit, or such with a branch of three digits (`0100109106-001`)."""
    digits = code.replace("-", "")
    if len(digits) not in (10, 13) or not digits.isdigit():
        return False
    return tax_check_digit(digits[:9]) == int(digits[9])


def tax_check_digit(nine: str) -> int | None:
    """None where no check digit exists for these nine digits."""
    remainder = sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, nine, strict=True)) % 11
    check = 10 - remainder
    return check if 0 <= check <= 9 else None


@dataclass(frozen=True, slots=True)
class CitizenCode:
    """The QR code of a citizen identity card: number|old number|name|born|gender|address|issued[|…]."""

    number: str
    old_number: str
    full_name: str
    born_on: date
    gender: str
    address: str
    issued_on: date | None


def read_citizen_code(text: str) -> CitizenCode | None:
    """None if the text is not the code of a citizen card; cards of 2024 carry further fields, which are ignored."""
    parts = [part.strip() for part in text.split("|")]
    if len(parts) < 7 or read_personal_number(parts[0]) is None:
        return None
    born, issued = _compact_date(parts[3]), _compact_date(parts[6])
    if born is None or not parts[2]:
        return None
    return CitizenCode(parts[0], parts[1], parts[2], born, parts[4], parts[5], issued)


def _compact_date(digits: str) -> date | None:
    try:
        return date(int(digits[4:8]), int(digits[2:4]), int(digits[:2])) if len(digits) == 8 else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class MachineZone:
    """The three lines on the back of a card. `is_sound`: all check digits are right."""

    document_number: str
    personal_number: str
    born_on: date | None
    expires_on: date | None
    gender: str
    name: str
    is_sound: bool


def read_machine_zone(lines: tuple[str, str, str], today_year: int) -> MachineZone | None:
    """TD1 zone; None if the lines are not one. Letters misread for digits are put right before checking."""
    first, second, third = (line.replace(" ", "").upper().ljust(30, "<")[:30] for line in lines)
    if not first.startswith(("ID", "I<")) or first[2:5] != "VNM":
        return None
    number, number_check = _digits(first[5:14]), _digits(first[14])
    personal = _digits(first[15:27].rstrip("<"))
    born, born_check = _digits(second[:6]), _digits(second[6])
    ends, ends_check = _digits(second[8:14]), _digits(second[14])
    whole = (
        number
        + number_check
        + personal
        + first[15 + len(personal) :]
        + born
        + born_check
        + ends
        + ends_check
        + second[18:29]
    )
    sound = (
        check_digit(number) == number_check
        and check_digit(born) == born_check
        and check_digit(ends) == ends_check
        and check_digit(whole) == _digits(second[29])
    )
    surname, _, given = third.partition("<<")
    name = " ".join(f"{surname}<{given}".replace("<", " ").split())
    gender = {"M": "Nam", "F": "Nữ"}.get(second[7], "")
    return MachineZone(
        number,
        personal,
        _short_date(born, today_year, is_past=True),
        _short_date(ends, today_year),
        gender,
        name,
        sound,
    )


def check_digit(text: str) -> str:
    """ICAO 9303: weights 7, 3, 1; letters count from 10, filler is 0."""
    total = 0
    for place, char in enumerate(text):
        value = int(char) if char.isdigit() else 0 if char == "<" else ord(char) - 55
        total += value * (7, 3, 1)[place % 3]
    return str(total % 10)


def _digits(text: str) -> str:
    return text.translate(str.maketrans("OQDILZSBG", "000112586"))


def _short_date(digits: str, today_year: int, *, is_past: bool = False) -> date | None:
    if not digits.isdigit() or len(digits) != 6:
        return None
    year = today_year // 100 * 100 + int(digits[:2])
    if is_past and year > today_year:
        year -= 100
    try:
        return date(year, int(digits[2:4]), int(digits[4:6]))
    except ValueError:
        return None
