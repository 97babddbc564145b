"""Steps 2 and 3, one page: decode, measure, turn, straighten, recognise; the result lands in the work folder."""

import math
from dataclasses import dataclass, replace

import numpy as np

from motcua.documents.adapters.imaging.codes import read_marks, read_marks_in_spite_of_dirt
from motcua.documents.adapters.imaging.encode import group4, jpeg_within
from motcua.documents.adapters.imaging.handwriting import word_looks
from motcua.documents.adapters.imaging.made import MadePage
from motcua.documents.adapters.imaging.measure import Look, look
from motcua.documents.adapters.imaging.photo import flattened
from motcua.documents.adapters.imaging.source import Grey, PageFacts, SourcePage
from motcua.documents.adapters.imaging.straighten import overflow, straighten, turn_array
from motcua.documents.adapters.ocr.engine import Layout, OcrEngine
from motcua.documents.pipeline.folder import WorkFolder
from motcua.documents.pipeline.options import Options, PageRef
from motcua.documents.pipeline.tiles import read_closer, read_in_tiles
from motcua.documents.rules.digitization import decisions, quality, separators
from motcua.documents.rules.digitization.geometry import Affine, Box, sheet_size, tilted, turned
from motcua.documents.rules.digitization.handwriting import Parted, parted
from motcua.documents.rules.digitization.own_text import OwnText, merged
from motcua.documents.rules.digitization.pages import (
    Line,
    Mark,
    PageResult,
    PageState,
    Picture,
    Trouble,
    Word,
)
from motcua.documents.rules.digitization.reading import are_sane, level, mean_confidence, sure_letters
from motcua.documents.rules.digitization.refusals import EngineRubbish, PageTooLarge

_LOOK_DPI = 150.0
_A4_LONG_INCHES = 11.69
#: Longer than this (inches) and the sheet is a drawing, not a letter: A3 is 16.5.
_DRAWING_INCHES = 17.5
_DRAWING_DPI = 200.0
#: Where the labels of a drawing were found they are read at this resolution: lines are thin against letters there.
_LABEL_DPI = 300.0
#: Paper laid around a sheet whose ink straightening would push over its edge: that far, and this much more.
_MARGIN_INCHES = 0.08
#: Characters; fewer and the page may be a separator sheet.
_SPARSE_TEXT = 500


@dataclass(frozen=True, slots=True)
class Reading:
    """What the engine read in one direction; places are in pixels of the sheet."""

    lines: tuple[Line, ...]
    confidence: float
    turn: int
    tilt: float
    margin: int = 0
    handwritten: tuple[Box, ...] = ()
    #: The page was left as it lay, though it may be upright another way.
    is_direction_unsure: bool = False

    @property
    def seen(self) -> decisions.DirectionSeen:
        across = level(self.lines)
        return decisions.DirectionSeen(sure_letters(across), mean_confidence(across))


def read_page(
    page: SourcePage, ref: PageRef, options: Options, engine: OcrEngine, folder: WorkFolder
) -> PageResult:
    """The whole result of one page. Raises `PageRefused` or whatever the decoders and the engine raise."""
    facts = page.facts
    if not options.limits.allows(facts.width, facts.height, is_colour=facts.is_colour):
        raise PageTooLarge(page=ref.number, width=facts.width, height=facts.height)
    if facts.born_lines is not None:
        return _born(ref, facts)
    shown, sheets = _squared(page) if facts.is_photo else (page, 1)
    return _PageReader(shown, ref, options, engine, folder, sheets).result()


def picture_only(page: SourcePage, ref: PageRef, trouble: Trouble, folder: WorkFolder) -> PageResult:
    """A page whose recognition failed: its picture stays in the record, the trouble is said."""
    facts = page.facts
    picture = kept_or_made(page, ref, facts.turn, 0.0, folder)
    width, height = sheet_size(facts.width, facts.height, facts.turn)
    return PageResult(
        ref.number,
        ref.source.name,
        ref.index,
        PageState.UNREAD,
        width,
        height,
        facts.dpi,
        picture,
        trouble=trouble,
    )


