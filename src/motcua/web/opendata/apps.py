"""Django configuration of this package."""

from django.apps import AppConfig


class OpendataConfig(AppConfig):
    name = "motcua.web.opendata"
    label = "opendata"
