"""Everything a page of a PDF draws with: its own resources and those of forms, patterns, letters and looks of annotations."""

from collections.abc import Iterator
from typing import Any

import pikepdf

#: Forms within forms; deeper files are made to hurt.
_DEEPEST = 40


def drawn_with(page: pikepdf.Page) -> Iterator[Any]:
    """Each dictionary or stream that has `/Resources`, once: the page first, then what it and its annotations show."""
    seen: set[tuple[int, int]] = set()
    yield from _holders(page.obj, seen, 0)
    for annotation in annotations(page):
        for look in looks(annotation):
            yield from _holders(look, seen, 0)


def annotations(page: pikepdf.Page) -> tuple[Any, ...]:
    found = page.obj.get("/Annots")
    if not isinstance(found, pikepdf.Array):
        return ()
    return tuple(one for one in found if isinstance(one, pikepdf.Dictionary))


def looks(annotation: Any) -> Iterator[Any]:
    """The streams under `/AP /N`: one, or one for each state of a box."""
    normal = annotation.get("/AP", pikepdf.Dictionary()).get("/N")
    if isinstance(normal, pikepdf.Stream):
        yield normal
    elif isinstance(normal, pikepdf.Dictionary):
        yield from (one for _, one in normal.items() if isinstance(one, pikepdf.Stream))


def resources_of(holder: Any) -> Any:
    """The dictionary of resources; a page may have it from above."""
    node = holder
    for _ in range(_DEEPEST):
        found = node.get("/Resources")
        if isinstance(found, pikepdf.Dictionary):
            return found
        if "/Parent" not in node or isinstance(holder, pikepdf.Stream):
            break
        node = node.get("/Parent")
    return pikepdf.Dictionary()


def entries(holder: Any, kind: str) -> Iterator[tuple[str, Any]]:
    """Name and object of each resource of a kind (`/Font`, `/XObject` …)."""
    found = resources_of(holder).get(kind)
    if isinstance(found, pikepdf.Dictionary):
        yield from ((str(name), one) for name, one in found.items())


def _holders(holder: Any, seen: set[tuple[int, int]], depth: int) -> Iterator[Any]:
    if depth > _DEEPEST or holder.objgen in seen:
        return
    if holder.objgen != (0, 0):
        seen.add(holder.objgen)
    yield holder
    for kind in ("/XObject", "/Pattern", "/Font"):
        for _, one in entries(holder, kind):
            if _holds(kind, one):
                yield from _holders(one, seen, depth + 1)
    for _, state in entries(holder, "/ExtGState"):
        mask = state.get("/SMask") if isinstance(state, pikepdf.Dictionary) else None
        if isinstance(mask, pikepdf.Dictionary) and isinstance(mask.get("/G"), pikepdf.Stream):
            yield from _holders(mask.G, seen, depth + 1)


def _holds(kind: str, one: Any) -> bool:
    if kind == "/XObject":
        return isinstance(one, pikepdf.Stream) and str(one.get("/Subtype", "")) == "/Form"
    if kind == "/Pattern":
        return isinstance(one, pikepdf.Stream)
    return isinstance(one, pikepdf.Dictionary) and str(one.get("/Subtype", "")) == "/Type3"
