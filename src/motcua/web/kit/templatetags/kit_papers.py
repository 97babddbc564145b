"""Lines of a dossier's checklist in words: `{% load kit_papers %}`."""

from django import template
from django.utils.translation import gettext

from motcua.dossiers.queries import (
    PaperLine,
)
from motcua.dossiers.words import (
    EXEMPT_GROUNDS,
)

register = template.Library()


@register.filter
def exempt_words(ground: str | None) -> str:
    """Why a component need not be given or digitized: the words of a kept ground, else what somebody wrote."""
    words = EXEMPT_GROUNDS.get(ground or "")
    return gettext(words) if words else ground or ""


@register.filter
def declared_words(paper: PaperLine) -> str:
    """What the person said of a paper nobody has seen yet: `1 bản chính, xuất trình`."""
    said = paper.declared or {}
    words = [
        (said.get("originals"), gettext("%(count)s bản chính") % {"count": said.get("originals")}),
        (said.get("copies"), gettext("%(count)s bản sao") % {"count": said.get("copies")}),
        (said.get("is_presented"), gettext("xuất trình khi đến quầy")),
        (
            said.get("exemption"),
            gettext("đề nghị miễn: %(ground)s") % {"ground": exempt_words(said.get("exemption"))},
        ),
    ]
    return ", ".join(text for is_said, text in words if is_said)
