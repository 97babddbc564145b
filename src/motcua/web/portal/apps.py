"""Django configuration of this package."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "motcua.web.portal"
    label = "portal"
