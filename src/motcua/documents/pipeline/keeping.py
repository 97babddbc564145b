"""Binding a record in which there are pages of PDFs: they are kept as they are, the text that was read is laid under them."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from motcua.documents.adapters.pdf.hidden import without_hidden_text
from motcua.documents.adapters.pdf.keeper import ArchiveKeeper, Placing
from motcua.documents.adapters.pdf.reader import PdfPage, PdfSource
from motcua.documents.pipeline.drawing import Sources, drawn_page
from motcua.documents.pipeline.folder import WorkFolder
from motcua.documents.pipeline.options import PageRef
from motcua.documents.rules.digitization.geometry import Affine, page_space, sheet_size, tilted, turned
from motcua.documents.rules.digitization.own_text import OwnText, is_believed, without
from motcua.documents.rules.digitization.pages import Line, PageResult, PageState, Picture
from motcua.documents.rules.digitization.refusals import PageTooLarge
from motcua.documents.rules.digitization.text_layer import text_operators


def keep_pdf(target: Path, title: str, refs: Sequence[PageRef], folder: WorkFolder, source: str = "") -> None:
    """Write the archive file to `target`."""
    read = any(folder.result(ref.number).state is PageState.RECOGNISED for ref in refs)
    with Sources() as sources:
        whole = _whole_file(refs, sources)
        with ArchiveKeeper(
            target, title, whole=whole, language="vi" if read else "", source=source
        ) as keeper:
            for ref in refs:
                _add(keeper, ref, folder.result(ref.number), folder, sources)


def _whole_file(refs: Sequence[PageRef], sources: Sources) -> Path | None:
    """The PDF whose pages, all and in their order, are the record."""
    path = refs[0].source
    if any(ref.source != path for ref in refs):
        return None
    source = sources.of(path)
    in_order = [ref.index for ref in refs] == list(range(source.page_count))
    return path if in_order and isinstance(source, PdfSource) else None


def _add(keeper: ArchiveKeeper, ref: PageRef, page: PageResult, folder: WorkFolder, sources: Sources) -> None:
    source = sources.of(ref.source)
    if isinstance(source, PdfSource) and _may_be_opened(page):
        mine = source.page(ref.index)
        if mine.can_be_kept and (page.picture is None or page.picture.made is None):
            keeper.keep(mine.page, _placing(mine, page))
            keeper.take_layers(source.document)
            return
    drawn = drawn_page(page, ref, folder, sources)
    pictures = () if drawn.raw is None else (drawn.raw, *drawn.over)
    keeper.draw(drawn.size, pictures, drawn.drawing, drawn.text, drawn.unit)


def _may_be_opened(page: PageResult) -> bool:
    """A page refused for its size needs not be decoded to be kept; one that nothing could be had of is not touched again."""
    return page.state is not PageState.LOST or (
        page.trouble is not None and page.trouble.code == PageTooLarge.code
    )


def _placing(mine: PdfPage, page: PageResult) -> Placing:
    facts = mine.facts
    picture = page.picture or Picture(facts.width, facts.height, facts.turn)
    margin = picture.margin
    # Turns of a picture are counted from how it lies in the file, those of a drawn page from how the file shows it.
    turn = (picture.turn - facts.turn + mine.turn) % 360
    width, height = max(1, page.width - 2 * margin), max(1, page.height - 2 * margin)
    space = page_space(mine.shown, turn, width, height)
    lines, content = _text_to_lay(mine, page, picture)
    k = 72 / (page.dpi or 72)
    points = Affine(1 / k, 0, 0, -1 / k, -margin, page.height - margin)
    straighten = None
    if picture.tilt:
        straighten = space.inverse().then(tilted(width, height, picture.tilt)).then(space)
    per_pixel = mine.shown.width / (height if turn in (90, 270) else width)
    return Placing(
        text=partial(text_operators, lines, page.height, k),
        text_map=points.then(space),
        turn=turn,
        straighten=straighten,
        boxes_grow=margin * per_pixel,
        content=content,
    )


def _text_to_lay(mine: PdfPage, page: PageResult, picture: Picture) -> tuple[Sequence[Line], bytes | None]:
    """The lines the file does not have itself, and its content without an invisible layer that was not believed."""
    if page.state is PageState.BORN_DIGITAL:
        return (), None
    own = mine.own_text()
    if own == OwnText() or page.state is not PageState.RECOGNISED:
        return page.lines, None
    facts = mine.facts
    size = sheet_size(facts.width, facts.height, facts.turn)
    extra = (picture.turn - facts.turn) % 360
    place = turned(*size, extra)
    if picture.tilt:
        place = place.then(tilted(*sheet_size(*size, extra), picture.tilt))
    own = own.moved(place.then(Affine(e=picture.margin, f=picture.margin)))
    if is_believed(own.hidden, page.lines, page.confidence):
        return without(page.lines, (*own.visible, *own.hidden)), None
    return without(page.lines, own.visible), without_hidden_text(mine.page) if own.hidden else None
