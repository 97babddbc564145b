"""What every template knows about the page it is on."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from motcua.web.kit.preferences import preferences_of


def page(request: HttpRequest) -> dict[str, Any]:
    """`preferences` (switches), `here` (the address to come back to), `is_demo`."""
    return {
        "preferences": preferences_of(request),
        "here": request.get_full_path(),
        "is_demo": settings.MOTCUA_DEMO,
    }
