"""Django configuration of this package."""

from django.apps import AppConfig


class WarehouseConfig(AppConfig):
    name = "motcua.warehouse"
    label = "warehouse"
