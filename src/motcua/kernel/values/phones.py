"""Telephone numbers: of this country as `0…`, of any other as `+` and the number of ITU-T E.164."""

import re

from motcua.kernel.values.codes import one_dash
from motcua.kernel.values.unreadable import Unreadable

_SEPARATORS = re.compile(r"[\s.\-()/]+")
_NATIONAL = re.compile(r"0[1-9]\d{8}|02\d{9}")
#: Country codes assigned by ITU-T E.164 (list of 1 November 2016 and its amendments), without 84.
_COUNTRY = re.compile(
    r"""1|7|2[07]|21[12368]|22\d|23\d|24\d|25[0-8]|26\d|29[0178]|299|3[0-469]|35\d|37[0-8]|38[0-35-79]|4[013-9]|42[013]
    |5[1-8]|50\d|59\d|6[0-6]|67[02-9]|68[0-35-9]|69[0-2]|800|808|8[126]|85[02356]|870|878|88[0-368]|9[0-58]
    |96[0-8]|97[0-79]|99[2-68]""",
    re.VERBOSE,
)
_SHORTEST, _LONGEST = 7, 15
_NORTH_AMERICA_AND_RUSSIA = frozenset({"1", "7"})


def read_phone(text: str) -> str:
    """`0912 345 678`, `+84 912 345 678`, `(024) 3822-1234`, `+82 10 1234 5678`, `0082 10…` to the one form that is kept.

    Raises Unreadable.
    """
    compact = _SEPARATORS.sub("", one_dash(text[:60]).strip())
    compact = re.sub(r"^00(?=[1-9])", "+", compact)
    national = re.sub(r"^(?:\+84|84(?=\d{9,10}$))0?", "0", compact)
    if len(text) > 60 or not compact.isascii():
        raise Unreadable("phone")
    if _NATIONAL.fullmatch(national):
        return national
    if not compact.startswith("+") or not _is_abroad(compact[1:]):
        raise Unreadable("phone")
    return compact


def show_phone(kept: str) -> str:
    """In groups: `0912 345 678`, `024 3822 1234`, `0235 385 1234`, `+82 1012345678`."""
    if kept.startswith("+"):
        match = _longest_code(kept[1:])
        return f"+{match} {kept[1 + len(match) :]}" if match else kept
    if len(kept) == 11:
        area = 3 if kept[2] in "48" else 4
        return f"{kept[:area]} {kept[area:-4]} {kept[-4:]}"
    return f"{kept[:4]} {kept[4:7]} {kept[7:]}" if len(kept) == 10 else kept


def _is_abroad(digits: str) -> bool:
    code = _longest_code(digits)
    if not digits.isdigit() or not code or not _SHORTEST <= len(digits) <= _LONGEST:
        return False
    return code not in _NORTH_AMERICA_AND_RUSSIA or len(digits) == 11


def _longest_code(digits: str) -> str:
    codes = (digits[:length] for length in (3, 2, 1))
    return next((code for code in codes if _COUNTRY.fullmatch(code)), "")
