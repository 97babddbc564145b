"""Numbers and days spelt out in Vietnamese, as civil status papers and decisions require."""

from motcua.kernel.values import PartialDate

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", " nghìn", " triệu", " tỷ")


def number_in_words(number: int) -> str:
    """2026 is “hai nghìn không trăm hai mươi sáu”. Refuses (ValueError) what is negative or of more than twelve digits."""
    if not 0 <= number < 10**12:
        raise ValueError(number)
    if number == 0:
        return _DIGITS[0]
    groups = []
    while number:
        number, rest = divmod(number, 1000)
        groups.append(rest)
    said = []
    for at in range(len(groups) - 1, -1, -1):
        if groups[at]:
            said.append(_hundreds(groups[at], is_first=at == len(groups) - 1) + _GROUPS[at])
    return " ".join(said)


def date_in_words(kept: str) -> str:
    """“ngày hai tháng mười một năm hai nghìn không trăm hai mươi sáu”; only what is known of the day is said."""
    day = PartialDate.kept(kept)
    parts = [
        f"{name} {number_in_words(value)}"
        for name, value in (("ngày", day.day), ("tháng", day.month), ("năm", day.year))
        if value is not None
    ]
    return " ".join(parts)


def _hundreds(number: int, *, is_first: bool) -> str:
    hundreds, rest = divmod(number, 100)
    said = [] if is_first and not hundreds else [f"{_DIGITS[hundreds]} trăm"]
    tens, units = divmod(rest, 10)
    if tens == 0:
        if units:
            said.append(f"{'linh ' if said else ''}{_DIGITS[units]}")
        return " ".join(said)
    said.append("mười" if tens == 1 else f"{_DIGITS[tens]} mươi")
    if units:
        said.append(_unit(tens, units))
    return " ".join(said)


def _unit(tens: int, units: int) -> str:
    if units == 1 and tens > 1:
        return "mốt"
    return "lăm" if units == 5 else _DIGITS[units]
