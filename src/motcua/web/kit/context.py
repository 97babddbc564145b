"""What every template knows about the page it is on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from motcua.web.kit.house import house
from motcua.web.kit.preferences import preferences_of


def page(request: HttpRequest) -> dict[str, Any]:
    """`preferences` (switches), `here` (the address to come back to), `is_demo`, `house` (asked for only where shown)."""
    return {
        "preferences": preferences_of(request),
        "here": request.get_full_path(),
        "house": SimpleLazyObject(house),
        "is_demo": settings.MOTCUA_DEMO,
    }
