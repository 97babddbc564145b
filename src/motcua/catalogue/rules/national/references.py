"""Legal bases and results of the national export: two-column tables whose columns run into each other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from motcua.catalogue.rules.national.pieces import NOTHING_STATED, UNPARSED, Doubt, Piece

LEGAL_HEADER = "Tên văn bản pháp lýMã văn bản"

_KINDS = (
    r"(?:Bộ luật|Luật|Nghị định|Nghị quyết|Thông tư liên tịch|Thông tư|Quyết định|Pháp lệnh|Văn bản hợp nhất"
    r"|Chỉ thị|Công văn|Hiệp định)"
)
# Issuing bodies in document numbers. The list is closed because the next title begins right behind: TT-BTC|Luật ...
_BODIES = "|".join(
    sorted(
        [
            "CP",
            "TTg",
            "CTN",
            "TTCP",
            "VPCP",
            "NHNN",
            "BHXH",
            "BTC",
            "BTP",
            "BCA",
            "BQP",
            "BCT",
            "BYT",
            "BNG",
            "BNV",
            "BXD",
            "BGTVT",
            "BNNMT",
            "BNNPTNT",
            "BTNMT",
            "BKHĐT",
            "BKHCN",
            "BTTTT",
            "BLĐTBXH",
            "BGDĐT",
            "BVHTTDL",
            "BDTTG",
            "BVHTT",
            "UBDT",
            "TANDTC",
            "VKSNDTC",
            "KTNN",
            "UBND",
            "HĐND",
            "BTS",
            "BKH",
            "BTM",
            "BCN",
            "BTCCBCP",
            "BTCCP",
            "BKHCNMT",
            "BLĐTB",
            "TCT",
            "TCHQ",
            "UBCK",
            "BBCVT",
            "BVGCP",
            "BTĐKT",
            "TWMTTQ",
            "BCĐ",
            "BNN",
            "TLĐ",
            "NHNN&PTNT",
            "BTC-NHNN",
            "BTGTTG",
        ],
        key=len,
        reverse=True,
    )
)
_TYPES = r"NĐ|NQ|QĐ|TTLT|TTLB|TT|CT|CV|PL|VBHN|L|TB|KH|QC|HD|SL|LCT"
# QH13, QH14 ... run into the digits of the next column: at most two digits belong to the term of the Assembly.
_ASSEMBLY = r"(?:(?:PL|NQ|L)\s?[-–]\s?)?(?:UBTV)?QH(?:1[0-6]|[1-9])"
_SIGN = rf"(?:{_ASSEMBLY}|(?:{_TYPES})\s?[-–]\s?(?:{_BODIES})(?:\s?[-–]\s?(?:{_BODIES}))*)"
_NUMBER = re.compile(
    rf"(?P<words>(?:{_KINDS}\s*)?(?:số:?\s*)?)"
    rf"(?P<number>\d[\d.]*[a-zA-Z]?\s?/\s?(?:(?:19|20)\d\d\s?/\s?)?{_SIGN})"
)
_ACT = _KINDS.replace("(?:", "(?:LUẬT|NGHỊ ĐỊNH|THÔNG TƯ|QUYẾT ĐỊNH|", 1)
_NEXT_ACT = re.compile(rf"[\s–-]+{_ACT}\b")
# A number that was mistyped ("31/2025/TT_BCA", "118/2025/NĐ-C", "08/2026", "Luật số 58") is known by what it is glued to: the
# text before it, or its own kind, and the capital of the next title behind it.
_WRONG_NUMBERS = (
    rf"(?<=[^\s(/\-–.,;“\"]){_KINDS} (?:số:?\s*)?\d{{1,4}}",
    r"\d[\d.]*[a-zA-Z]?\s?/\s?\d{4}(?:\s?/\s?[A-ZĐ0-9_/&.\-–]*?(?:\([A-Z0-9]+\))?)?",
    r"\d[\d.]*\s?[/-]\s?[A-ZĐ]{1,6}(?:[/-][A-ZĐ]+)*",
    r"(?:(?<=[a-zà-ỹ])|(?<=/(?:19|20)\d\d))\d{1,4}",
)
_MALFORMED = re.compile(rf"(?:{'|'.join(_WRONG_NUMBERS)})(?={_ACT}|(?<=[0-9)])[A-ZĐ][a-zà-ỹ])")
# "ngày 29/6/2024" or "năm 2012" and then "43/2024/QH15": the year belongs to the title.
_YEAR_GLUED = re.compile(r"(?:19|20)\d\d(?=\d)")


@dataclass(frozen=True, slots=True)
class LegalBasis:
    title: str
    number: str


@dataclass(frozen=True, slots=True)
class LegalTable:
    bases: tuple[LegalBasis, ...]
    total: int
    doubts: tuple[Doubt, ...]
    pieces: tuple[Piece, ...]


def read_legal_bases(text: str) -> LegalTable:
    """Rows are `title` + `number`; a number belongs to the second column when it is glued to the text before it."""
    pieces: list[Piece] = []
    bases: list[LegalBasis] = []
    doubts: list[Doubt] = []
    begin = 0
    if text.startswith(LEGAL_HEADER):
        pieces.append(Piece("header", LEGAL_HEADER))
        begin = len(LEGAL_HEADER)
    at = begin
    while (found := _NUMBER.search(text, at)) is not None:
        number_at = _number_at(found, begin)
        if not _is_column(text, begin, number_at, found.end()):
            at = found.end()
            continue
        title_at = _own_title(text, begin, number_at)
        if title_at > begin:
            # A row whose number is written wrongly: its title must not become that of the next act.
            pieces.append(Piece(UNPARSED, text[begin:title_at]))
            doubts.append(Doubt("legal_number_malformed", text[begin:title_at]))
        bases.append(LegalBasis(text[title_at:number_at].strip(), _bare(text[number_at : found.end()])))
        pieces.append(Piece("title", text[title_at:number_at]))
        pieces.append(Piece("number", text[number_at : found.end()]))
        begin = at = found.end()
    rest = text[begin:]
    if rest.strip() and rest.strip() != NOTHING_STATED:
        pieces.append(Piece(UNPARSED, rest))
        doubts.append(Doubt("legal_basis", rest))
    elif rest:
        pieces.append(Piece("rest", rest))
    return LegalTable(tuple(bases), len(bases) + len(doubts), tuple(doubts), tuple(pieces))


def _number_at(found: re.Match[str], begin: int) -> int:
    # "Luật28/2023/QH15": the kind alone is the title, and the number is glued to it.
    is_title = found.start() == begin and found["words"] != "" and not found["words"][-1].isspace()
    if found["words"] and not is_title:
        return found.start()
    year = _YEAR_GLUED.match(found["number"])
    return found.start("number") + (year.end() if year else 0)


def _own_title(text: str, begin: int, number_at: int) -> int:
    """Where the title of this row begins: behind the last thing in it that can only be the number of another row."""
    ends = [m.end() for m in _MALFORMED.finditer(text, begin, number_at) if m.end() < number_at]
    return ends[-1] if ends else begin


def _bare(number: str) -> str:
    found = _NUMBER.search(number)
    return re.sub(r"\s", "", found["number"] if found else number)


def _is_column(text: str, begin: int, number_at: int, end: int) -> bool:
    """Whether the number is the second column: something stands before it in the row, and the row ends behind it."""
    if number_at <= begin or not text[begin:number_at].strip():
        return False
    after, second = text[end : end + 1], text[end + 1 : end + 2]
    if not after or after.isupper():
        return True
    if _NEXT_ACT.match(text, end):
        return (
            True  # a title that cites a number goes on in small letters; this one is followed by another act
        )
    glued = not text[number_at - 1].isspace() and text[number_at - 1] not in "(,;-–"
    return glued and (after.isalnum() or (after in " \t\n" and (second.isupper() or not second)))


# Mostly KQ.G15.000342, but provinces and older lists write 000.00.00.G09-KQ002269, TP-G15.001, BQP-CCS.KQ0001 ...
# The next name follows without a space, so the code ends with its last digit unless the list is over.
RESULT_CODE = re.compile(
    r"Mã: (?P<code>KQ\.[A-Z]\d\d\.\d{6,7}|[A-Z0-9][A-Z0-9.&_\-]*?(?:KQ[.\-]?)?\d{2,6}(?![\d.\-])|[A-Z]{2,12}(?=Từ khóa|\Z))"
    r"[ .\-]*"
)
_TAIL = re.compile(r"Từ khóa.{0,400}?Mô tả", re.DOTALL)
_CHROME = re.compile(r"Chọn cơ quan thực hiện.*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ResultLine:
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class ResultTable:
    results: tuple[ResultLine, ...]
    total: int
    doubts: tuple[Doubt, ...]
    pieces: tuple[Piece, ...]


def read_results(text: str) -> ResultTable:
    """Rows are `name` + `Mã: code`; keywords, description and the page's own buttons follow and are set apart."""
    pieces: list[Piece] = []
    results: list[ResultLine] = []
    doubts: list[Doubt] = []
    chrome = _CHROME.search(text)
    end = chrome.start() if chrome else len(text)
    tail = _TAIL.search(text, 0, end)
    body_end = tail.start() if tail else end
    begin = 0
    for found in RESULT_CODE.finditer(text, 0, body_end):
        results.append(ResultLine(text[begin : found.start()].strip(), found["code"]))
        pieces.append(Piece("name", text[begin : found.start()]))
        pieces.append(Piece("code", found[0]))
        begin = found.end()
    rest = text[begin:body_end]
    if rest.strip() and rest.strip() != NOTHING_STATED:
        pieces.append(Piece(UNPARSED, rest))
        doubts.append(Doubt("result", rest))
    elif rest:
        pieces.append(Piece("rest", rest))
    if body_end < end:
        pieces.append(Piece("keywords", text[body_end:end]))
    if chrome:
        pieces.append(Piece("page_chrome", text[end:]))
    return ResultTable(tuple(results), len(results) + len(doubts), tuple(doubts), tuple(pieces))
