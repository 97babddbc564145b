"""Django configuration of this package."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "motcua.web.office"
    label = "office"
