"""Sessions of the cast on the citizens' face, with the demo procedures published."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.cast import Cast

LogIn = Callable[[str], Client]


@pytest.fixture
def people(cast: Cast) -> Cast:
    return cast


@pytest.fixture
def log_in(people: Cast, as_: LogIn) -> LogIn:
    """`log_in("hoa")`: a browser of Hoa's, once the procedures are there."""
    return as_
