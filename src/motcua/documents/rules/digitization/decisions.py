"""When to turn, straighten, shrink, cut into tiles or leave alone: numbers in, decisions out.

The thresholds were measured with `benchmarks/digitization.py`; docs/benchmarks.md says with what result.
"""

from dataclasses import dataclass

#: Height of a small letter (x) in the picture given to the engine. Vietnamese marks survive from about 11 px up; at 15 px
#: the recogniser is a third faster than at 30 px and makes fewer mistakes, because shrinking averages the noise away.
WANTED_LETTER = 15.0
LEAST_LETTER = 11.0
#: Never enlarge more than this: enlarging a coarse scan adds no knowledge.
LARGEST_SCALE = 2.0
#: A sheet within this many degrees of straight is left exactly as it is.
STRAIGHT_ENOUGH = 0.1
#: How much sharper the lines must stand at the best angle than at the usual one.
SURE_TILT = 2.0
#: Steeper than this is not a crooked sheet but a drawing.
STEEPEST = 7.0
#: A share of ink below which a page has nothing on it (specks, punch holes and bleed-through removed before).
BLANK_INK = 0.0006
#: Words below this mean confidence make the page be looked at in other directions.
DOUBTFUL_PAGE = 62.0
#: Pictures above this many pixels at recognition scale are read in tiles.
TILE_PIXELS = 24_000_000


#: Pages of one record; the thickest known has 2,000.
MOST_PAGES = 5_000


@dataclass(frozen=True, slots=True)
class PageLimits:
    """What one page may ask of the machine."""

    #: A0 at 600 dpi is 558 million pixels.
    grey_pixels: int = 620_000_000
    colour_pixels: int = 300_000_000
    pages: int = MOST_PAGES

    def allows(self, width: int, height: int, *, is_colour: bool) -> bool:
        return 0 < width * height <= (self.colour_pixels if is_colour else self.grey_pixels)


def recognition_scale(letter_height: float | None, scale_now: float, dpi: float) -> float:
    """How much of the source's resolution the engine should see.

    `letter_height`: typical x-height in pixels of the picture measured, which is `scale_now` of the source; None if no
    letters were found (then 150 dpi is enough to find out that there are none).
    """
    if letter_height is None or letter_height <= 0:
        return min(1.0, max(150.0 / dpi, 0.05)) if dpi > 0 else 1.0
    in_source = letter_height / scale_now
    wanted = WANTED_LETTER / in_source
    return min(LARGEST_SCALE, max(wanted, 0.05))


def close_enough(scale: float, scale_now: float, letter_height: float | None) -> bool:
    """Whether the picture at hand can be used although it is not exactly at the wanted scale."""
    if letter_height is None:
        return scale_now >= scale * 0.9
    return 0.85 <= scale / scale_now <= 1.25 and letter_height >= LEAST_LETTER


def tilt_to_apply(measured: float, certainty: float) -> float:
    """Degrees to straighten by, 0 where the sheet is straight enough or the measure is a guess."""
    if certainty < SURE_TILT or not STRAIGHT_ENOUGH <= abs(measured) <= STEEPEST:
        return 0.0
    return round(measured, 2)


def is_blank(ink: float, letters: int) -> bool:
    return ink < BLANK_INK and letters < 12


def should_try_other_directions(confidence: float, letters: int) -> bool:
    return letters >= 12 and confidence < DOUBTFUL_PAGE


@dataclass(frozen=True, slots=True)
class DirectionSeen:
    """What reading a page one way up gave: letters in words read surely, and the mean confidence (0–100) of all."""

    sure_letters: int
    confidence: float


#: Words of so many letters in all must have been read before a page is turned.
_LETTERS_TO_TURN = 12
_TIMES_THE_LETTERS = 2.0
_MORE_CONFIDENT = 5.0


def is_clearly_better(turned: DirectionSeen, upright: DirectionSeen) -> bool:
    """Whether a page is to be turned: two readings are compared, and the turned one must be better in both respects."""
    return (
        turned.sure_letters >= _LETTERS_TO_TURN
        and turned.sure_letters >= _TIMES_THE_LETTERS * upright.sure_letters
        and turned.confidence >= DOUBTFUL_PAGE
        # The confidence of a word or two says nothing.
        and (
            upright.sure_letters < _LETTERS_TO_TURN
            or turned.confidence >= upright.confidence + _MORE_CONFIDENT
        )
    )


def is_perhaps_better(turned: DirectionSeen, upright: DirectionSeen) -> bool:
    """Whether somebody must be asked, because the page was left as it lay though another way up may be right."""
    return turned.sure_letters >= _LETTERS_TO_TURN and turned.sure_letters > upright.sure_letters


def page_timeout(pixels: int, seconds: float) -> float:
    """Seconds a page may take before its worker is given up: `seconds` for A4, more for a drawing."""
    return seconds * max(1.0, pixels / 35_000_000)
