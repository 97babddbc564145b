"""What a PDF is before anything is done with it: damaged, locked, signed, carrying programs or files."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from motcua.documents.rules.digitization.refusals import InputDamaged, InputEncrypted


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
        raise InputDamaged(name=path.name) from error


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


def _signed_field(field: Any, depth: int) -> bool:
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
