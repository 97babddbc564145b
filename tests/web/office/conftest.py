"""The demo world, and browsers of the cast."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories.world import demo_world


@pytest.fixture
def cast(db: None) -> Cast:
    return demo_world()


@pytest.fixture
def as_(cast: Cast) -> Callable[[str], Client]:
    """`as_("binh")`: a browser in which Bình is logged in."""

    def open_(name: str) -> Client:
        client = Client()
        if name != "nobody":
            cast.login(client, name)
        return client

    return open_
