"""Django configuration of this package."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "motcua.web.api"
    label = "api"
