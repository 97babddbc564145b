"""What the API may ask of the database: the statements of each operation, BEGIN and COMMIT included, authentication too."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast
from tests.web.api.conftest import Answer, ProgramOf
from tests.web.api.test_life import application, in_work


def spent(act: Callable[[], Answer]) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = act()
    assert answer.status in {200, 201}, answer.body
    return len(asked)


@pytest.mark.usefixtures("clock_stands")
def test_the_budget_of_every_hot_operation(cast: Cast, program: ProgramOf) -> None:
    binh, hanh, chau = map(program, ("binh", "hanh", "chau"))
    key = in_work(cast, program)
    # The processes' memories and the notes of when a key was last used are not part of an operation.
    for one in (binh, hanh, chau):
        one.get(f"/dossiers/{key}")
    counts = {
        "register": spent(lambda: binh.post("/dossiers", application(cast, channel="counter"))),
        "assign": spent(lambda: hanh.move(key, "assign", assignee_id=cast.account("chau"))),
        "forward": spent(lambda: chau.move(key, "forward")),
        "ask_supplement": spent(lambda: chau.move(key, "ask_supplement", reason="Thiếu giấy tờ")),
        "supply": spent(lambda: binh.move(key, "supply")),
        "read": spent(lambda: binh.get(f"/dossiers/{key}")),
        "list": spent(lambda: chau.get("/dossiers?limit=20")),
        "of one citizen": spent(lambda: binh.get(f"/dossiers/of-party/{cast.hoa_party}")),
    }
    limits = {
        "register": 8,
        "assign": 6,
        "forward": 5,
        "ask_supplement": 7,
        "supply": 9,
        "read": 4,
        "list": 2,
        "of one citizen": 3,  # one finds the records that were merged into theirs
    }
    assert {name: count for name, count in counts.items() if count > limits[name]} == {}
