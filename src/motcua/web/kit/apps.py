"""Django configuration of this package."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "motcua.web.kit"
    label = "kit"
