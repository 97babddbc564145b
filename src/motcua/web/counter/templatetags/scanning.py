"""Template tags of the scan desk: `{% load scanning %}`."""

from django import template

from motcua.documents.queries import Trouble
from motcua.web.kit.officers.scans import trouble_words

register = template.Library()


@register.simple_tag
def trouble(found: Trouble | None) -> str:
    """Why a file was refused or the work stands still, in the reader's language."""
    return trouble_words(found)
