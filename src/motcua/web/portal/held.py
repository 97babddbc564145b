"""Papers of the electronic warehouse in words, and as lines of a draft's checklist."""

from django.utils.translation import gettext, gettext_lazy

from motcua.catalogue import queries as catalogue
from motcua.documents.queries import PaperView, Standing
from motcua.web.kit import when
from motcua.web.kit.components import Tone
from motcua.web.portal import words

STANDINGS = {
    Standing.IN_FORCE: (gettext_lazy("Còn hiệu lực"), Tone.DONE),
    Standing.REPLACED: (gettext_lazy("Đã được thay"), Tone.QUIET),
    Standing.REVOKED: (gettext_lazy("Đã thu hồi"), Tone.LATE),
    Standing.EXPIRED: (gettext_lazy("Hết hạn"), Tone.SOON),
}


def number_of(paper: PaperView) -> str:
    """Number and symbol as printed: `12/2020`, `7/KQ`; the symbol of a result already begins with its number."""
    if not paper.number or paper.symbol.partition("/")[0] == paper.number:
        return paper.symbol or paper.number
    return "/".join(part for part in (paper.number, paper.symbol) if part)


def kind_names() -> dict[str, str]:
    """Names of kinds of paper in the reader's language, by code."""
    return {kind.code: words.name_of(kind) for kind in catalogue.paper_kinds()}


def title_of(paper: PaperView, kinds: dict[str, str]) -> str:
    """The paper's own title, the name of its kind where it has none."""
    return paper.title or kinds.get(paper.kind_code, "") or paper.file.filename


def named(paper: PaperView, kinds: dict[str, str]) -> str:
    """`Giấy chứng nhận kết hôn số 12/2020, UBND xã An Bình, cấp 08/03/2020`."""
    said = title_of(paper, kinds)
    if number_of(paper):
        said = gettext("%(title)s số %(number)s") % {"title": said, "number": number_of(paper)}
    if paper.issued_on:
        day = gettext("cấp %(day)s") % {"day": when.day(paper.issued_on)}
        return ", ".join(part for part in (said, paper.issuer, day) if part)
    return ", ".join(part for part in (said, paper.issuer) if part)
