"""Django configuration of the kernel."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "motcua.kernel"
    label = "kernel"
    default_auto_field = "django.db.models.BigAutoField"
