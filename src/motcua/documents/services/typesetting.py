"""Setting forms and results in type."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import override

from motcua.documents.queries import QrPayload, qr_text
from motcua.documents.rules.letterhead import letterhead_name


def typeset(
    *,
    template_name: str,
    context: Mapping[str, Any],
    code: QrPayload | None = None,
    language: str = "vi",
    sizes: Sequence[str] = (),
) -> bytes:
    """PDF/A-2u of a template that extends `documents/forms/base.html`. The same input gives the same bytes.

    `code` is printed at the top left (Circular 01/2023/TT-VPCP); the base template documents the context it reads.
    Times in the context must be moments of the dossier, never the present one, or a reprint would differ.
    `sizes` are type sizes (`type_size` in the context), largest first: the largest that needs the fewest sheets is taken.
    """
    # The typesetter takes a second to load; only who sets in type (the worker, mostly) pays for it.
    from motcua.documents.adapters.typesetting.weasy import qr_svg, sheets, to_pdf

    context = {**context, "agency_lines": letterhead_name(context.get("agency", {}).get("name", ""))}
    with override(language):
        # The SVG is made here from a text of our own; nothing of it comes from a person.
        code_svg = mark_safe(qr_svg(qr_text(code))) if code is not None else ""  # noqa: S308 - made here, see above
        pages = [
            render_to_string(template_name, {**context, "code_svg": code_svg, "type_size": size})
            for size in sizes or ("",)
        ]
    best, fewest = b"", 0
    for html in pages:
        pdf = to_pdf(html)
        count = sheets(pdf) if len(pages) > 1 else 1
        if not best or count < fewest:
            best, fewest = pdf, count
        if fewest == 1:
            break
    return best
