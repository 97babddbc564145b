"""Small questions the officers' templates ask."""

from django import template
from django.utils.translation import gettext

from motcua.documents.queries import FileView
from motcua.dossiers.queries import DossierPage
from motcua.web.kit.officers import files

register = template.Library()
#: What a leader may do with one line of the tray besides signing it with the others.
_BESIDE_SIGNING = ("send_back", "refuse")


@register.filter
def is_picture(file: FileView) -> bool:
    """Whether an `<img>` shows it."""
    return files.is_picture(file.media_type)


@register.filter
def leader_acts(page: DossierPage) -> list[tuple[str, str]]:
    """Address part and label of the acts beside signing."""
    return [(m.key.replace("_", "-"), gettext(m.name)) for m in page.moves if m.key in _BESIDE_SIGNING]
