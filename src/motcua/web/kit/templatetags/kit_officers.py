"""Navigation of officers: an entry is shown to those who may open its page; who works here, and how much waits."""

from dataclasses import replace
from typing import Any

from django import template
from django.urls import reverse

from motcua.web.kit.actors import actor_of
from motcua.web.kit.seats import seats_of
from motcua.web.kit.tags.frame import nav_link

register = template.Library()


@register.inclusion_tag("kit/components/who.html", takes_context=True)
def who(context: template.Context) -> dict[str, Any]:
    """Who works here, as what and in which agency; where they serve in several, a switch between them."""
    request = context["request"]
    every = list(seats_of(request))
    is_narrowed = any(seat.is_current for seat in every)
    shown = [replace(seat, is_shown=len(every) == 1 or seat.is_current) for seat in every]
    return {
        "name": actor_of(request).name,
        "seats": shown,
        "many": len(every) if len(every) > 1 else 0,
        "is_narrowed": is_narrowed,
        "start": reverse("kit:start"),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("kit/components/tasks_link.html", takes_context=True)
def tasks_link(context: template.Context) -> dict[str, Any]:
    """The way to one's own work, with how much waits once the browser has asked; for who works on dossiers."""
    if not actor_of(context["request"]).may("dossier.read"):
        return {"url": ""}
    link = nav_link(context, "office:tasks", "")
    return link | {"counted": reverse("office:waiting")}


@register.inclusion_tag("kit/components/nav_link.html", takes_context=True)
def work_link(context: template.Context, view: str, label: str, *permissions: str) -> dict[str, object]:
    """An entry of the navigation, if the reader holds one of the permissions."""
    actor = actor_of(context["request"])
    if not any(actor.may(permission) for permission in permissions):
        return {"url": ""}
    return nav_link(context, view, label)
