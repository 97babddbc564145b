"""One revision of a file as a graph of objects: what is equal in two revisions, and what a difference reaches."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cached_property

import pikepdf

from motcua.documents.adapters.verification.fields import form_fields, opened

Id = tuple[int, int]
_REFERENCE = re.compile(rb"(?<!\d)(\d{1,10}) (\d{1,5}) R\b")
#: Where an annotation or a field points back up or across; following these would make everything depend on everything.
_UPWARDS = re.compile(rb"/(?:P|Parent|Popup|IRT) \d{1,10} \d{1,5} R\b")
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_NOT_CONTENT = frozenset(
    {"/Annots", "/Parent", "/Metadata", "/PieceInfo", "/LastModified", "/StructParents", "/Tabs", "/AA", "/B",
     "/Type", "/ID", "/Thumb", "/PressSteps", "/Trans", "/Dur"}
)  # fmt: skip
_CONTAINERS = (b"/Type /ObjStm", b"/Type /XRef")
#: How a stream is packed, not what it holds (ISO 32000-2, table 5).
_PACKING = frozenset({"/Length", "/Filter", "/DecodeParms", "/DL"})
_NUMBERS = (int, float, Decimal)
_DEEPEST = 64
_MOST_OBJECTS = 2_000_000


class Snapshot:
    """Opens the bytes up to the end of a revision. Raises `Protected` or `Damaged`."""

    def __init__(self, data: bytes, *, recover: bool = False) -> None:
        self.document = opened(data, recover=recover)

    @cached_property
    def flaws(self) -> int:
        """How many objects are not written by the rules: such mean one thing to one program and another to the next."""
        _ = self.values  # every object has been looked at
        return sum("(object " in str(each) for each in self.document.get_warnings())

    def close(self) -> None:
        self.document.close()

    @cached_property
    def values(self) -> dict[Id, bytes]:
        """Every object as text, references unresolved, without stream content; free and null objects are absent."""
        found, seen = {}, set()
        objects: Iterable[object] = self.document.objects
        for each in objects:
            if not isinstance(each, pikepdf.Object):
                continue  # bare numbers and words come without their names: below
            seen.add(each.objgen[0])
            if isinstance(each, pikepdf.Stream):
                text = each.stream_dict.unparse(resolved=True)
                if not any(kind in text for kind in _CONTAINERS):
                    found[each.objgen] = b"stream " + text
            elif (text := each.unparse(resolved=True)) != b"null":
                found[each.objgen] = text
        return found | dict(self._scalars(seen))

    def _scalars(self, seen: set[int]) -> Iterator[tuple[Id, bytes]]:
        size = self.document.trailer.get("/Size", 0)
        for number in range(1, min(int(size), _MOST_OBJECTS)):
            if number not in seen and (value := self.document.get_object((number, 0))) is not None:
                yield (number, 0), repr(value).encode()

    @cached_property
    def users(self) -> dict[Id, set[Id]]:
        """Which objects refer to an object. Pages and what stands above them are left out: they are compared by key."""
        found: dict[Id, set[Id]] = defaultdict(set)
        for key, text in self.values.items():
            if _is_tree(text):
                continue
            for target in references(text):
                found[target].add(key)
        return found

    @cached_property
    def pages(self) -> list[pikepdf.Object]:
        return [page.obj for page in self.document.pages]

    @cached_property
    def fields(self) -> dict[str, pikepdf.Object]:
        return dict(form_fields(self.document))

    def content_of(self, page: pikepdf.Object) -> dict[str, object]:
        """What a page is made of, inherited entries too; not its annotations and not its place in the tree."""
        found: dict[str, object] = {key: page[key] for key in page.keys() - _NOT_CONTENT}
        above, depth = page.get("/Parent"), 0
        while isinstance(above, pikepdf.Dictionary) and depth < _DEEPEST:
            for key in _INHERITED:
                if key not in found and key in above:
                    found[key] = above[key]
            above, depth = above.get("/Parent"), depth + 1
        contents = found.get("/Contents")
        if isinstance(contents, pikepdf.Array) and len(contents) == 1:
            found["/Contents"] = contents[0]
        found.setdefault("/Rotate", 0)
        return found

    def stream_of(self, key: Id) -> bytes:
        value = self.document.get_object(key)
        return value.read_raw_bytes() if isinstance(value, pikepdf.Stream) else b""


def references(text: bytes) -> Iterable[Id]:
    if (not text.startswith(b"stream ") and b"/Rect" in text and b"/Subtype" in text) or b"/FT" in text:
        text = _UPWARDS.sub(b"", text)
    return ((int(number), int(generation)) for number, generation in _REFERENCE.findall(text))


def differing(old: Snapshot, new: Snapshot) -> set[Id]:
    """Objects that are not the same in both: other text, other stream content, or only in one of them."""
    found = set()
    for key in old.values.keys() | new.values.keys():
        before, after = old.values.get(key), new.values.get(key)
        if before != after or (
            before is not None and before.startswith(b"stream ") and old.stream_of(key) != new.stream_of(key)
        ):
            found.add(key)
    return found


def reached(old: Snapshot, changed: set[Id]) -> set[Id]:
    """Everything in the old revision that shows a changed object, however indirectly."""
    found = {key for key in changed if not _is_tree(old.values.get(key, b""))}
    todo = list(found)
    while todo:
        for user in old.users.get(todo.pop(), ()):
            if user not in found:
                found.add(user)
                todo.append(user)
    return found


def _is_tree(text: bytes) -> bool:
    return any(
        kind in text
        for kind in (b"/Type /Page ", b"/Type /Pages", b"/Type /Catalog", b"/Type /Page>", b"/Type /Page/")
    )


def text_of_value(value: object) -> bytes:
    """A reference stays a reference: what stands behind it is compared as an object of its own."""
    return value.unparse() if isinstance(value, pikepdf.Object) else repr(value).encode()


class Likeness:
    """Whether two values show the same, whatever numbers their objects carry. `culprits` = old objects that differ."""

    def __init__(self, old: Snapshot, dirty: set[Id]) -> None:
        self._old, self._dirty = old, dirty
        self._seen: dict[tuple[Id, Id], bool] = {}
        self.culprits: set[int] = set()

    def holds(self, before: object, after: object) -> bool:
        was, is_now = text_of_value(before), text_of_value(after)
        if was == is_now and not any(key in self._dirty for key in references(was)):
            return True
        return self._is_same(before, after, 0)

    def _is_same(self, before: object, after: object, depth: int) -> bool:
        if depth > _DEEPEST * 4:
            return False
        if isinstance(before, _NUMBERS) and isinstance(after, _NUMBERS):
            return before == after  # 612 and 612.0 are one number, written by two programs
        if not (isinstance(before, pikepdf.Object) and isinstance(after, pikepdf.Object)):
            return type(before) is type(after) and before == after
        if before.is_indirect and before.objgen == after.objgen and before.objgen not in self._dirty:
            return True
        pair = before.objgen, after.objgen
        if (0, 0) in pair:
            return self._is_same_value(before, after, depth)
        if pair not in self._seen:
            self._seen[pair] = True  # a ring of references agrees with itself
            self._seen[pair] = self._is_same_value(before, after, depth)
            if not self._seen[pair]:
                self.culprits.add(before.objgen[0])
        return self._seen[pair]

    def _is_same_stream(self, before: pikepdf.Stream, after: pikepdf.Stream, depth: int) -> bool:
        """The same content, packed the same way or another: programs pack streams anew when they save."""
        was, is_now = before.stream_dict, after.stream_dict
        if self._is_same(was, is_now, depth) and before.read_raw_bytes() == after.read_raw_bytes():
            return True
        keys = {*was.keys(), *is_now.keys()} - _PACKING
        if not all(
            key in was and key in is_now and self._is_same(was[key], is_now[key], depth) for key in keys
        ):
            return False
        try:
            return before.read_bytes() == after.read_bytes()
        except (pikepdf.PdfError, RuntimeError):
            return False  # a picture, whose packing is its content

    def _is_same_value(self, before: pikepdf.Object, after: pikepdf.Object, depth: int) -> bool:
        if isinstance(before, pikepdf.Stream):
            return isinstance(after, pikepdf.Stream) and self._is_same_stream(before, after, depth + 1)
        if isinstance(before, pikepdf.Array):
            return (
                isinstance(after, pikepdf.Array)
                and len(before) == len(after)
                and all(self._is_same(a, b, depth + 1) for a, b in zip(before, after, strict=True))
            )
        if isinstance(before, pikepdf.Dictionary):
            if not isinstance(after, pikepdf.Dictionary) or set(before.keys()) != set(after.keys()):
                return False
            if before.get("/Type") in (pikepdf.Name.Page, pikepdf.Name.Pages, pikepdf.Name.Catalog):
                return bool(before.objgen == after.objgen)
            return all(self._is_same(before[key], after[key], depth + 1) for key in before.keys())  # noqa: SIM118 - iterating gives untyped keys
        return bool(before.unparse(resolved=True) == after.unparse(resolved=True))
