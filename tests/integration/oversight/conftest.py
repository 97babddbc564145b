"""The cast for every test of oversight, and no remembered places."""

import pytest
from tests.cast import Cast

from motcua.oversight import queries


@pytest.fixture
def cast(cast: Cast) -> Cast:
    queries.forget_places()
    return cast
