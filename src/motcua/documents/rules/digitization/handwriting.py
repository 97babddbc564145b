"""Which words of a page were written by hand: no engine at hand reads Vietnamese handwriting, so they are left out and said.

Every word is weighed by how sure the engine was and by how its ink looks beside the print of the same page; along a line words
of one kind stand together (a two-state Viterbi path). The weights were fitted on forms filled in with six open handwriting
fonts, docs/benchmarks.md says with what result: fonts are not writers, so print is kept where there is a doubt.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.pages import Line, Word

#: A line all of whose words were read this surely is print.
SUSPECT = 60.0
_FIRM = 96.0
#: Of the logit: confidence (0–1), thickness of the stroke, unevenness of the feet, height, and the constant.
_WEIGHTS = (-4.7, -3.6, 2.75, 4.7)
_CONSTANT = 1.4
#: Changing from print to handwriting and back along a line needs this much evidence; so does beginning with it.
_CHANGE = 1.6
_BEGIN = 1.0
#: Evidence a run must gather in all, and letters it must have, before it is taken out.
_LEAST_EVIDENCE = 2.0
_LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class WordLook:
    """Beside the page's print, 1 = like it: thickness of the stroke, height; `unevenness` of the feet in heights of a letter."""

    stroke: float
    height: float
    unevenness: float


@dataclass(frozen=True, slots=True)
class Parted:
    """The print, and where there was handwriting."""

    lines: tuple[Line, ...]
    handwritten: tuple[Box, ...]


def suspicious(lines: Sequence[Line]) -> list[int]:
    """Lines on which there may be handwriting: the others need not be looked at."""
    return [place for place, line in enumerate(lines) if line.confidence < SUSPECT]


def parted(lines: Sequence[Line], looks: Mapping[tuple[int, int], WordLook]) -> Parted:
    """`looks` by line and place of the word; words without one (dots, too little ink) go with their neighbours."""
    kept: list[Line] = []
    found: list[Box] = []
    for at, line in enumerate(lines):
        evidence = [_evidence(word, looks.get((at, place))) for place, word in enumerate(line.words)]
        runs = [run for run in _runs(_path(evidence)) if _holds(run, line, evidence)]
        found += [_around(line.words[start:end]) for start, end in runs]
        out = {place for start, end in runs for place in range(start, end)}
        words = tuple(word for place, word in enumerate(line.words) if place not in out)
        if words:
            kept.append(Line(words, line.block))
    return Parted(tuple(kept), tuple(found))


def _evidence(word: Word, look: WordLook | None) -> float:
    """Logarithm of the odds that the word was written by hand."""
    if look is None or not any(map(str.isalnum, word.text)):
        return 0.0
    measured = (
        min(word.confidence, _FIRM) / 100,
        log(max(look.stroke, 0.2)),
        min(look.unevenness, 1.0),
        log(max(look.height, 0.3)),
    )
    return _CONSTANT + sum(weight * value for weight, value in zip(_WEIGHTS, measured, strict=True))


def _path(evidence: Sequence[float]) -> list[bool]:
    """The likeliest row of print (False) and handwriting (True), where a change is seldom."""
    print_, hand = 0.0, -_BEGIN
    back: list[tuple[bool, bool]] = []
    for one in evidence:
        from_hand_to_print, from_print_to_hand = hand - _CHANGE > print_, print_ - _CHANGE > hand
        back.append((from_hand_to_print, not from_print_to_hand))
        print_, hand = max(print_, hand - _CHANGE), max(hand, print_ - _CHANGE) + one
    state = hand > print_
    path = []
    for was_hand_before_print, was_hand_before_hand in reversed(back):
        path.append(state)
        state = was_hand_before_hand if state else was_hand_before_print
    return path[::-1]


def _runs(path: Sequence[bool]) -> list[tuple[int, int]]:
    runs, start = [], None
    for place, state in enumerate([*path, False]):
        if state and start is None:
            start = place
        elif not state and start is not None:
            runs.append((start, place))
            start = None
    return runs


def _holds(run: tuple[int, int], line: Line, evidence: Sequence[float]) -> bool:
    start, end = run
    letters = sum(sum(map(str.isalnum, word.text)) for word in line.words[start:end])
    return sum(evidence[start:end]) >= _LEAST_EVIDENCE and letters >= _LEAST_LETTERS


def _around(words: Sequence[Word]) -> Box:
    box = words[0].box
    for word in words[1:]:
        box = box.union(word.box)
    return box
