"""Scanned files made for tests: papers with text, separator sheets, blank backs, as PDF of pictures."""

import io
import random
from collections.abc import Sequence

import img2pdf
from PIL import Image
from tests.factories.printed_papers import DPI, printed
from tests.factories.scanned_piles import blank, coded

from motcua.documents.queries import qr_key
from motcua.documents.rules.digitization.papers.kinds import PaperKind
from motcua.documents.rules.digitization.separators import encode


def separator(dossier_code: str, component: str = "") -> Image.Image:
    """The sheet the system prints for a dossier."""
    return coded(encode(dossier_code, component, qr_key()), "TỜ NGĂN CÁCH")


def paper(kind: PaperKind = PaperKind.BIRTH_NOTIFICATION, seed: int = 1) -> Image.Image:
    return printed(kind, seed).picture


def back(seed: int = 1) -> Image.Image:
    return blank(random.Random(seed))  # noqa: S311 (invented papers, not secrets)


def scan(pages: Sequence[Image.Image], quality: int = 80) -> bytes:
    """One PDF of pictures, a page each."""
    document: bytes = img2pdf.convert([_jpeg(page, quality) for page in pages])
    return document


def _jpeg(page: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    page.convert("L").save(out, "JPEG", quality=quality, dpi=(DPI, DPI))
    return out.getvalue()
