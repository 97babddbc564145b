"""Small questions the officers' templates ask."""

from django import template
from django.utils.translation import gettext

from motcua.documents.queries import FileView
from motcua.dossiers.queries import DossierPage
from motcua.dossiers.words import MOVES, MoveKey, Weight
from motcua.web.kit import serving
from motcua.web.kit.officers import files

register = template.Library()


@register.filter
def is_picture(file: FileView) -> bool:
    """Whether an `<img>` shows it."""
    return files.is_picture(file.media_type)


@register.filter
def is_made_visible(file: FileView) -> bool:
    """Whether it is shown as something else than it is, so that the original is offered beside it."""
    return serving.is_made_visible(file.media_type)


@register.filter
def leader_acts(page: DossierPage) -> list[tuple[str, str]]:
    """Address part and label of what a leader may do with one line of the tray besides signing it or sending it back there."""
    return [(m.key.replace("_", "-"), gettext(m.name)) for m in page.moves if _turns_back(m.key)]


def _turns_back(key: MoveKey) -> bool:
    move = MOVES[key]
    return move.is_leaders and move.shows_result and move.weight is Weight.GRAVE
