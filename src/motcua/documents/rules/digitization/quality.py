"""Whether a page is good enough to be trusted: what a clerk would send back (Circular 01/2023/TT-VPCP art. 8; ≥ 200 dpi)."""

from dataclasses import dataclass

from motcua.documents.rules.digitization.pages import Finding, PageResult

#: Central guidance of October 2025: 300 dpi wanted, 200 accepted for ordinary papers.
LEAST_DPI = 195.0
DARK_PAPER = 110.0
BLURRED = 0.22
TOUCHES = 0.004
CUT_LINES = 3
WEAK = 75.0
#: Places where somebody wrote by hand.
HANDWRITING = "handwriting"


@dataclass(frozen=True, slots=True)
class Measured:
    """`paper_light` 0–255; `sharpness` 0–1; `letter_height` in source pixels."""

    dpi: float
    paper_light: float
    sharpness: float
    letter_height: float
    letters: int
    is_bilevel: bool
    is_direction_unsure: bool = False
    #: In one photograph.
    sheets: int = 1


def findings(seen: Measured, page: PageResult) -> tuple[Finding, ...]:
    """Codes: `low_resolution`, `dark`, `blurred`, `cut_off`, `hard_to_read`, `direction_unsure`, and as facts
    `several_sheets`, `handwriting`.
    """
    found: list[Finding] = []
    if seen.dpi < LEAST_DPI:
        found.append(Finding("low_resolution", round(seen.dpi)))
    if seen.paper_light < DARK_PAPER:
        found.append(Finding("dark", round(seen.paper_light)))
    if not seen.is_bilevel and seen.letters >= 50 and seen.sharpness < BLURRED:
        found.append(Finding("blurred", round(seen.sharpness, 2)))
    cut = cut_lines(page)
    if cut >= CUT_LINES:
        found.append(Finding("cut_off", cut))
    if page.lines and page.confidence < WEAK:
        found.append(Finding("hard_to_read", round(page.confidence)))
    if seen.is_direction_unsure:
        found.append(Finding("direction_unsure", 1))
    if seen.sheets > 1:
        found.append(Finding("several_sheets", seen.sheets))
    if page.handwritten:
        found.append(Finding(HANDWRITING, len(page.handwritten)))
    return tuple(found)


def doubts(page: PageResult) -> int:
    """Findings for which somebody must look at the page. Handwriting is told, and typed beside its fields; the page is good."""
    return sum(finding.code != HANDWRITING for finding in page.findings)


def cut_lines(page: PageResult) -> int:
    """Lines whose first or last believable word runs into the edge of the sheet."""
    reach = TOUCHES * page.width
    count = 0
    for line in page.lines:
        sure = [word for word in line.words if word.confidence >= 50 and len(word.text) > 1]
        if sure and (sure[0].box.left <= reach or sure[-1].box.right >= page.width - reach):
            count += 1
    return count
