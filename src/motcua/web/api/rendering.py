"""Answers as JSON text, written by compiled code."""

from typing import Any

from django.http import HttpRequest
from ninja.renderers import BaseRenderer
from pydantic_core import to_json


class QuickJson(BaseRenderer):
    """UTF-8, moments in ISO 8601 with their zone; what JSON does not know (a translated text) is given as text."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return to_json(data, fallback=str)
