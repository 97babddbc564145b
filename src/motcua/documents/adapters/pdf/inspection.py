"""What a PDF is before anything is done with it: damaged, locked, signed, carrying programs or files."""

import re
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from motcua.documents.rules.digitization.refusals import (
    InputDamaged,
    InputEncrypted,
    InputRefused,
    InputSealedForOthers,
    InputUnderLicence,
)

#: Trailers stand at the end of a file, or (where it was made for the web) at its beginning.
_SEARCHED = 1 << 20


@dataclass(frozen=True, slots=True)
class Inspection:
    is_signed: bool
    has_program: bool
    has_attachments: bool
    page_count: int


def open_checked(path: Path) -> pikepdf.Pdf:
    """The opened file, or a refusal that says what is wrong with it."""
    try:
        pdf = pikepdf.open(path)
        len(pdf.pages)
        return pdf
    except pikepdf.PasswordError as error:
        raise InputEncrypted(name=path.name) from error
    except (pikepdf.PdfError, ValueError, RuntimeError, OSError) as error:
        raise _why(path) from error


def _why(path: Path) -> InputRefused:
    """A file that somebody locked in another way than by a password is not damaged."""
    handler = _security_handler(path)
    if handler == "Adobe.PubSec" or handler.startswith("Adobe.PPKLite"):
        return InputSealedForOthers(name=path.name)
    if handler and handler != "Standard":
        return InputUnderLicence(name=path.name, handler=handler)
    return InputDamaged(name=path.name)


def _security_handler(path: Path) -> str:
    """What the trailer says locks the file, read without opening it; "" where nothing does."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _SEARCHED))
        tail = file.read()
        file.seek(0)
        head = file.read(_SEARCHED)
    for part in (tail, head):
        called = re.search(rb"/Encrypt\s+(\d+)\s+(\d+)\s+R|/Encrypt\s*<<", part)
        if called is None:
            continue
        if called[1] is None:
            said = part[called.end() : called.end() + 2000]
        else:
            place = re.search(rb"(?<!\d)%s\s+%s\s+obj" % (called[1], called[2]), tail) or re.search(
                rb"(?<!\d)%s\s+%s\s+obj" % (called[1], called[2]), head
            )
            if place is None:
                continue
            said = place.string[place.end() : place.end() + _SEARCHED].partition(b"endobj")[0]
        found = re.search(rb"/Filter\s*/([A-Za-z0-9_.#-]+)", said)
        if found:
            return found[1].decode("ascii")
    return ""


def inspect(path: Path) -> Inspection:
    with open_checked(path) as pdf:
        return Inspection(
            is_signed=_is_signed(pdf),
            has_program=_has_program(pdf),
            has_attachments=_has_attachments(pdf),
            page_count=len(pdf.pages),
        )


def _is_signed(pdf: pikepdf.Pdf) -> bool:
    """A signature field with a value; rewriting such a file would break what was signed."""
    form = pdf.Root.get("/AcroForm")
    if form is None:
        return False
    return any(_signed_field(field, 0) for field in form.get("/Fields", []))


def _signed_field(field: object, depth: int) -> bool:
    if depth > 20 or not isinstance(field, pikepdf.Dictionary):
        return False
    if str(field.get("/FT", "")) == "/Sig" and "/V" in field:
        return True
    return any(_signed_field(kid, depth + 1) for kid in field.get("/Kids", []))


def _has_program(pdf: pikepdf.Pdf) -> bool:
    root = pdf.Root
    names = root.get("/Names", pikepdf.Dictionary())
    action = root.get("/OpenAction")
    opens = isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in ("/JavaScript", "/Launch")
    return opens or "/AA" in root or "/JavaScript" in names


def _has_attachments(pdf: pikepdf.Pdf) -> bool:
    return "/EmbeddedFiles" in pdf.Root.get("/Names", pikepdf.Dictionary())
