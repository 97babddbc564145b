"""What in a PDF acts by itself or carries something else: programs, calls of other programs, attachments, XFA forms."""

from collections.abc import Iterator
from typing import Any

import pikepdf

from motcua.documents.rules.files import ActiveContent

#: Objects looked at; a PDF of 5,000 scanned pages has 40,000. More is looked at no further: it is called damaged.
_MOST_OBJECTS = 2_000_000
_ACTIONS = {
    "/JavaScript": ActiveContent.PROGRAM,
    "/Rendition": ActiveContent.PROGRAM,
    "/RichMediaExecute": ActiveContent.PROGRAM,
    "/Launch": ActiveContent.LAUNCH,
    "/ImportData": ActiveContent.LAUNCH,
    "/SubmitForm": ActiveContent.LAUNCH,
    "/GoToE": ActiveContent.ATTACHMENT,
}
_ANNOTATIONS = {
    "/FileAttachment": ActiveContent.ATTACHMENT,
    "/RichMedia": ActiveContent.PROGRAM,
    "/Movie": ActiveContent.PROGRAM,
    "/Screen": ActiveContent.PROGRAM,
    "/3D": ActiveContent.PROGRAM,
}
_DEEPEST = 30


def active_content(document: pikepdf.Pdf) -> Iterator[ActiveContent]:
    """Every kind found, once. All objects are looked at, reached from the pages or not: a viewer may reach them otherwise."""
    found: set[ActiveContent] = set()
    for number, thing in enumerate(document.objects):
        if number > _MOST_OBJECTS:
            raise ValueError("too many objects")
        found.update(_in(thing, 0))
    found.update(_in(document.trailer, 0))
    yield from sorted(found)


def _in(thing: object, depth: int) -> Iterator[ActiveContent]:
    """Of this object and those written inside it (not those it points to: they come by themselves)."""
    if depth > _DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(thing, pikepdf.Array):
        for one in thing:
            yield from _in_direct(one, depth)
        return
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return
    yield from _named(thing)
    for key in thing.keys():  # noqa: SIM118 - iterating over the object itself gives no keys of a stream
        yield from _in_direct(thing.get(key), depth)


def _in_direct(thing: object, depth: int) -> Iterator[ActiveContent]:
    if isinstance(thing, pikepdf.Object) and not thing.is_indirect:
        yield from _in(thing, depth + 1)


def _named(thing: Any) -> Iterator[ActiveContent]:
    keys = thing.keys()
    if "/JS" in keys:
        yield ActiveContent.PROGRAM
    if "/S" in keys and (kind := _ACTIONS.get(str(thing.get("/S")))):
        yield kind
    if "/Subtype" in keys and (kind := _ANNOTATIONS.get(str(thing.get("/Subtype")))):
        yield kind
    if "/EF" in keys or "/EmbeddedFiles" in keys or str(thing.get("/Type", "")) == "/EmbeddedFile":
        yield ActiveContent.ATTACHMENT
    if "/XFA" in keys:
        yield ActiveContent.XFA
