"""What nobody needs any more does not pile up."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from motcua.kernel import clock, jobs

pytestmark = pytest.mark.django_db


def test_sessions_that_ended_by_themselves_are_dropped() -> None:
    kept, ended = SessionStore(), SessionStore()
    for one, ends_in in ((kept, 60), (ended, -60)):
        one["who"] = "Hoa"
        one.set_expiry(clock.now() + timedelta(seconds=ends_in))
        one.save()
    jobs.clear_sessions(0)
    assert list(Session.objects.values_list("session_key", flat=True)) == [kept.session_key]
