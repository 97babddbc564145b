"""Django configuration of this package."""

from django.apps import AppConfig


class CounterConfig(AppConfig):
    name = "motcua.web.counter"
    label = "counter"
