"""The signatures of a PDF as its form lists them, and the file's revisions, read with qpdf."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
from pikepdf import Name

_DEEPEST = 32
_MOST_FIELDS = 20_000


class Protected(Exception):
    """The file opens only with a password."""


class Damaged(Exception):
    """The file cannot be read as a PDF."""


@dataclass(frozen=True, slots=True)
class SignatureField:
    """One signed field. `permission` = what a certification allows later (1 nothing, 2 forms and signatures, 3 and notes)."""

    name: str
    byte_range: list[int]
    contents: bytes
    sub_filter: str
    is_time_stamp: bool
    claimed_at: str = ""
    reason: str = ""
    permission: int | None = None
    locked: frozenset[str] | None = None
    #: With `locked`: the names listed are the ones left free.
    is_lock_inverted: bool = False
    certificates: tuple[bytes, ...] = field(default=(), repr=False)


def opened(data: bytes, *, recover: bool) -> pikepdf.Pdf:
    """With the empty password. `recover`: also with a damaged cross-reference. Raises `Protected` or `Damaged`."""
    try:
        return pikepdf.open(BytesIO(data), password="", attempt_recovery=recover, suppress_warnings=True)
    except pikepdf.PasswordError as refusal:
        raise Protected from refusal
    except (pikepdf.PdfError, ValueError, RuntimeError, OverflowError) as refusal:
        raise Damaged from refusal


def signature_fields(document: pikepdf.Pdf) -> list[SignatureField]:
    """Signed fields in the order of the form, then signatures that stand in no field: somebody detached or damaged them.

    Those whose dictionary makes no sense have an empty range. Usage rights of a program (`/UR3`) are no signature of anybody.
    """
    found, seen = [], _usage_rights(document)
    for name, node in form_fields(document):
        value = node.get("/V")
        if isinstance(value, pikepdf.Dictionary) and "/ByteRange" in value and "/Contents" in value:
            seen.add(value.objgen)
            found.append(_signature(name, value))
    for value in document.objects:
        if isinstance(value, pikepdf.Dictionary) and value.objgen not in seen and _is_signature(value):
            found.append(_signature("", value))
    return found


def _usage_rights(document: pikepdf.Pdf) -> set[tuple[int, int]]:
    permissions = document.Root.get("/Perms")
    if not isinstance(permissions, pikepdf.Dictionary):
        return set()
    rights = (permissions.get(key) for key in ("/UR3", "/UR"))
    return {each.objgen for each in rights if isinstance(each, pikepdf.Dictionary)}


def _is_signature(value: pikepdf.Object) -> bool:
    if not isinstance(value.get("/Contents"), pikepdf.String):
        return False
    return (
        "/ByteRange" in value or value.get("/Type") in (Name.Sig, Name.DocTimeStamp) or "/SubFilter" in value
    )


def form_fields(document: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    """Terminal fields with their full names. A field that is its own descendant is walked once."""
    form = document.Root.get("/AcroForm")
    roots = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    if not isinstance(roots, pikepdf.Array):
        return
    seen: set[tuple[int, int]] = set()
    todo = [(node, "", 0) for node in reversed(list(roots))]
    while todo and len(seen) < _MOST_FIELDS:
        node, prefix, depth = todo.pop()
        if not isinstance(node, pikepdf.Dictionary) or depth > _DEEPEST or node.objgen in seen:
            continue
        if node.objgen != (0, 0):
            seen.add(node.objgen)
        part = text_of(node.get("/T"))
        name = f"{prefix}.{part}" if prefix and part else part or prefix
        kids = node.get("/Kids")
        listed = list(kids) if isinstance(kids, pikepdf.Array) else []
        inner = [kid for kid in listed if isinstance(kid, pikepdf.Dictionary) and "/T" in kid]
        if inner:
            todo += [(kid, name, depth + 1) for kid in reversed(inner)]
        else:
            yield name, node


def text_of(value: object) -> str:
    return str(value) if isinstance(value, pikepdf.String | str) else ""


def _signature(name: str, value: pikepdf.Object) -> SignatureField:
    permission, locked, inverted = _permissions(value)
    return SignatureField(
        name=name,
        byte_range=_numbers(value.get("/ByteRange")),
        contents=bytes(value["/Contents"]) if isinstance(value["/Contents"], pikepdf.String) else b"",
        sub_filter=str(value.get("/SubFilter", "")),
        is_time_stamp=value.get("/Type") == Name.DocTimeStamp
        or value.get("/SubFilter") == Name("/ETSI.RFC3161"),
        claimed_at=text_of(value.get("/M")),
        reason=text_of(value.get("/Reason")),
        permission=permission,
        locked=locked,
        is_lock_inverted=inverted,
        certificates=_carried(value.get("/Cert")),
    )


def _carried(value: object) -> tuple[bytes, ...]:
    each = list(value) if isinstance(value, pikepdf.Array) else [value]
    return tuple(bytes(one) for one in each if isinstance(one, pikepdf.String))


def _numbers(value: object) -> list[int]:
    if not isinstance(value, pikepdf.Array):
        return []
    return [_number(number) for number in value]


def _number(value: object) -> int:
    return value if isinstance(value, int) else -1


def _permissions(value: pikepdf.Object) -> tuple[int | None, frozenset[str] | None, bool]:
    permission, locked, inverted = None, None, False
    references = value.get("/Reference")
    for reference in list(references) if isinstance(references, pikepdf.Array) else []:
        if not isinstance(reference, pikepdf.Dictionary):
            continue
        parameters = reference.get("/TransformParams")
        parameters = parameters if isinstance(parameters, pikepdf.Dictionary) else pikepdf.Dictionary()
        method = reference.get("/TransformMethod")
        if method == Name.DocMDP:
            given = parameters.get("/P", 2)
            permission = given if isinstance(given, int) and given in (1, 2, 3) else 2
        elif method == Name.FieldMDP:
            names = parameters.get("/Fields")
            action = parameters.get("/Action")
            listed = frozenset(map(text_of, names)) if isinstance(names, pikepdf.Array) else frozenset()
            locked, inverted = (frozenset(), True) if action == Name.All else (listed, action == Name.Exclude)
    return permission, locked, inverted
