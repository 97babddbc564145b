"""Finding printed labels among recognised words, and the words that answer them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from motcua.documents.rules.digitization.geometry import Box
from motcua.documents.rules.digitization.likeness import plain_token, tokens_alike
from motcua.documents.rules.digitization.pages import Line, PageResult, Word


@dataclass(frozen=True, slots=True)
class Label:
    """A label as it is printed; `key` names it for the rules. Wordings of one label share a key."""

    key: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The words after a label. `line` counts the lines of the paper; `left` is where the label begins, as part of the width."""

    label: str
    page: int
    line: int
    left: float
    words: tuple[Word, ...]
    #: Of the label's own words.
    place: Box | None = None


def labels(**wordings: Sequence[str]) -> tuple[Label, ...]:
    """`labels(name=("Họ và tên", "Họ, chữ đệm, tên"))`; longest first, so that the more telling label wins."""
    made = [
        Label(key, tuple(token for part in wording.split() if (token := plain_token(part))))
        for key, variants in wordings.items()
        for wording in variants
    ]
    return tuple(sorted(made, key=lambda label: -len(label.tokens)))


def answers(pages: Iterable[PageResult], known: Sequence[Label]) -> list[Answer]:
    """Every label found, in reading order, with its answer on its own line and on the lines that follow until the next label.

    Lines that no label asks for come as answers to the empty label.
    """
    found: list[Answer] = []
    number = 0
    for page in pages:
        asking: list[int] = []
        previous: Line | None = None
        for line in _rows(page):
            lead, *labelled = _segments(line, known, page.width)
            if labelled and _is_ordinal(lead.words):
                lead.words = ()
            if lead.words and asking and _follows(found[asking[0]], line, previous, number):
                _share_out(lead.words, found, asking, page.width)
            elif lead.words:
                asking = []
                if not labelled:
                    found.append(Answer("", page.number, number, lead.left, lead.words))
            if labelled:
                asking = list(range(len(found), len(found) + len(labelled)))
                found += [Answer(s.label, page.number, number, s.left, s.words, s.place) for s in labelled]
            previous = line
            number += 1
    return found


def _is_ordinal(words: Sequence[Word]) -> bool:
    """`II.`, `3.`, `đ)` before a label, in whatever way the engine read it."""
    return len(words) == 1 and len(words[0].text.rstrip(".):")) <= 4


def _rows(page: PageResult) -> list[Line]:
    """Lines as the eye sees them: pieces that the engine put into different columns but that stand on one level are one row."""
    rows: list[list[Word]] = []
    for line in page.lines:
        box = line.box
        for row in reversed(rows[-6:]):
            first = row[0].box
            height = max(first.height, box.height)
            level = abs(_baseline(row) - _baseline(line.words)) < 0.45 * height
            apart = box.left >= max(word.box.right for word in row) - 0.2 * height
            if level and apart:
                row.extend(line.words)
                break
        else:
            rows.append(list(line.words))
    return [Line(tuple(row)) for row in rows]


def _baseline(words: Sequence[Word]) -> float:
    middles = sorted((word.box.top + word.box.bottom) / 2 for word in words)
    return middles[len(middles) // 2]


@dataclass(slots=True)
class _Segment:
    label: str
    left: float
    words: tuple[Word, ...]
    place: Box | None = None


def _segments(line: Line, known: Sequence[Label], width: float) -> list[_Segment]:
    """The line cut at its labels; the first segment is what stands before any."""
    tokens = [plain_token(word.text) for word in line.words]
    segments = [_Segment("", line.words[0].box.left / width, ())]
    start = place = 0
    while place < len(tokens):
        hit = next((h for label in known if (h := _match(line.words, tokens, place, label))), None)
        if hit is None:
            place += 1
            continue
        label, after = hit
        segments[-1].words = line.words[start:place]
        box = Line(line.words[place:after]).box
        segments.append(_Segment(label.key, line.words[place].box.left / width, (), box))
        start = place = after
    segments[-1].words = line.words[start:]
    return segments


def _match(
    words: Sequence[Word], tokens: Sequence[str], place: int, label: Label
) -> tuple[Label, int] | None:
    """Whether the label stands at `place`; words of pure punctuation between its words do not count.

    Short labels are too like other words (Ghi chú, Nghi Phú): they must be exact, and those of one word must be followed by
    a colon. The first and the last word
    of a longer one must be right, because labels often differ in it alone (… tên người mẹ, … tên người cha).
    """
    wanted, at, last = label.tokens, place, place
    inexact = wrong = 0
    if not tokens[place]:
        return None
    for position, token in enumerate(wanted):
        while at < len(tokens) and not tokens[at]:
            at += 1
        if at >= len(tokens):
            return None
        exact = tokens[at] == token
        if not exact:
            inexact += 1
            is_other = not tokens_alike(tokens[at], token)
            wrong += is_other
            if (
                inexact > len(wanted) // 3
                or wrong > len(wanted) // 5
                or (is_other and position in (0, len(wanted) - 1))
            ):
                return None
        last = at
        at += 1
    if len(wanted) == 1 and not _asks(words, last):
        return None
    return label, at


def _asks(words: Sequence[Word], place: int) -> bool:
    after = words[place + 1].text if place + 1 < len(words) else ""
    return words[place].text.endswith((":", ";")) or after.startswith(":")


def _follows(answer: Answer, line: Line, previous: Line | None, number: int) -> bool:
    """A line directly under the last one, without a label at its beginning, goes on answering."""
    if previous is None or number - answer.line > 3:
        return False
    gap = line.box.top - previous.box.bottom
    return gap < 1.3 * max(previous.box.height, line.box.height)


def _share_out(words: Sequence[Word], found: list[Answer], asking: Sequence[int], width: float) -> None:
    """Labels side by side are answered below, each in its own column."""
    for word in words:
        under = [place for place in asking if found[place].left * width <= word.box.left + 0.03 * width]
        place = under[-1] if under else asking[0]
        answer = found[place]
        found[place] = replace(answer, words=(*answer.words, word))


def handwriting_beside(answer: Answer, found: Sequence[Answer], regions: Iterable[Box]) -> Box | None:
    """Where a label is answered by hand: to its right on its own level, before the next label, and no print in between."""
    label = answer.place
    if label is None:
        return None
    others = (other.place for other in found if other.page == answer.page and other.line == answer.line)
    end = min(
        (box.left for box in others if box is not None and box.left > label.right), default=float("inf")
    )
    printed = min(
        (word.box.left for word in answer.words if plain_token(word.text) and _is_level(word.box, label)),
        default=float("inf"),
    )
    beside = [
        box for box in regions if _is_level(box, label) and label.right < box.middle[0] and box.left < end
    ]
    if not beside or printed < min(box.left for box in beside):
        return None
    place = beside[0]
    for box in beside[1:]:
        place = place.union(box)
    return place


def _is_level(box: Box, label: Box) -> bool:
    overlap = min(box.bottom, label.bottom) - max(box.top, label.top)
    return overlap > 0.4 * min(box.height, label.height)