def kept_or_made(
    page: SourcePage, ref: PageRef, turn: int, tilt: float, folder: WorkFolder, margin: int = 0
) -> Picture:
    """The source's own bytes if they can stand in an archive file, else a picture made once."""
    facts = page.facts
    if page.stays:
        return Picture(facts.width, facts.height, turn, tilt, margin=margin)
    array = page.colour()
    height, width = array.shape[:2]
    if facts.is_bilevel:
        name = folder.keep_picture(ref.number, "g4", group4(np.where(array > 127, 255, 0).astype(np.uint8)))
    else:
        name = folder.keep_picture(ref.number, "jpg", jpeg_within(array, page.weight))
    return Picture(width, height, turn, tilt, name, margin)


def _squared(page: SourcePage) -> tuple[SourcePage, int]:
    """A photograph as a scan of its sheets, and how many they are; the page itself if there is nothing to mend."""
    facts = page.facts
    scan = flattened(turn_array(page.colour(), facts.turn))
    if scan is None:
        return page, 1
    dpi = scan.sheet_side / _A4_LONG_INCHES
    return MadePage(scan.picture, round(min(600.0, max(72.0, dpi)), 2), page.weight), scan.sheets


def _born(ref: PageRef, facts: PageFacts) -> PageResult:
    return PageResult(
        ref.number,
        ref.source.name,
        ref.index,
        PageState.BORN_DIGITAL,
        facts.width,
        facts.height,
        facts.dpi,
        lines=facts.born_lines or (),
        confidence=100.0,
        engine="pdf",
    )


