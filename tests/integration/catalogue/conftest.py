"""An empty catalogue for tests that need one; the end of the test brings the demo procedures back."""

import pytest
from django.apps import apps
from django.db import connection

from motcua.catalogue import queries


@pytest.fixture
def bare_catalogue(db: None) -> None:
    """Published rows refuse deletion, so the tables are truncated."""
    tables = ", ".join(model._meta.db_table for model in apps.get_app_config("catalogue").get_models())
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {tables} CASCADE")
    queries.forget()
