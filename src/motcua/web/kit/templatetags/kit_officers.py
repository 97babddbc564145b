"""Navigation of officers: an entry is shown to those who may open its page."""

from django import template

from motcua.web.kit.actors import actor_of
from motcua.web.kit.templatetags.kit import nav_link

register = template.Library()


@register.inclusion_tag("kit/components/nav_link.html", takes_context=True)
def work_link(context: template.Context, view: str, label: str, *permissions: str) -> dict[str, object]:
    """An entry of the navigation, if the reader holds one of the permissions."""
    actor = actor_of(context["request"])
    if not any(actor.may(permission) for permission in permissions):
        return {"url": ""}
    return nav_link(context, view, label)
