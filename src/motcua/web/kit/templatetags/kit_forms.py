"""Rendering of e-forms: `{% load kit_forms %}{% eform bound %}` inside a `<form method="post" data-conditions>`."""

import json
import re
from collections.abc import Sequence

from django import template
from django.utils.translation import gettext

from motcua.kernel import clock
from motcua.kernel.values import FORMATS
from motcua.web.kit.components import Option
from motcua.web.kit.forms.binding import Bound, BoundField, Offer

register = template.Library()


@register.inclusion_tag("kit/form/form.html")
def eform(bound: Bound) -> dict[str, object]:
    """All sections and questions of a bound form."""
    return {
        "bound": bound,
        "yes_no": [Option("true", gettext("Có")), Option("false", gettext("Không"))],
        "today_number": f"{clock.today():%Y%m%d}",
    }


@register.inclusion_tag("kit/form/single_checkbox.html")
def single_checkbox(field: BoundField) -> dict[str, object]:
    """A statement to agree with."""
    return {"field": field}


@register.filter(name="json")
def as_json(value: object) -> str:
    """A plain value for a data attribute (escaped by the template)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


@register.filter
def offers_json(offers: Sequence[Offer]) -> str:
    """What fills a question once its condition holds, by the fields as they are posted."""
    told = [
        {
            "name": offer.name,
            "value": str(offer.value),
            "posts": _posts(offer),
            "condition": offer.condition,
        }
        for offer in offers
    ]
    return json.dumps(told, ensure_ascii=False)


def _posts(offer: Offer) -> dict[str, str]:
    """A day goes into its three boxes, anything else into the field of its name."""
    text = str(offer.value)
    day = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
    posts = {offer.name: text}
    if day:
        posts |= {
            f"{offer.name}.{part}": (found or "").lstrip("0")
            for part, found in zip("ymd", day.groups(), strict=True)
        }
    return posts


@register.filter
def is_optional(field: BoundField) -> bool:
    """Whether the label says that the question may stay unanswered."""
    return not field.asked.is_required


@register.filter
def inputmode(field: BoundField) -> str:
    """The keyboard a phone should show."""
    by_type = {"number": "decimal", "integer": "numeric"}.get(field.asked.type, "")
    kind = FORMATS.get(field.asked.format)
    return by_type or (kind.keyboard if kind else "")


@register.filter
def input_type(field: BoundField) -> str:
    """The `type` of a one-line question."""
    return {"email": "email", "phone": "tel"}.get(field.asked.widget, "text")


@register.filter
def suffix(field: BoundField) -> str:
    """The unit beside a one-line question."""
    return "đ" if field.asked.widget == "money" else ""
