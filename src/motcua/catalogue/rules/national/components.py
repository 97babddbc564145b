"""Component table of the national export: case heading, header, then `name[form file]N bản chính[,M bản sao]`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from motcua.catalogue.rules.national.pieces import UNPARSED, Doubt, Piece

HEADER = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
NO_CASE = "--"

# The portal writes the counts of a row as "1 bản chính" or "1 bản chính,2 bản sao", never zero-padded.
# Names quote counts too ("nộp 01 bản chính;"): those are padded, or followed by a space or a closing mark.
_COUNT = re.compile(r"(?P<digits>\d+) bản chính(?:,(?P<copies>\d+) bản sao)?")
_NOT_AFTER = (" ", ";", ":", ")", "\n", "/", '"', "”", "…", "%")
_PUNCTUATION_AFTER = (".", ",")
_FILE_END = re.compile(
    r"\.(?:docx?|pdf|xlsx?|rar|zip|jpe?g|png|odt|rtf|tiff?|pptx?|html?|xml|gif)$", re.IGNORECASE
)
_LOWER = "".join(
    c
    for c in map(chr, range(0x61, 0x1F00))
    if c.islower() and c.isalpha() and ord(c) not in range(0x250, 0x1E00)
)
_UPPER = "".join(
    c
    for c in map(chr, range(0x41, 0x1F00))
    if c.isupper() and c.isalpha() and ord(c) not in range(0x250, 0x1E00)
)
# A file name glued behind the paper's name starts after a closing mark, or where a small letter meets a capital.
_FILE_START = re.compile(rf"(?:(?<=[^\d\s][.;:,)\]”\"])(?=[^\s.;:,)])|(?<=[{_LOWER}0-9)])(?=[{_UPPER}]))")
_NAMED_START = re.compile(
    r"(?<=[^\s(/_\-])(?:[Mm][aâẫAÂẪ][\u0300-\u036f]{0,2}[uU]|Mẫu|Phụ lục|PHỤ LỤC|Phu luc|PL|Tờ khai|TỜ KHAI|To khai|TK"
    r"|Đơn|ĐƠN|Don|Biểu|BIỂU|Bieu|BM|Form)"
)

# What else shows where a name of a file was glued on, once nothing plainer does: behind the sign of an act, a date with a full
# stop, a number that a word runs into, or a word for a paper that another word runs into.
_SIGNS = r"(?:NĐ|NQ)-CP|TT-B(?:CA|CT|GDĐT|GTVT|KHCN|NG|NNMT|NNPTNT|NV|QP|TC|TNMT|TP|TTTT|VHTTDL|XD|YT)"
_GLUED_STARTS = (
    re.compile(rf"(?:{_SIGNS})\.?(?=[^\s.,;:)/\-])"),
    re.compile(r"\d{4}[.;](?=[A-ZĐ])"),
    re.compile(rf"[{_LOWER})](?=\d[^/]*$)"),
    re.compile(rf"[{_LOWER}{_UPPER}](?=(?:văn bản|đơn|bản khai|tờ khai|tờ trình|báo cáo|giấy)[\s.])"),
    re.compile(rf"[{_LOWER})](?=on_de_nghi)"),
    re.compile(r"(?P<word>[A-Z]{3,})(?=(?P=word)\b)"),
    re.compile(rf"[{_UPPER}](?=\d\d-[^/]*$)"),
)
_LONGEST_FILE = 110


@dataclass(frozen=True, slots=True)
class ComponentLine:
    """One row: `originals` and `copies` as stated; both 0 marks a remark or a paper only shown."""

    name: str
    form_file: str
    originals: int
    copies: int
    source: str

    @property
    def is_remark(self) -> bool:
        return self.originals == 0 and self.copies == 0


@dataclass(frozen=True, slots=True)
class CaseGroup:
    """Rows under one heading; `name` is empty for the default group (the portal's `--`)."""

    name: str
    lines: tuple[ComponentLine, ...]


@dataclass(frozen=True, slots=True)
class ComponentTable:
    groups: tuple[CaseGroup, ...]
    total: int
    parsed: int
    doubts: tuple[Doubt, ...]
    pieces: tuple[Piece, ...]


class _Reading:
    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.doubts: list[Doubt] = []
        self.total = 0
        self.parsed = 0

    def unread(self, kind: str, text: str, lines: int = 1) -> None:
        self.pieces.append(Piece(UNPARSED, text))
        self.doubts.append(Doubt(kind, text))
        self.total += lines


def read_components(text: str) -> ComponentTable:
    """Reads the whole cell. A component line is one row of the table, i.e. one count the portal printed;
    text that should have been rows but shows no count is one unparsed line per non-empty line of text."""
    reading = _Reading()
    groups: list[CaseGroup] = []
    heading, at = "", 0
    first = text.find(HEADER)
    if first < 0:
        if text.strip() not in ("", NO_CASE):
            reading.unread("components_without_table", text, _lines(text))
        elif text:
            reading.pieces.append(Piece("heading", text))
        return _table(groups, reading)
    heading, at = text[:first], first
    while at >= 0:
        if heading:
            reading.pieces.append(Piece("heading", heading))
        reading.pieces.append(Piece("header", HEADER))
        begin = at + len(HEADER)
        at = text.find(HEADER, begin)
        body = text[begin : at if at >= 0 else len(text)]
        lines, rest = _read_rows(body, reading)
        groups.append(CaseGroup("" if heading.strip() == NO_CASE else heading.strip(" :\n\t"), lines))
        heading = rest
    if heading.strip(" \n-"):
        reading.unread("component_line", heading, _lines(heading))
    elif heading:
        reading.pieces.append(Piece("heading", heading))
    return _table(groups, reading)


def _table(groups: list[CaseGroup], reading: _Reading) -> ComponentTable:
    return ComponentTable(
        tuple(groups), reading.total, reading.parsed, tuple(reading.doubts), tuple(reading.pieces)
    )


def _lines(text: str) -> int:
    return sum(1 for line in text.splitlines() if line.strip())


def _read_rows(body: str, reading: _Reading) -> tuple[tuple[ComponentLine, ...], str]:
    lines: list[ComponentLine] = []
    begin = 0
    for found in _COUNT.finditer(body):
        if not _ends_row(body, found):
            continue
        count_at, originals = _split_count(body, begin, found)
        if count_at == begin:
            reading.unread("component_line", body[begin : found.end()])
        else:
            lines.append(
                _row(body, begin, count_at, found.end(), originals, int(found["copies"] or 0), reading)
            )
        begin = found.end()
    return tuple(lines), body[begin:]


def _ends_row(body: str, found: re.Match[str]) -> bool:
    after = body[found.end() : found.end() + 2]
    if not after:
        return True
    before = body[found.start() - 1] if found.start() else ""
    glued = before != "" and not before.isspace() and before != "("
    if _is_padded(found["digits"]) and not glued:
        return after[0].isupper()  # "nộp 01 bản chínhGiấy": the row of a name that quotes its own count
    if after[0] in _NOT_AFTER or after[0] in _PUNCTUATION_AFTER:
        # "1 bản chính.Đơn đề nghị": the next name begins with a stray mark; only when this count is glued to its name.
        return glued and not _is_padded(found["digits"]) and len(after) > 1 and not after[1].isdigit()
    return True


def _is_padded(digits: str) -> bool:
    return len(digits) == 2 and digits[0] == "0"


def _split_count(body: str, begin: int, found: re.Match[str]) -> tuple[int, int]:
    """Where the count begins: digits of the name may run into it ("Mẫu số 011 bản chính" is 01, then 1)."""
    digits = found["digits"]
    before = body[found.start() - 1] if found.start() > begin else ""
    if len(digits) == 1 or (_is_padded(digits) and (before == "" or before.isspace())):
        return found.start(), int(digits)
    stands_alone = before != "" and not (before.isspace() or before.isdigit() or before in "/-.,–")
    if len(digits) == 2 and digits[0] != "0" and stands_alone:
        return found.start(), int(digits)
    return found.end("digits") - 1, int(digits[-1])


def _row(
    body: str, begin: int, count_at: int, end: int, originals: int, copies: int, reading: _Reading
) -> ComponentLine:
    cell = body[begin:count_at]
    split = _form_file_at(cell)
    reading.total += 1
    reading.parsed += 1
    reading.pieces.append(Piece("name", cell[:split]))
    if split < len(cell):
        reading.pieces.append(Piece("form_file", cell[split:]))
    elif _FILE_END.search(cell):
        reading.doubts.append(Doubt("form_file_glued", cell))
    reading.pieces.append(Piece("count", body[count_at:end]))
    return ComponentLine(
        name=cell[:split].strip(),
        form_file=cell[split:].strip(),
        originals=originals,
        copies=copies,
        source=body[begin:end],
    )


def _form_file_at(cell: str) -> int:
    """Start of the form's file name glued behind the name of the paper; len(cell) when there is none."""
    if not _FILE_END.search(cell):
        return len(cell)
    stem = len(_FILE_END.sub("", cell))
    reach = max(0, stem - 160)
    named = [m.start() for m in _NAMED_START.finditer(cell, reach, stem)]
    if named:
        return named[0] if len(cell) - named[0] <= 90 else named[-1]
    marks = [m.start() for m in _FILE_START.finditer(cell, reach, stem)]
    return marks[-1] if marks else _glued_at(cell, reach, stem)


def _glued_at(cell: str, reach: int, stem: int) -> int:
    for pattern in _GLUED_STARTS:
        ends = [m.end() for m in pattern.finditer(cell, reach, stem) if len(cell) - m.end() <= _LONGEST_FILE]
        if ends:
            return ends[0]
    return len(cell)
