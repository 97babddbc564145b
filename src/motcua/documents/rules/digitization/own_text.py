"""The text a file has itself beside the text that was recognised: exact text is never given up for a reading of it."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from motcua.documents.rules.digitization.geometry import Affine, Box
from motcua.documents.rules.digitization.pages import Line, Word


@dataclass(frozen=True, slots=True)
class OwnText:
    """Painted letters, which are exact, and an invisible layer, which may be anything: exact, read by others, or rubbish."""

    visible: tuple[Line, ...] = ()
    hidden: tuple[Line, ...] = ()

    def moved(self, place: Affine) -> "OwnText":
        """With every place mapped."""
        return OwnText(_moved(self.visible, place), _moved(self.hidden, place))


#: Fewer painted letters are a stamp, a label or a page number; with more, and no picture under them, the page is text.
_FEW_LETTERS = 12
#: So much text is the page's own even where a picture fills it: a watermark, a letterhead.
_MUCH_TEXT = 300
_MOSTLY = 0.5
#: A word counts as read when the engine is at least so sure of it.
_SURE = 60.0
#: The invisible layer may be this much (of 1) worse than the reading believes itself to be, and is the better text still.
_ALLOWANCE = 0.1
_ENOUGH = 0.9
#: A recognised word that lies on an exact one by this share of itself is the same word.
_SAME_PLACE = 0.4


def is_born_digital(letters: int, covered: float) -> bool:
    """Whether the painted letters are the text of the page; `covered`: the part of it under its largest picture."""
    return letters >= _MUCH_TEXT or (letters >= _FEW_LETTERS and covered < _MOSTLY)


def agreement(hidden: Sequence[Line], read: Sequence[Line]) -> float:
    """The share of what was surely read that stands in the invisible layer, too, by letters; 1 where nothing was read."""
    there = Counter(_bare(word.text) for line in hidden for word in line.words)
    total = found = 0
    for line in read:
        for word in line.words:
            bare = _bare(word.text)
            if len(bare) < 2 or word.confidence < _SURE:
                continue
            total += len(bare)
            if there[bare]:
                there[bare] -= 1
                found += len(bare)
    return found / total if total else 1.0


def is_believed(hidden: Sequence[Line], read: Sequence[Line], confidence: float) -> bool:
    """Whether the invisible layer stays the page's text. `confidence` (0–100) is that of the reading it is compared with: where
    the engine itself is unsure, differences speak less against the layer.
    """
    return bool(hidden) and agreement(hidden, read) >= min(_ENOUGH, confidence / 100 - _ALLOWANCE)


def merged(own: OwnText, read: Sequence[Line], confidence: float) -> tuple[Line, ...]:
    """The text of the page: the invisible layer where it is believed, else what was read; painted letters always."""
    body = tuple(read)
    if is_believed(own.hidden, read, confidence):
        body = tuple(
            Line(tuple(replace(w, confidence=round(confidence, 1)) for w in line.words), line.block)
            for line in own.hidden
        )
    if not own.visible:
        return body
    rest = (*own.visible, *without(body, own.visible))
    return tuple(sorted(rest, key=lambda line: (round(line.box.middle[1] / 20), line.box.left)))


def without(lines: Iterable[Line], own: Sequence[Line]) -> tuple[Line, ...]:
    """The lines less the words that lie on words of `own`."""
    places = _Places(word.box for line in own for word in line.words)
    kept = (
        Line(tuple(word for word in line.words if not places.hold(word.box)), line.block) for line in lines
    )
    return tuple(line for line in kept if line.words)


class _Places:
    """Boxes by horizontal bands, so that a page of a thousand words is compared in a moment."""

    _BAND = 64.0

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._bands: dict[int, list[Box]] = {}
        for box in boxes:
            for band in self._of(box):
                self._bands.setdefault(band, []).append(box)

    def _of(self, box: Box) -> range:
        return range(int(box.top // self._BAND), int(box.bottom // self._BAND) + 1)

    def hold(self, box: Box) -> bool:
        near: Iterator[Box] = (one for band in self._of(box) for one in self._bands.get(band, ()))
        return any(box.overlap(one) >= _SAME_PLACE * min(box.area, one.area) for one in near if one.area)


def _moved(lines: tuple[Line, ...], place: Affine) -> tuple[Line, ...]:
    return tuple(
        Line(tuple(Word(w.text, w.confidence, place.around(w.box)) for w in line.words), line.block)
        for line in lines
    )


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFC", text.casefold()) if c.isalnum())
