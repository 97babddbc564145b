"""What happened to a file between two of its revisions: told as additions, or found to be a change of what was signed.

The base is the revision as it was signed, cut out of the file by its own byte range, so no later trick in the
cross-references can speak for it (shadow and incremental-saving attacks).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Name

from motcua.documents.adapters.verification.snapshot import Id, Likeness, Snapshot, differing, reached
from motcua.documents.rules.signatures.findings import Addition, AdditionKind, Alteration, AlterationKind

_STARTERS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/RichMediaExecute", "/SetOCGState", "/Hide"}
)  # fmt: skip
_PLAIN_ROOT = frozenset(
    {"/Pages", "/Type", "/DSS", "/AcroForm", "/Metadata", "/Names", "/OpenAction", "/AA", "/OCProperties",
     "/Extensions", "/Version", "/Perms"}
)  # fmt: skip
_QUIET_ANNOTATIONS = frozenset({"/Link", "/Popup"})
_MOST_OBJECTS = 12
_DEEPEST = 12
#: Two numbers a widget changes when another field is signed: its back link and its flags.
_TREE_KEYS = ("/P", "/Parent", "/Popup", "/IRT", "/StructParent", "/F", "/Ff", "/NM", "/M")


@dataclass(slots=True)
class Step:
    """`to_render` = pages (from 0) whose look has to be judged; `own` = places that were empty fields, filled since."""

    added: list[Addition] = field(default_factory=list)
    changed: list[Alteration] = field(default_factory=list)
    to_render: set[int] = field(default_factory=set)
    own: dict[int, list[tuple[float, float, float, float]]] = field(default_factory=dict)
    #: Pictures of signatures that stood there already: a seal may overlap them, as it does on paper.
    signed_pictures: dict[int, list[tuple[float, float, float, float]]] = field(default_factory=dict)
    #: Pages on which an annotation that is no signature and no form field came or changed.
    drawn_on: dict[int, set[str]] = field(default_factory=dict)


def compare(old: Snapshot, new: Snapshot, locked: "Locked") -> Step:
    """Everything but the look of annotations, which has to be rendered."""
    step = Step()
    likeness = Likeness(old, reached(old, differing(old, new)))
    _Comparison(old, new, likeness, locked, step).run()
    return step


@dataclass(frozen=True, slots=True)
class Locked:
    """Which fields a signature locked (FieldMDP)."""

    names: frozenset[str] | None = None
    is_inverted: bool = False

    def __contains__(self, name: str) -> bool:
        if self.names is None:
            return False
        return (name in self.names) != self.is_inverted


class _Comparison:
    def __init__(self, old: Snapshot, new: Snapshot, likeness: Likeness, locked: Locked, step: Step) -> None:
        self.old, self.new, self.likeness = old, new, likeness
        self.locked, self.step = locked, step

    def run(self) -> None:
        self._pages()
        self._root()
        self._fields()

    def _pages(self) -> None:
        before, after = self.old.pages, self.new.pages
        if len(before) != len(after):
            first = min(len(before), len(after)) + 1
            last = max(len(before), len(after))
            self.step.changed.append(Alteration(AlterationKind.PAGES, tuple(range(first, last + 1))))
        different: list[int] = []
        objects: set[int] = set()
        for number, (was, is_now) in enumerate(zip(before, after, strict=False)):
            found = self._content_differs(was, is_now)
            if found is not None:
                different.append(number + 1)
                objects |= found
                self.step.to_render.add(number)
            self._annotations(number, was, is_now)
            if self._starts_something(was.get("/AA"), is_now.get("/AA")):
                self.step.changed.append(Alteration(AlterationKind.ACTIVE, (number + 1,)))
        if different:
            numbers = tuple(sorted(objects))[:_MOST_OBJECTS]
            self.step.changed.append(Alteration(AlterationKind.PAGE_CONTENT, tuple(different), numbers))

    def _content_differs(self, was: pikepdf.Object, is_now: pikepdf.Object) -> set[int] | None:
        before, after = self.old.content_of(was), self.new.content_of(is_now)
        self.likeness.culprits.clear()
        different = [key for key in before.keys() | after.keys() if not self._agrees(before, after, key)]
        return (self.likeness.culprits or {was.objgen[0]}) if different else None

    def _agrees(self, before: Mapping[str, object], after: Mapping[str, object], key: str) -> bool:
        return key in before and key in after and self.likeness.holds(before[key], after[key])

    def _annotations(self, number: int, was: pikepdf.Object, is_now: pikepdf.Object) -> None:
        before, after = _annotations_of(was), _annotations_of(is_now)
        keys_before = [_key(each) for each in before]
        known = set(keys_before)
        for each in after:
            key = _key(each)
            if key not in known:
                self._annotation_came(number, each)
            elif self._is_touched(each, key):
                self._annotation_changed(number, each)
        present = {_key(each) for each in after}
        gone = [each for each in before if _key(each) not in present]
        if gone:
            self.step.to_render.add(number)
            for each in gone:
                self._drawn(number, each)

    def _is_touched(self, each: pikepdf.Object, key: object) -> bool:
        if not isinstance(key, tuple):
            return False
        before = self.old.document.get_object(key)
        for name in {*before.keys(), *each.keys()} - set(_TREE_KEYS):
            if not self.likeness.holds(before.get(name), each.get(name)):
                return True
        return before.get("/F") != each.get("/F")

    def _annotation_came(self, number: int, each: pikepdf.Object) -> None:
        self.step.to_render.add(number)
        if each.get("/Subtype") != Name.Widget:
            self._drawn(number, each)
        if _acts(each):
            self.step.changed.append(Alteration(AlterationKind.ACTIVE, (number + 1,), (each.objgen[0],)))

    def _annotation_changed(self, number: int, each: pikepdf.Object) -> None:
        self.step.to_render.add(number)
        before = self.old.document.get_object(each.objgen)
        if each.get("/Subtype") != Name.Widget:
            self._drawn(number, each)
        if _acts(each) and not _acts(before):
            self.step.changed.append(Alteration(AlterationKind.ACTIVE, (number + 1,), (each.objgen[0],)))

    def _drawn(self, number: int, each: pikepdf.Object) -> None:
        kind = str(each.get("/Subtype", ""))
        if kind not in _QUIET_ANNOTATIONS:
            self.step.drawn_on.setdefault(number, set()).add(kind.lstrip("/"))

    def _root(self) -> None:
        before, after = self.old.document.Root, self.new.document.Root
        if self._differs(before, after, "/DSS"):
            self.step.added.append(Addition(AdditionKind.VALIDATION_DATA))
        if self._differs(before, after, "/Metadata"):
            self.step.added.append(Addition(AdditionKind.METADATA))
        if self._differs(before, after, "/OCProperties"):
            self.step.changed.append(Alteration(AlterationKind.LAYERS))
        for key in ("/OpenAction", "/AA"):
            if self._starts_something(before.get(key), after.get(key)):
                self.step.changed.append(Alteration(AlterationKind.ACTIVE))
        self._names(before.get("/Names"), after.get("/Names"))
        for key in {*before.keys(), *after.keys()} - _PLAIN_ROOT:
            if self._differs(before, after, key):
                self.step.added.append(Addition(AdditionKind.STRUCTURE, key.lstrip("/")))
        forms = [root.get("/AcroForm") for root in (before, after)]
        has_xfa = [isinstance(form, pikepdf.Dictionary) and "/XFA" in form for form in forms]
        if has_xfa == [False, True]:
            self.step.changed.append(Alteration(AlterationKind.ACTIVE))

    def _names(self, before: object, after: object) -> None:
        was = before if isinstance(before, pikepdf.Dictionary) else pikepdf.Dictionary()
        is_now = after if isinstance(after, pikepdf.Dictionary) else pikepdf.Dictionary()
        if self._differs(was, is_now, "/JavaScript"):
            self.step.changed.append(Alteration(AlterationKind.ACTIVE))
        if self._differs(was, is_now, "/EmbeddedFiles"):
            self.step.added.append(Addition(AdditionKind.ATTACHMENT))

    def _differs(self, before: pikepdf.Object, after: pikepdf.Object, key: str) -> bool:
        return not self.likeness.holds(before.get(key), after.get(key))

    def _starts_something(self, was: object, is_now: object) -> bool:
        return _contains_starter(is_now) and not self.likeness.holds(was, is_now)

    def _fields(self) -> None:
        places = _places(self.new)
        old_places = _places(self.old)
        for node in self.old.fields.values():
            if _is_signed(node):
                for number, rectangle in _widgets(node, old_places):
                    self.step.signed_pictures.setdefault(number, []).append(rectangle)
        for name, node in self.new.fields.items():
            before = self.old.fields.get(name)
            was, is_now = (before.get("/V") if before is not None else None), node.get("/V")
            if before is not None and self.likeness.holds(was, is_now):
                continue
            pages = tuple(sorted({number + 1 for number, _ in _widgets(node, places)}))
            kind = _kind_of(node)
            if kind is AdditionKind.FORM_FILLED and before is None:
                kind = AdditionKind.FIELD
            self.step.added.append(Addition(kind, name, pages, is_visible=_is_seen(node, places)))
            if kind is AdditionKind.FORM_FILLED and name in self.locked:
                self.step.changed.append(Alteration(AlterationKind.LOCKED_FIELD, pages, (node.objgen[0],)))
            if before is not None and _is_empty(was):
                for number, rectangle in _widgets(before, old_places):
                    self.step.own.setdefault(number, []).append(rectangle)


def _kind_of(node: pikepdf.Object) -> AdditionKind:
    if not _is_signature_field(node):
        return AdditionKind.FORM_FILLED
    value = node.get("/V")
    if not isinstance(value, pikepdf.Dictionary):
        return AdditionKind.FIELD
    return (
        AdditionKind.TIME_STAMP
        if value.get("/SubFilter") == Name("/ETSI.RFC3161")
        else AdditionKind.SIGNATURE
    )


def _is_signature_field(node: pikepdf.Object) -> bool:
    above: object = node
    depth = 0
    while isinstance(above, pikepdf.Dictionary) and depth < _DEEPEST:
        if "/FT" in above:
            return bool(above["/FT"] == Name.Sig)
        above, depth = above.get("/Parent"), depth + 1
    return False


def _is_signed(node: pikepdf.Object) -> bool:
    return _is_signature_field(node) and isinstance(node.get("/V"), pikepdf.Dictionary)


def _is_empty(value: object) -> bool:
    return (
        value is None or (isinstance(value, pikepdf.String) and not str(value).strip()) or value == Name.Off
    )


def _places(snapshot: Snapshot) -> dict[Id, int]:
    """On which page an annotation stands, by the page's own list (a widget's word for its page may be wrong)."""
    found = {}
    for number, page in enumerate(snapshot.pages):
        for each in _annotations_of(page):
            found[each.objgen] = number
    return found


def _widgets(
    node: pikepdf.Object, places: dict[Id, int]
) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    kids = node.get("/Kids")
    for each in [node, *(list(kids) if isinstance(kids, pikepdf.Array) else [])]:
        if not isinstance(each, pikepdf.Dictionary) or each.objgen not in places or each.objgen == (0, 0):
            continue
        rectangle = rectangle_of(each)
        if rectangle is not None:
            yield places[each.objgen], rectangle


def rectangle_of(annotation: pikepdf.Object) -> tuple[float, float, float, float] | None:
    given = annotation.get("/Rect")
    if not isinstance(given, pikepdf.Array) or len(given) != 4:
        return None
    try:
        a, b, c, d = (float(number) for number in given)
    except (TypeError, ValueError):
        return None
    left, bottom, right, top = min(a, c), min(b, d), max(a, c), max(b, d)
    return (left, bottom, right, top) if right > left and top > bottom else None


def _is_seen(node: pikepdf.Object, places: dict[Id, int]) -> bool:
    return any(True for _ in _widgets(node, places))


def _annotations_of(page: pikepdf.Object) -> list[pikepdf.Object]:
    given = page.get("/Annots")
    return (
        [each for each in given if isinstance(each, pikepdf.Dictionary)]
        if isinstance(given, pikepdf.Array)
        else []
    )


def _key(annotation: pikepdf.Object) -> object:
    return annotation.objgen if annotation.objgen != (0, 0) else annotation.unparse(resolved=True)


def _acts(annotation: pikepdf.Object) -> bool:
    return _contains_starter(annotation.get("/A")) or _contains_starter(annotation.get("/AA"))


def _contains_starter(value: object, depth: int = 0) -> bool:
    """An action that runs or hides something, anywhere in a chain of actions."""
    if depth > _DEEPEST:
        return True
    if isinstance(value, pikepdf.Array):
        return any(_contains_starter(each, depth + 1) for each in value)
    if not isinstance(value, pikepdf.Dictionary) or value.get("/Type") == Name.Page:
        return False
    if str(value.get("/S", "")) in _STARTERS:
        return True
    inner = [value[key] for key in value.keys() - {"/D", "/P", "/Parent", "/SD"}]
    return any(_contains_starter(each, depth + 1) for each in inner)
