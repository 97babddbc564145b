"""Django configuration of the directory."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "motcua.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"
