"""The raw frame of a signature: which bytes it covers, and the container that stands in the gap between them.

A signature covers all of the file but its own container; so nothing else may hide in that gap, and nothing may follow
the container's own end in it but the zeros it was padded with.
"""

import hashlib
import re
from dataclasses import dataclass

_HEXADECIMAL = re.compile(rb"[0-9a-fA-F\s]*")
_UNIFORM = re.compile(rb"(?:[0-9a-f\s]*|[0-9A-F\s]*)")
_BLANK = b"\0\t\n\f\r "
_HEADER_WINDOW = 4096


class FrameWrong(Exception):
    """The byte range or the container is not what the format asks for (ISO 32000-2, 12.8.1)."""


class FrameDisplaced(FrameWrong):
    """The range fits another file than this: one that was longer, or whose parts stood elsewhere."""


@dataclass(frozen=True, slots=True)
class Frame:
    """`cms` = the container without padding, in whatever encoding its maker chose; `end` = where the signed revision ends.

    `is_plain`: nothing but zeros pads it, and its digits are written one way. Anything else could be altered unseen.
    """

    cms: bytes
    first: tuple[int, int]
    second: tuple[int, int]
    is_plain: bool = True

    @property
    def end(self) -> int:
        return self.second[1]

    def digest(self, data: bytes, algorithm: str) -> bytes:
        """Of the covered bytes. Raises `ValueError` for an algorithm nobody knows."""
        total = hashlib.new(algorithm, usedforsecurity=False)
        view = memoryview(data)
        for start, end in (self.first, self.second):
            total.update(view[start:end])
        return total.digest()

    def is_whole_file(self, data: bytes) -> bool:
        """Nothing but line ends follows the revision."""
        return not data[self.end :].strip(_BLANK)


def frame_of(data: bytes, byte_range: list[int], contents: bytes, *, is_encrypted: bool = False) -> Frame:
    """Check the byte range against the bytes, and the gap against what the parser took for the container.

    In an encrypted file the container is not (ISO 32000-2, 7.6.2), and parsers disagree about it: there the key before
    the gap must do.
    """
    if len(byte_range) != 4:
        raise FrameWrong("four numbers are needed")
    start, length, resume, rest = byte_range
    if start != 0 or length <= 0 or resume <= length or rest < 0 or resume + rest > len(data):
        raise FrameDisplaced("the range does not lie in the file")
    gap = data[length:resume]
    if not (gap.startswith(b"<") and gap.endswith(b">") and _HEXADECIMAL.fullmatch(gap[1:-1])):
        raise FrameDisplaced("something else than the container stands in the gap")
    filled = _from_hexadecimal(gap[1:-1])
    if filled != contents and not (is_encrypted and data[:length].rstrip().endswith(b"/Contents")):
        raise FrameDisplaced("the container read by the format is another one")
    size = tlv_size(filled)
    is_plain = not filled[size:].strip(b"\0") and bool(_UNIFORM.fullmatch(gap[1:-1]))
    return Frame(filled[:size], (0, length), (resume, resume + rest), is_plain)


def _from_hexadecimal(text: bytes) -> bytes:
    digits = b"".join(text.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def tlv_size(data: bytes) -> int:
    """Length of the first value of BER in `data`, also of indefinite length (X.690, 8.1.3.6). Refuses: `FrameWrong`."""
    open_ends, at = 0, 0
    while True:
        header, length, constructed = _header(data, at)
        if length is None:
            if not constructed:
                raise FrameWrong("indefinite length of a primitive value")
            open_ends, at = open_ends + 1, at + header
        elif open_ends and header == 2 and length == 0 and data[at] == 0:
            open_ends, at = open_ends - 1, at + 2
        else:
            at += header + length
        if at > len(data):
            raise FrameWrong("the container is cut off")
        if not open_ends:
            return at


def _header(data: bytes, at: int) -> tuple[int, int | None, bool]:
    """Size of the header, length of the value (None: indefinite), whether the value is constructed."""
    head = data[at : at + _HEADER_WINDOW]
    if len(head) < 2:
        raise FrameWrong("the container is cut off")
    place = 1
    if head[0] & 0x1F == 0x1F:
        while place < len(head) - 1 and head[place] & 0x80:
            place += 1
        place += 1
    if place >= len(head):
        raise FrameWrong("the container is cut off")
    first = head[place]
    if first < 0x80:
        return place + 1, first, bool(head[0] & 0x20)
    if first == 0x80:
        return place + 1, None, bool(head[0] & 0x20)
    size = first & 0x7F
    if size > 8:
        raise FrameWrong("a length beyond reason")
    return place + 1 + size, int.from_bytes(head[place + 1 : place + 1 + size], "big"), bool(head[0] & 0x20)
