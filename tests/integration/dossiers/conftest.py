"""The demo catalogue for every test of dossiers."""

import pytest
from tests.cast import Cast
from tests.factories.dossiers import load_catalogue


@pytest.fixture
def cast(cast: Cast) -> Cast:
    load_catalogue()
    return cast
