"""The result of one page: everything later steps need, as plain values that live in one JSON file.

All places are in pixels of the *sheet* (upright, straightened, at the resolution of the source).
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from motcua.documents.rules.digitization.geometry import Box
from motcua.kernel.errors import DomainError


class PageState(StrEnum):
    """What became of a page. Only `UNREAD` and `LOST` are failures."""

    RECOGNISED = "recognised"
    BORN_DIGITAL = "born_digital"
    BLANK = "blank"
    #: The picture is kept in the record but could not be recognised.
    UNREAD = "unread"
    #: Not even a picture could be had from the source.
    LOST = "lost"


FAILED = frozenset({PageState.UNREAD, PageState.LOST})


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    #: 0–100, as the engine says.
    confidence: float
    box: Box


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand on one line; `block` counts the blocks of the page in reading order."""

    words: tuple[Word, ...]
    block: int = 0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        box = self.words[0].box
        for word in self.words[1:]:
            box = box.union(word.box)
        return box

    @property
    def confidence(self) -> float:
        return min((word.confidence for word in self.words), default=0.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """A machine-readable code on the page."""

    symbology: str
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Finding:
    """A doubt about the quality of a page: `code` is stable, `measure` is what was measured."""

    code: str
    measure: float


@dataclass(frozen=True, slots=True)
class Picture:
    """How the page is drawn in the archive file.

    `made` is the name of a picture file made for the page (in the page folder), None when the source's own bytes are
    kept. `width`, `height`: its pixels. `turn` (clockwise) and `tilt` (counter-clockwise degrees) are applied by drawing;
    `margin` pixels of paper are laid around it, so that straightening cuts no ink.
    """

    width: int
    height: int
    turn: int = 0
    tilt: float = 0.0
    made: str | None = None
    margin: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a page was not read: the refusal's stable code and its parameters, and its sentence as it was said."""

    sentence: str
    code: str = ""
    params: Mapping[str, str | int | float] = field(default_factory=dict)

    @classmethod
    def of(cls, refusal: DomainError) -> "Trouble":
        return cls(refusal.sentence(), refusal.code, plain_params(refusal))


def plain_params(refusal: DomainError) -> dict[str, str | int | float]:
    """Parameters as values that JSON can keep."""
    return {
        name: value if isinstance(value, str | int | float) else str(value)
        for name, value in refusal.params.items()
    }


@dataclass(frozen=True, slots=True)
class PageResult:
    number: int
    source: str
    index: int
    state: PageState
    width: int = 0
    height: int = 0
    dpi: float = 0.0
    picture: Picture | None = None
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    findings: tuple[Finding, ...] = ()
    confidence: float = 0.0
    engine: str = ""
    trouble: Trouble | None = None
    #: Clockwise degrees by which it is shown otherwise than the file says.
    turned_from_file: int = 0
    #: Where somebody wrote by hand: seen, not read, in no text and no field.
    handwritten: tuple[Box, ...] = ()

    @property
    def problem(self) -> str | None:
        return self.trouble.sentence if self.trouble else None

    @property
    def text(self) -> str:
        """Lines as printed, an empty line between blocks."""
        parts: list[str] = []
        block = self.lines[0].block if self.lines else 0
        for line in self.lines:
            if line.block != block:
                parts.append("")
                block = line.block
            parts.append(line.text)
        return "\n".join(parts)

    @property
    def has_failed(self) -> bool:
        return self.state in FAILED

    def words(self) -> Iterator[Word]:
        for line in self.lines:
            yield from line.words

    def numbered(self, number: int) -> "PageResult":
        return replace(self, number=number)


def to_plain(result: PageResult) -> dict[str, object]:
    """As JSON-ready values; a word is `[text, confidence, left, top, right, bottom]` because there are millions."""
    plain = asdict(result)
    plain["lines"] = [
        {"block": line.block, "words": [_word_row(w) for w in line.words]} for line in result.lines
    ]
    return plain


def from_plain(plain: Mapping[str, Any]) -> PageResult:
    picture = plain["picture"]
    return PageResult(
        number=plain["number"],
        source=plain["source"],
        index=plain["index"],
        state=PageState(plain["state"]),
        width=plain["width"],
        height=plain["height"],
        dpi=plain["dpi"],
        picture=Picture(**picture) if picture else None,
        lines=tuple(
            Line(tuple(_word(row) for row in line["words"]), line["block"]) for line in plain["lines"]
        ),
        marks=tuple(Mark(m["symbology"], m["text"], Box(**m["box"])) for m in plain["marks"]),
        findings=tuple(Finding(**f) for f in plain["findings"]),
        confidence=plain["confidence"],
        engine=plain["engine"],
        trouble=_trouble(plain),
        turned_from_file=plain.get("turned_from_file", 0),
        handwritten=tuple(Box(**box) for box in plain.get("handwritten", ())),
    )


def _trouble(plain: Mapping[str, Any]) -> Trouble | None:
    """Results kept before refusals had codes carry only a sentence (`problem`)."""
    kept = plain.get("trouble")
    if kept:
        return Trouble(**kept)
    return Trouble(plain["problem"]) if plain.get("problem") else None


def _word_row(word: Word) -> list[Any]:
    box = word.box
    return [
        word.text,
        round(word.confidence, 1),
        *(round(v, 1) for v in (box.left, box.top, box.right, box.bottom)),
    ]


def _word(row: list[Any]) -> Word:
    return Word(row[0], row[1], Box(*row[2:6]))
