"""Sessions of the cast on the citizens' face, with the demo procedures published."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.cast import Cast
from tests.factories.dossiers import load_catalogue

LogIn = Callable[[str], Client]


@pytest.fixture
def people(cast: Cast) -> Cast:
    load_catalogue()
    return cast


@pytest.fixture
def log_in(people: Cast) -> LogIn:
    def open_session(name: str) -> Client:
        client = Client()
        if name != "nobody":
            people.login(client, name)
        return client

    return open_session
