"""What saving by itself asks of the database: each statement is there for a reason, counted, none is added unseen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.factories.drafts import seen_on
from tests.web.portal.conftest import LogIn
from tests.web.portal.test_drafts import begin, save

pytestmark = pytest.mark.django_db


def test_statements_of_a_save(people: Cast, log_in: LogIn) -> None:
    client = log_in("hoa")
    address = begin(client)
    seen = seen_on(client, address + "to-khai/")
    save(client, address, seen, copies="1")
    with CaptureQueriesContext(connection) as asked:
        assert save(client, address, seen + 1, copies="2").status_code == 200
    assert len(asked) <= 12, "\n".join(query["sql"][:300] for query in asked)
