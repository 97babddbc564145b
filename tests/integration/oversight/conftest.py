"""The demo catalogue for every test of oversight, and no remembered places."""

import pytest
from tests.cast import Cast
from tests.factories.dossiers import load_catalogue

from motcua.oversight import queries


@pytest.fixture
def cast(cast: Cast) -> Cast:
    load_catalogue()
    queries.forget_places()
    return cast
