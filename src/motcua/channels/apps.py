"""Django configuration of this package."""

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "motcua.channels"
    label = "channels"