class _PageReader:
    """Holds the decoded picture while one page is read."""

    def __init__(
        self,
        page: SourcePage,
        ref: PageRef,
        options: Options,
        engine: OcrEngine,
        folder: WorkFolder,
        sheets: int = 1,
    ) -> None:
        self._page, self._ref, self._options, self._engine, self._folder = page, ref, options, engine, folder
        self._facts = page.facts
        self._sheets = sheets
        longest = max(self._facts.width, self._facts.height) / self._facts.dpi
        # Several letters side by side are as wide as a drawing and none.
        self._is_drawing = sheets == 1 and longest > _DRAWING_INCHES
        wanted = _DRAWING_DPI if self._is_drawing else _LOOK_DPI
        self._grey, self._scale = page.grey(min(1.0, wanted / self._facts.dpi))
        self._own = page.own_text()
        # Painted letters are upright as the file shows them; a page is not turned against its own text.
        self._may_turn = options.may_turn and not self._own.visible

    def result(self) -> PageResult:
        shown = turn_array(self._grey, self._facts.turn)
        told = self._ref.turn
        seen = look(shown if told is None else turn_array(self._grey, told))
        marks = read_marks(shown)
        if decisions.is_blank(seen.ink, seen.letters) and not marks and self._own == OwnText():
            return self._finished(PageState.BLANK, Reading((), 0.0, self._upright, 0.0), seen, ())
        if any(separators.decode(mark.text) for mark in marks):
            # A sheet printed by the system says all it has to say in its code.
            return self._finished(PageState.RECOGNISED, Reading((), 100.0, self._upright, 0.0), seen, marks)
        reading = self._best_reading(seen)
        if not marks and sum(len(line.text) for line in reading.lines) < _SPARSE_TEXT:
            marks = self._marks_looked_for()
        return self._finished(PageState.RECOGNISED, self._with_own_text(reading), seen, marks)

    def _with_own_text(self, reading: Reading) -> Reading:
        """What the file itself says, at its places on the sheet, goes before what was read there."""
        if self._own == OwnText():
            return reading
        facts = self._facts
        size = sheet_size(facts.width, facts.height, facts.turn)
        extra = (reading.turn - facts.turn) % 360
        place = turned(*size, extra)
        if reading.tilt:
            place = place.then(tilted(*sheet_size(*size, extra), reading.tilt))
        own = self._own.moved(place.then(Affine(e=reading.margin, f=reading.margin)))
        return replace(reading, lines=merged(own, reading.lines, reading.confidence))

    @property
    def _upright(self) -> int:
        """The turn somebody told, else that of the file."""
        return self._facts.turn if self._ref.turn is None else self._ref.turn

    def _marks_looked_for(self) -> tuple[Mark, ...]:
        """A page with little text may be a separator sheet whose code suffered: look at full resolution, without the dust."""
        grey, scale = self._page.grey(min(1.0, 2 * _LOOK_DPI / self._facts.dpi))
        found = read_marks_in_spite_of_dirt(turn_array(grey, self._facts.turn))
        return tuple(replace(mark, box=mark.box.scaled(self._scale / scale)) for mark in found)

    def _best_reading(self, seen: Look) -> Reading:
        turn = self._facts.turn
        tilt = decisions.tilt_to_apply(seen.tilt, seen.tilt_certainty)
        if not self._options.may_straighten or not self._page.may_straighten:
            tilt = 0.0
        if self._is_drawing:
            return self._reading(self._upright, 0.0, seen)
        if self._ref.turn is not None:
            return self._reading(self._ref.turn, tilt, seen)
        if seen.is_sideways and self._may_turn:
            return self._sideways(turn, tilt, seen)
        first = self._reading(turn, tilt, seen)
        if not self._may_turn or not decisions.should_try_other_directions(first.confidence, seen.letters):
            return first
        return _turned_if_clear(first, self._reading((turn + 180) % 360, tilt, seen))

    def _sideways(self, turn: int, tilt: float, seen: Look) -> Reading:
        """Lines seem to run down the page: clockwise or counter-clockwise, whichever reads; each against the page as it lies."""
        upright = self._reading(turn, 0.0, seen)
        first = self._reading((turn + 90) % 360, tilt, seen)
        if first.confidence >= decisions.DOUBTFUL_PAGE + 10 and decisions.is_clearly_better(
            first.seen, upright.seen
        ):
            return first
        second = self._reading((turn + 270) % 360, tilt, seen)
        better = max((first, second), key=lambda reading: (reading.seen.sure_letters, reading.confidence))
        return _turned_if_clear(upright, better)

    def _reading(self, turn: int, tilt: float, seen: Look) -> Reading:
        margin = self._margin(turn, tilt)
        picture = self._prepared(turn, tilt, seen, margin)
        sheet_width, _ = sheet_size(self._facts.width, self._facts.height, turn, margin)
        scale = picture.shape[1] / sheet_width
        dpi = self._facts.dpi * scale
        if self._is_drawing or picture.size > decisions.TILE_PIXELS:
            layout = Layout.SPARSE if self._is_drawing else Layout.PAGE
            lines = read_in_tiles(self._engine, picture, dpi=dpi, layout=layout)
            if self._is_drawing:
                lines = self._looked_closer(lines, turn, scale)
        else:
            lines = self._engine.read(picture, dpi=dpi, layout=Layout.PAGE)
        if not are_sane(lines, picture.shape[1], picture.shape[0]):
            raise EngineRubbish(page=self._ref.number)
        written = self._parted(lines, picture)
        in_sheet = tuple(_enlarged(line, 1 / scale) for line in written.lines)
        by_hand = tuple(box.scaled(1 / scale) for box in written.handwritten)
        return Reading(in_sheet, mean_confidence(in_sheet), turn, tilt, margin, by_hand)

    def _parted(self, lines: tuple[Line, ...], picture: Grey) -> Parted:
        """Print and handwriting apart. A drawing has too little print to compare with."""
        if self._is_drawing:
            return Parted(lines, ())
        return parted(lines, word_looks(picture, lines))

    def _margin(self, turn: int, tilt: float) -> int:
        """Pixels of the source laid around the sheet, where straightening would push ink over its edge."""
        beyond = overflow(turn_array(self._grey, turn), tilt) / self._scale if tilt else 0.0
        return math.ceil(beyond + _MARGIN_INCHES * self._facts.dpi) if beyond else 0

    def _looked_closer(self, lines: tuple[Line, ...], turn: int, scale: float) -> tuple[Line, ...]:
        """Labels read once more where the source is finer than what was read."""
        if not lines or self._facts.dpi < 1.2 * _DRAWING_DPI:
            return lines
        fine, fine_scale = self._page.grey(min(1.0, _LABEL_DPI / self._facts.dpi))
        return read_closer(
            self._engine,
            lines,
            turn_array(fine, turn),
            scale=fine_scale / scale,
            dpi=self._facts.dpi * fine_scale,
        )

    def _prepared(self, turn: int, tilt: float, seen: Look, margin: int) -> Grey:
        """The picture at the size the engine reads best, upright and straight."""
        grey, scale = self._grey, self._scale
        if self._is_drawing:
            return turn_array(grey, turn)
        wanted = decisions.recognition_scale(seen.letter_height, scale, self._facts.dpi)
        if not decisions.close_enough(wanted, scale, seen.letter_height) and wanted > scale and scale < 1.0:
            grey, scale = self._page.grey(min(1.0, wanted))
        factor = wanted / scale
        if 0.85 <= factor <= 1.2:
            factor = 1.0
        return straighten(turn_array(grey, turn), tilt, factor, round(margin * scale * factor))

    def _finished(
        self, state: PageState, reading: Reading, seen: Look, marks: tuple[Mark, ...]
    ) -> PageResult:
        facts = self._facts
        width, height = sheet_size(facts.width, facts.height, reading.turn, reading.margin)
        result = PageResult(
            number=self._ref.number,
            source=self._ref.source.name,
            index=self._ref.index,
            state=state,
            width=width,
            height=height,
            dpi=facts.dpi,
            picture=kept_or_made(
                self._page, self._ref, reading.turn, reading.tilt, self._folder, reading.margin
            ),
            lines=reading.lines,
            marks=tuple(self._in_sheet(mark, reading) for mark in marks),
            confidence=round(reading.confidence, 1),
            engine=self._engine.name,
            turned_from_file=(reading.turn - facts.turn) % 360,
            handwritten=reading.handwritten,
        )
        shown = quality.Measured(
            dpi=facts.dpi,
            paper_light=seen.paper_light,
            sharpness=seen.sharpness,
            letter_height=(seen.letter_height or 0.0) / self._scale,
            letters=seen.letters,
            is_bilevel=facts.is_bilevel,
            is_direction_unsure=reading.is_direction_unsure,
            sheets=self._sheets,
        )
        return replace(result, findings=quality.findings(shown, result))

    def _in_sheet(self, mark: Mark, reading: Reading) -> Mark:
        """Codes were looked for in the page as its file shows it; the sheet may have been turned since."""
        width, height = sheet_size(self._facts.width, self._facts.height, self._facts.turn)
        extra = turned(width, height, (reading.turn - self._facts.turn) % 360)
        box = extra.around(mark.box.scaled(1 / self._scale))
        return replace(mark, box=box.moved(reading.margin, reading.margin))


def _turned_if_clear(upright: Reading, turned_page: Reading) -> Reading:
    """The page as it lies unless the other reading speaks clearly for turning it; a doubt is told."""
    if decisions.is_clearly_better(turned_page.seen, upright.seen):
        return turned_page
    return replace(upright, is_direction_unsure=decisions.is_perhaps_better(turned_page.seen, upright.seen))


def _enlarged(line: Line, factor: float) -> Line:
    return Line(tuple(Word(w.text, w.confidence, w.box.scaled(factor)) for w in line.words), line.block)
