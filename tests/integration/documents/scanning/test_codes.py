"""The running number of a digitization code."""

from uuid import uuid4

import pytest

from motcua.documents.models import DigitizationCounter
from motcua.documents.services.scans.binding import Binding, _code

pytestmark = pytest.mark.django_db

OWNER = "040087012345"


def test_a_running_number_is_never_given_twice() -> None:
    """Whatever became of the papers that had one: the number is kept, not counted from what is left."""
    binding = Binding(uuid4(), component_key="birth-notification", kind_code="birth-notification")
    first, second = (_code(OWNER, binding, "1.001193") for _ in range(2))
    assert first == f"{OWNER}.1.001193-BIRTH-NOTIFICATION.000001"
    assert second == f"{OWNER}.1.001193-BIRTH-NOTIFICATION.000002"
    assert _code("", binding, "1.001193").startswith(".1.001193-BIRTH-NOTIFICATION.000001")
    assert DigitizationCounter.objects.count() == 2
