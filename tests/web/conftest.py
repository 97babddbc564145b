"""Browsers of the cast."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.cast import Cast


@pytest.fixture
def as_(cast: Cast) -> Callable[[str], Client]:
    """`as_("binh")`: a browser in which Bình is logged in."""

    def open_(name: str) -> Client:
        client = Client()
        if name != "nobody":
            cast.login(client, name)
        return client

    return open_
