"""Setting forms and results in type."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import override

from motcua.documents.queries import QrPayload, qr_text


def typeset(
    *, template_name: str, context: Mapping[str, Any], code: QrPayload | None = None, language: str = "vi"
) -> bytes:
    """PDF/A-2u of a template that extends `documents/forms/base.html`. The same input gives the same bytes.

    `code` is printed at the top left (Circular 01/2023/TT-VPCP); the base template documents the context it reads.
    Times in the context must be moments of the dossier, never the present one, or a reprint would differ.
    """
    # The typesetter takes a second to load; only who sets in type (the worker, mostly) pays for it.
    from motcua.documents.adapters.typesetting.weasy import qr_svg, to_pdf

    with override(language):
        # The SVG is made here from a text of our own; nothing of it comes from a person.
        code_svg = mark_safe(qr_svg(qr_text(code))) if code is not None else ""  # noqa: S308 - made here, see above
        html = render_to_string(template_name, {**context, "code_svg": code_svg})
    return to_pdf(html)
