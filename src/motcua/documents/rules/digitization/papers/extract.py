"""Reading a paper of a known kind: labels, values, places, confidences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.likeness import plain_token
from motcua.documents.rules.digitization.pages import PageResult, Word
from motcua.documents.rules.digitization.papers.labels import Answer, Label, answers, handwriting_beside
from motcua.documents.rules.digitization.values import Reader, Value

#: Below this a person looks at the value beside its picture.
DOUBTFUL = 0.62
_LINE_ENDS = 2.2


@dataclass(frozen=True, slots=True)
class Field:
    """A value with the place it was read from: page number in the record, box in pixels of the sheet."""

    key: str
    text: str
    confidence: float
    page: int
    box: Box | None

    @property
    def is_doubtful(self) -> bool:
        return self.confidence < DOUBTFUL


@dataclass(frozen=True, slots=True)
class FieldRule:
    """Where a value stands.

    `label`: key of its label; `nth`: which answer of that label counts; `after`: only below this other label;
    `side`: only in this half of the sheet; `lines`: how many lines the value may take.
    """

    key: str
    label: str
    read: Reader
    nth: int = 0
    after: str | None = None
    before: str | None = None
    side: Literal["left", "right"] | None = None
    lines: int = 1


@dataclass(frozen=True, slots=True)
class PaperRules:
    labels: tuple[Label, ...]
    fields: tuple[FieldRule, ...]


def extract(pages: Sequence[PageResult], rules: PaperRules) -> tuple[Field, ...]:
    """The fields of one paper. A field that is not found is given with an empty text and confidence 0: it is doubtful.

    So is one answered by hand, with the place of the handwriting: somebody reads it there and types it.
    """
    found = answers(pages, rules.labels)
    by_hand = {page.number: page.handwritten for page in pages}
    return tuple(_field(rule, found, by_hand) for rule in rules.fields)


def _field(rule: FieldRule, found: Sequence[Answer], by_hand: Mapping[int, Sequence[Box]]) -> Field:
    candidates = _within(found, rule)
    matching = [answer for answer in candidates if answer.label == rule.label and _on_side(answer, rule.side)]
    for answer in matching[rule.nth :]:
        written = handwriting_beside(answer, found, by_hand.get(answer.page, ()))
        if written is not None:
            return Field(rule.key, "", 0.0, answer.page, written)
        words = _first_lines(answer.words, rule.lines)
        value = rule.read(" ".join(word.text for word in words))
        if value is not None:
            return _measured(rule.key, value, words, answer.page)
    return Field(rule.key, "", 0.0, matching[0].page if matching else 0, None)


def _within(found: Sequence[Answer], rule: FieldRule) -> Sequence[Answer]:
    start = 0
    if rule.after is not None:
        start = next((place for place, answer in enumerate(found) if answer.label == rule.after), len(found))
    end = len(found)
    if rule.before is not None:
        end = next((place for place in range(start, len(found)) if found[place].label == rule.before), end)
    return found[start:end]


def _on_side(answer: Answer, side: str | None) -> bool:
    return side is None or (answer.left < 0.46) == (side == "left")


def _first_lines(words: tuple[Word, ...], lines: int) -> tuple[Word, ...]:
    """The words of the first lines of an answer; a new line begins where the words jump down."""
    kept: list[Word] = []
    level = 0
    for word in words:
        if kept and word.box.middle[1] > kept[-1].box.bottom:
            level += 1
            # A label whose own line is empty is answered on the next one.
            if not any(plain_token(k.text) for k in kept):
                level, kept = 0, []
        if level >= lines:
            break
        kept.append(word)
    return tuple(kept)


def _measured(key: str, value: Value, words: Sequence[Word], page: int) -> Field:
    told = _telling(value, words)
    sureness = sum(word.confidence * len(word.text) for word in told) / sum(len(word.text) for word in told)
    weakest = min(word.confidence for word in told)
    confidence = min(1.0, (0.5 * sureness + 0.5 * weakest) / 100 * value.proof)
    box = told[0].box
    for word in told[1:]:
        box = box.union(word.box)
    return Field(key, value.text, round(max(0.0, confidence), 3), page, box)


def _telling(value: Value, words: Sequence[Word]) -> Sequence[Word]:
    """The words that carry the value, if it can be told; else all."""
    parts = {plain_token(part) for part in value.text.replace("-", " ").replace("/", " ").split()}
    told = [
        word
        for word in words
        if (token := plain_token(word.text)) and (token in parts or token in plain_token(value.text))
    ]
    return told or words
